import { History, ServerOff, Unplug } from 'lucide-react';
import { useKeyfobState } from '../../store/context.ts';
import { useCall } from '../../store/hooks/useCall.ts';
import { useRead } from '../../store/hooks/useRead.ts';
import { useClockOffsetSeconds } from '../../store/hooks/useTokenTime.ts';
import { useRoute } from '../../store/hooks/window.ts';
import { Button } from '../../ui/buttons/Button.tsx';
import { formatDuration } from '../../ui/facts/duration.ts';
import { Banner } from '../../ui/feedback/Banner.tsx';
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

interface PortTakenProps {
  readonly taken: number;
  readonly free: number;
}

/** The endpoint failed to start, perhaps before this window opened. */
const PortTaken = ({ taken, free }: PortTakenProps) => {
  const ofHttp = useRead('settings.read', {}).value?.httpPort === taken;
  const start = useCall('endpoint.start');
  const save = useCall('settings.write');
  const ports = ofHttp ? { httpPort: free } : { port: free };
  const use = async () => {
    // Save it too. Otherwise the next start would find the port taken again.
    if ((await start.run(ports)) !== undefined) await save.run(ports);
  };
  return (
    <Banner
      tone="warn"
      icon={ServerOff}
      title={`Endpoint stopped: port ${taken} is in use by another program.`}
      actions={
        <>
          <Button size="small" loading={start.pending || save.pending} onClick={() => void use()}>
            Use port {free}
          </Button>
          <Button size="small" look="ghost" onClick={() => void start.run({})}>
            Try {taken} again
          </Button>
        </>
      }
    >
      {save.error?.message}
    </Banner>
  );
};

/**
 * Banners for every screen: a moved clock, a lost connection, a taken port. The Endpoint screen shows the port itself.
 */
export const Banners = () => {
  const { screen } = useRoute();
  const portTaken = useRead('endpoint.status', {}).value?.portTaken;
  const offsetSeconds = useClockOffsetSeconds();
  const lost = useKeyfobState((state) => state.connection.state === 'lost');
  const tellsPort = portTaken !== undefined && screen !== 'endpoint';
  if (offsetSeconds === 0 && !lost && !tellsPort) return null;
  return (
    <div className={styles.root}>
      {lost && <Lost />}
      {tellsPort && <PortTaken {...portTaken} />}
      {offsetSeconds !== 0 && <MovedClock offsetSeconds={offsetSeconds} />}
    </div>
  );
};
