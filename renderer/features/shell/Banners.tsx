import { History, Unplug } from 'lucide-react';
import { useClockOffsetSeconds } from '../../store/clock.ts';
import { useKeyfobState } from '../../store/context.ts';
import { useCall } from '../../store/useCall.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Button } from '../../ui/Button.tsx';
import { formatDuration } from '../../ui/duration.ts';
import styles from './Banners.module.css';

const MovedClock = ({ offsetSeconds }: { readonly offsetSeconds: number }) => {
  const write = useCall('settings.write');
  const where = offsetSeconds > 0 ? 'ahead' : 'back';
  return (
    <Banner
      tone="warn"
      icon={History}
      title={`Clock moved ${formatDuration(Math.abs(offsetSeconds), 2)} ${where}.`}
      actions={
        <Button size="small" loading={write.pending} onClick={() => void write.run({ clockOffsetSeconds: 0 })}>
          Reset clock
        </Button>
      }
    >
      {write.error?.message}
    </Banner>
  );
};

const Lost = () => (
  <Banner tone="danger" icon={Unplug} title="Disconnected.">
    Data may be out of date. Reconnecting… If this continues, check the terminal where Keyfob runs.
  </Banner>
);

/** What is to be known on every screen: a moved clock, a lost connection. */
export const Banners = () => {
  const offsetSeconds = useClockOffsetSeconds();
  const lost = useKeyfobState((state) => state.connection.state === 'lost');
  if (offsetSeconds === 0 && !lost) return null;
  return (
    <div className={styles.root}>
      {lost && <Lost />}
      {offsetSeconds !== 0 && <MovedClock offsetSeconds={offsetSeconds} />}
    </div>
  );
};
