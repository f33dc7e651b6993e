import { RotateCcw } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useKeyfobState } from '../../store/context.ts';
import { Button } from '../../ui/buttons/Button.tsx';
import { SegmentedControl } from '../../ui/choices/SegmentedControl.tsx';
import { formatDuration } from '../../ui/facts/duration.ts';
import { formatInstant } from '../../ui/facts/instant.ts';
import { DurationInput } from '../../ui/fields/DurationInput.tsx';
import { Field } from '../../ui/fields/Field.tsx';
import { Section } from '../../ui/layout/Section.tsx';
import { useSetting } from './controls/useSetting.ts';
import styles from './settings.module.css';
import { offsetWords } from './words.ts';

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;
const steps = [-day, -hour, -minute, minute, hour, day];

const stepWords = (seconds: number) => `${seconds < 0 ? '−' : '+'}${formatDuration(Math.abs(seconds))}`;

interface ExactProps {
  readonly offsetSeconds: number;
  readonly onSet: (offsetSeconds: number) => void;
}

/** A typed offset: a duration and a direction. */
const Exact = ({ offsetSeconds, onSet }: ExactProps) => {
  const [where, setWhere] = useState<'ahead' | 'behind'>(offsetSeconds < 0 ? 'behind' : 'ahead');
  const [seconds, setSeconds] = useState<number>();
  const set = (event: FormEvent) => {
    event.preventDefault();
    if (seconds !== undefined) onSet(where === 'ahead' ? seconds : -seconds);
  };
  return (
    <form noValidate onSubmit={set} className={styles.exact}>
      <Field label="Custom offset">
        <DurationInput
          value={seconds}
          onChange={setSeconds}
          allowNever={false}
          presets={[hour, day, 7 * day, 365 * day]}
        />
      </Field>
      <div className={styles.line}>
        <SegmentedControl
          aria-label="Ahead of real time or behind it"
          value={where}
          onChange={setWhere}
          segments={[
            { value: 'ahead', label: 'Forward' },
            { value: 'behind', label: 'Back' },
          ]}
        />
        <Button type="submit" disabled={seconds === undefined}>
          Set
        </Button>
      </div>
    </form>
  );
};

/** Compares token time with real time, and moves it. */
export const ClockSection = () => {
  const field = useSetting('clockOffsetSeconds');
  const realMs = useKeyfobState((state) => state.clock.realMs);
  const offsetSeconds = field.value ?? 0;
  return (
    <Section
      title="Clock"
      description="Move time to test expiry. Only token lifetimes follow; certificates and logs don't. Moving back can revive an expired token, never a revoked one."
    >
      <div className={styles.settings}>
        <dl className={styles.clocks}>
          <div data-moved={offsetSeconds !== 0}>
            <dt>Token time</dt>
            <dd className={styles.time}>{formatInstant(realMs + offsetSeconds * 1000, true)}</dd>
            <dd className={styles.explanation}>
              {offsetSeconds === 0 ? 'Same as real time' : offsetWords(offsetSeconds)}
            </dd>
          </div>
          <div>
            <dt>Real time</dt>
            <dd className={styles.time}>{formatInstant(realMs, true)}</dd>
            <dd className={styles.explanation}>What this machine's clock says</dd>
          </div>
        </dl>
        <Field label="Move it" error={field.error}>
          {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would add a second group around the field */}
          <div role="group" aria-label="Move token time" className={styles.line}>
            {steps.map((step) => (
              <Button key={step} onClick={() => field.save(offsetSeconds + step)}>
                {stepWords(step)}
              </Button>
            ))}
            <Button look="ghost" icon={RotateCcw} disabled={offsetSeconds === 0} onClick={() => field.save(0)}>
              Reset
            </Button>
          </div>
        </Field>
        <Exact offsetSeconds={offsetSeconds} onSet={field.save} />
      </div>
    </Section>
  );
};
