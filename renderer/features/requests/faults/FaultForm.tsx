import { Zap } from 'lucide-react';
import { useState } from 'react';
import { type FaultKind, faultKind } from '../../../../preload/contract/faults.ts';
import { faultKindTexts } from '../../../../preload/contract/faultTexts.ts';
import { useCall } from '../../../store/hooks/calls/useCall.ts';
import { useMainAction } from '../../../store/hooks/window/useCommands.ts';
import { Button } from '../../../ui/buttons/Button.tsx';
import { Select } from '../../../ui/choices/Select.tsx';
import { countOf } from '../../../ui/facts/count.ts';
import { ErrorNote } from '../../../ui/feedback/ErrorNote.tsx';
import { Field } from '../../../ui/fields/Field.tsx';
import { NumberInput } from '../../../ui/fields/NumberInput.tsx';
import { Section } from '../../../ui/layout/Section.tsx';
import { FaultTarget, useFaultTarget } from './FaultTarget.tsx';
import styles from './faults.module.css';

const kinds = faultKind.options.map((value) => ({
  value,
  label: faultKindTexts[value].label,
  description: faultKindTexts[value].effect,
}));

const mostReplies = 100_000;
const mostSeconds = 300;

/** What the seconds of a kind mean. Absent: the kind has none. */
const secondsLabel: Readonly<Partial<Record<FaultKind, string>>> = { delay: 'Delay', throttled: 'Retry-After' };

const problemOf = (value: number | undefined, least: number, most: number): string | undefined =>
  value === undefined || value < least || value > most ? `Enter a number from ${least} to ${most}.` : undefined;

/** Adds a fault: which replies, how many of them, and what the client sees instead. */
export const FaultForm = () => {
  const add = useCall('faults.add');
  const [kind, setKind] = useState<FaultKind>('expired');
  const [replies, setReplies] = useState<number | undefined>(1);
  const [seconds, setSeconds] = useState<number | undefined>(5);
  const target = useFaultTarget();
  const ofSeconds = secondsLabel[kind];
  const repliesProblem = problemOf(replies, 1, mostReplies);
  const secondsProblem = ofSeconds === undefined ? undefined : problemOf(seconds, 0, mostSeconds);
  const held = repliesProblem !== undefined || secondsProblem !== undefined;
  const submit = () => {
    if (held) return;
    void add.run({ kind, ...target.chosen, replies, ...(ofSeconds !== undefined && { seconds }) });
  };
  useMainAction('Add the fault', submit);
  return (
    <Section
      title="Change the next replies"
      description="For tests of your app. Faults never last: a restart clears them, and a banner on every screen tells of them."
    >
      <form
        className={styles.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        {add.error !== undefined && <ErrorNote title={add.error.message} />}
        <div className={styles.fields}>
          <Field label="Reply" hint={faultKindTexts[kind].effect}>
            <Select options={kinds} value={kind} onChange={setKind} />
          </Field>
          <Field label="Number of replies" error={repliesProblem}>
            <NumberInput value={replies} onChange={setReplies} min={1} max={mostReplies} />
          </Field>
          {ofSeconds !== undefined && (
            <Field label={ofSeconds} error={secondsProblem}>
              <NumberInput value={seconds} onChange={setSeconds} min={0} max={mostSeconds} unit="seconds" />
            </Field>
          )}
          <FaultTarget target={target} />
        </div>
        <div>
          <Button type="submit" look="primary" icon={Zap} loading={add.pending} disabled={held}>
            {held
              ? 'Add fault'
              : `Change the next ${replies === 1 ? 'reply' : countOf(replies ?? 0, 'reply', 'replies')}`}
          </Button>
        </div>
      </form>
    </Section>
  );
};
