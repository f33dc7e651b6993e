import { VisuallyHidden } from '../layout/VisuallyHidden.tsx';
import styles from './Countdown.module.css';
import { formatInstant, formatRemaining } from './instant.ts';

interface CountdownProps {
  /** `null`: never. Milliseconds of the same clock as `nowMs`. */
  readonly endMs: number | null;
  readonly nowMs: number;
  /** The word before the expiry, for screen readers. */
  readonly noun?: string;
}

/** The remaining time, ticking for the eye. Screen readers get the expiry, which does not change every second. */
export const Countdown = ({ endMs, nowMs, noun = 'expires' }: CountdownProps) => {
  if (endMs === null) return <span className={styles.never}>never</span>;
  const leftMs = endMs - nowMs;
  const urgency = leftMs <= 0 ? 'over' : leftMs < 60_000 ? 'soon' : undefined;
  return (
    <span className={styles.root} data-urgency={urgency} title={formatInstant(endMs, true)}>
      <span aria-hidden>{formatRemaining(endMs, nowMs)}</span>
      <VisuallyHidden>{`${leftMs <= 0 ? 'expired' : noun} ${formatInstant(endMs)}`}</VisuallyHidden>
    </span>
  );
};
