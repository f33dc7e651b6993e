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
  const where = offsetSeconds > 0 ? 'ahead of' : 'behind';
  return (
    <Banner
      tone="warn"
      icon={History}
      title={`Token time is ${formatDuration(Math.abs(offsetSeconds), 2)} ${where} real time.`}
      actions={
        <Button size="small" loading={write.pending} onClick={() => void write.run({ clockOffsetSeconds: 0 })}>
          Reset the clock
        </Button>
      }
    >
      {write.error?.message}
    </Banner>
  );
};

const Lost = () => (
  <Banner tone="danger" icon={Unplug} title="Keyfob does not answer.">
    What you see may be old. This window connects again by itself; if it does not, look whether Keyfob still runs in its
    terminal.
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
