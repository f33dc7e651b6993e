import { Clock, History, RotateCcw } from 'lucide-react';
import { useCall } from '../../../store/hooks/calls/useCall.ts';
import { useClockOffsetSeconds } from '../../../store/hooks/window/useTokenTime.ts';
import { hrefOf } from '../../../store/window/route.ts';
import { Button } from '../../../ui/buttons/Button.tsx';
import { formatDuration } from '../../../ui/facts/duration.ts';
import { Popover } from '../../../ui/overlays/Popover.tsx';
import styles from './StatusBar.module.css';

const hour = 3600;
const steps = [
  { label: '−1 h', seconds: -hour },
  { label: '+1 h', seconds: hour },
  { label: '+1 day', seconds: 24 * hour },
];

const sign = (offsetSeconds: number) => (offsetSeconds < 0 ? '−' : '+');

/** Whether token time is moved. Opens the usual steps. */
export const ClockChip = () => {
  const offsetSeconds = useClockOffsetSeconds();
  const write = useCall('settings.write');
  const moved = offsetSeconds !== 0;
  const Icon = moved ? History : Clock;
  const shown = moved ? `${sign(offsetSeconds)}${formatDuration(Math.abs(offsetSeconds), 2)}` : 'real time';
  const move = (to: number) => void write.run({ clockOffsetSeconds: to });
  return (
    <Popover
      label="Token clock"
      side="top"
      trigger={
        <button type="button" className={styles.chip} data-moved={moved}>
          <Icon aria-hidden size={13} />
          Clock: {shown}
        </button>
      }
    >
      <div className={styles.clock}>
        <p>Move time to test expiry.</p>
        {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would add a legend that the popover already has */}
        <div role="group" aria-label="Move token time" className={styles.steps}>
          {steps.map(({ label, seconds }) => (
            <Button key={label} size="small" onClick={() => move(offsetSeconds + seconds)}>
              {label}
            </Button>
          ))}
          <Button size="small" look="ghost" icon={RotateCcw} disabled={!moved} onClick={() => move(0)}>
            Reset
          </Button>
        </div>
        {write.error !== undefined && <p role="alert">{write.error.message}</p>}
        <a href={hrefOf({ screen: 'settings', section: 'clock' })}>Custom offset…</a>
      </div>
    </Popover>
  );
};
