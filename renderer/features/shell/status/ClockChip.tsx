import { Clock, History } from 'lucide-react';
import { useClockOffsetSeconds } from '../../../store/hooks/window/useTokenTime.ts';
import { formatDuration } from '../../../ui/facts/duration.ts';
import { Popover } from '../../../ui/overlays/Popover.tsx';
import styles from './StatusBar.module.css';
import { TimeMachine } from './TimeMachine.tsx';

/** Whether token time is moved. Opens the time machine. */
export const ClockChip = () => {
  const offsetSeconds = useClockOffsetSeconds();
  const moved = offsetSeconds !== 0;
  const Icon = moved ? History : Clock;
  const words = `${offsetSeconds < 0 ? '−' : '+'}${formatDuration(Math.abs(offsetSeconds), 2)}`;
  return (
    <Popover
      label="Token clock"
      side="top"
      trigger={
        <button type="button" className={styles.chip} data-moved={moved}>
          <Icon aria-hidden size={13} />
          Clock: {moved ? words : 'real time'}
        </button>
      }
    >
      <TimeMachine />
    </Popover>
  );
};
