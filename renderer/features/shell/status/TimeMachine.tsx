import { RotateCcw } from 'lucide-react';
import { useEffect } from 'react';
import { useKeyfobState } from '../../../store/context.ts';
import { useCall } from '../../../store/hooks/calls/useCall.ts';
import { useRead } from '../../../store/hooks/calls/useRead.ts';
import { useClockOffsetSeconds } from '../../../store/hooks/window/useTokenTime.ts';
import { useKeysOf } from '../../../store/hooks/window/window.ts';
import { type Expiry, expiriesAt } from '../../../store/topics/tokens/expiries.ts';
import { hrefOf } from '../../../store/window/route.ts';
import { Button } from '../../../ui/buttons/Button.tsx';
import { formatCount } from '../../../ui/facts/count.ts';
import { formatDuration } from '../../../ui/facts/duration.ts';
import { formatInstant } from '../../../ui/facts/instant.ts';
import { Tooltip } from '../../../ui/overlays/Tooltip.tsx';
import styles from './TimeMachine.module.css';
import { TimeSlider } from './TimeSlider.tsx';

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;
const steps = [
  { label: '−1 day', seconds: -day },
  { label: '−1 h', seconds: -hour },
  { label: '+1 min', seconds: minute },
  { label: '+1 h', seconds: hour },
  { label: '+1 day', seconds: day },
];

const offsetWords = (seconds: number): string =>
  seconds === 0 ? 'Real time' : `${formatDuration(Math.abs(seconds), 3)} ${seconds < 0 ? 'back' : 'ahead'}`;

interface JumpProps {
  readonly label: string;
  readonly to: Expiry;
  readonly fromSeconds: number;
  readonly onJump: (offsetSeconds: number) => void;
}

/** Moves the clock to just after an expiry. */
const Jump = ({ label, to, fromSeconds, onJump }: JumpProps) => (
  <button type="button" className={styles.jump} onClick={() => onJump(to.offsetSeconds)}>
    <span className={styles.jumpLabel}>{label}</span>
    <span className={styles.jumpName}>
      {to.count === 1 ? to.name : `${to.name} and ${formatCount(to.count - 1)} more`}
    </span>
    <span className={styles.jumpTime}>in {formatDuration(to.offsetSeconds - fromSeconds, 2)}</span>
  </button>
);

/** Moves token time: in steps, to the next expiry, or along a time line. Tokens on the screen follow while it is dragged. */
export const TimeMachine = () => {
  const saved = useClockOffsetSeconds();
  const { realMs, previewOffsetSeconds, preview } = useKeyfobState((state) => state.clock);
  const skewSeconds = useRead('settings.read', {}).value?.skewSeconds ?? 0;
  const read = useRead('tokens.expiries', { limit: 500 });
  const write = useCall('settings.write');
  const keys = useKeysOf('realTime');
  const shown = previewOffsetSeconds ?? saved;
  const expiries = expiriesAt(read.value?.items ?? [], skewSeconds, realMs).filter((one) => one.offsetSeconds > saved);
  const next = expiries.find(({ expires }) => expires === 'access_token');
  const nextRefresh = expiries.find(({ expires }) => expires === 'refresh_token');

  // The preview ends when the saved offset has caught up with it, and with this popover.
  useEffect(() => {
    if (previewOffsetSeconds === saved) preview(undefined);
  }, [previewOffsetSeconds, saved, preview]);
  useEffect(() => () => preview(undefined), [preview]);

  const move = async (to: number) => {
    if ((await write.run({ clockOffsetSeconds: to })) === undefined) preview(undefined);
  };
  return (
    <div className={styles.root}>
      <div className={styles.now}>
        <div>
          <div className={styles.time}>{formatInstant(realMs + shown * 1000, true)}</div>
          <div className={styles.offset} data-moved={shown !== 0}>
            {offsetWords(shown)}
          </div>
        </div>
        <Tooltip content={`Back to real time (${keys.shown})`}>
          <Button
            size="small"
            look="ghost"
            icon={RotateCcw}
            disabled={saved === 0}
            aria-keyshortcuts={keys.aria}
            onClick={() => void move(0)}
          >
            Reset
          </Button>
        </Tooltip>
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would add a legend that the popover already has */}
      <div role="group" aria-label="Move token time" className={styles.steps}>
        {steps.map(({ label, seconds }) => (
          <Button key={label} size="small" onClick={() => void move(saved + seconds)}>
            {label}
          </Button>
        ))}
      </div>
      {next !== undefined && (
        <Jump label="To the next expiry" to={next} fromSeconds={saved} onJump={(to) => void move(to)} />
      )}
      {nextRefresh !== undefined && (
        <Jump
          label="To the end of a refresh token"
          to={nextRefresh}
          fromSeconds={saved}
          onJump={(to) => void move(to)}
        />
      )}
      {read.value !== undefined && (
        <TimeSlider expiries={expiries} saved={saved} shown={shown} onPreview={preview} onSet={(to) => void move(to)} />
      )}
      {write.error !== undefined && <p role="alert">{write.error.message}</p>}
      <a href={hrefOf({ screen: 'settings', section: 'clock' })}>Custom offset…</a>
    </div>
  );
};
