import { useState } from 'react';
import { countBetween, type Expiry, spanFor, spans } from '../../../store/topics/tokens/expiries.ts';
import { SegmentedControl } from '../../../ui/choices/SegmentedControl.tsx';
import { countOf } from '../../../ui/facts/count.ts';
import { formatDuration } from '../../../ui/facts/duration.ts';
import styles from './TimeMachine.module.css';

interface TimeSliderProps {
  readonly expiries: readonly Expiry[];
  /** The saved clock offset, in seconds. */
  readonly saved: number;
  /** The offset to show: the saved one, or the one being dragged to. */
  readonly shown: number;
  readonly onPreview: (offsetSeconds: number | undefined) => void;
  readonly onSet: (offsetSeconds: number) => void;
}

const stepsPerSpan = 360;

/** What a move from the saved offset to the shown one does. */
function effectOf(expiries: readonly Expiry[], saved: number, shown: number): string {
  if (shown < saved) return 'Expired tokens can become valid again.';
  const access = countBetween(expiries, 'access_token', saved, shown);
  const refresh = countBetween(expiries, 'refresh_token', saved, shown);
  if (access === 0 && refresh === 0)
    return shown === saved ? 'Drag to see tokens expire. Release to set.' : 'No token expires by then.';
  return `Expire by then: ${countOf(access, 'token')}, ${countOf(refresh, 'refresh token')}.`;
}

/** A time line of the next expiries, with a slider for the clock. Escape closes the popover, which ends the preview. */
export const TimeSlider = ({ expiries, saved, shown, onPreview, onSet }: TimeSliderProps) => {
  const [span, setSpan] = useState(() => spanFor(Math.max(saved, expiries[0]?.offsetSeconds ?? 0)));
  const first = Math.min(0, saved);
  const last = Math.max(Number(span), saved);
  const places = new Map<string, Expiry['expires']>();
  for (const { expires, offsetSeconds } of expiries) {
    const percent = ((offsetSeconds - first) / (last - first)) * 100;
    if (percent <= 100) places.set(`${percent.toFixed(1)}`, expires);
  }
  const set = () => {
    if (shown !== saved) onSet(shown);
  };
  const effect = effectOf(expiries, saved, shown);
  return (
    <div className={styles.line}>
      <SegmentedControl
        aria-label="Length of the time line"
        size="small"
        segments={spans}
        value={span}
        onChange={setSpan}
      />
      <div className={styles.track}>
        <div className={styles.marks} aria-hidden>
          {[...places].map(([percent, expires]) => (
            <span
              key={percent}
              className={styles.mark}
              data-expires={expires}
              style={{ insetInlineStart: `${percent}%` }}
            />
          ))}
        </div>
        <input
          type="range"
          className={styles.slider}
          aria-label="Clock offset"
          aria-valuetext={`${formatDuration(Math.abs(shown), 2)} ${shown < 0 ? 'back' : 'ahead'}. ${effect}`}
          min={first}
          max={last}
          step={Math.max(1, Math.round((last - first) / stepsPerSpan))}
          value={shown}
          onChange={(event) => onPreview(event.target.valueAsNumber)}
          onPointerUp={set}
          onKeyUp={set}
          onBlur={() => onPreview(undefined)}
        />
      </div>
      <div className={styles.ends} aria-hidden>
        <span>{first === 0 ? 'real time' : `−${formatDuration(-first, 1)}`}</span>
        <span className={styles.kind}>token</span>
        <span className={styles.kind} data-expires="refresh_token">
          refresh token
        </span>
        <span>+{formatDuration(last, 1)}</span>
      </div>
      <p className={styles.effect}>{effect}</p>
    </div>
  );
};
