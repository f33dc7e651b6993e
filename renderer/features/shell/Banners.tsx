import { History, ServerOff, Unplug, Zap } from 'lucide-react';
import type { Fault } from '../../../preload/contract/faults.ts';
import { useKeyfobState } from '../../store/context.ts';
import { useCall } from '../../store/hooks/calls/useCall.ts';
import { useRead } from '../../store/hooks/calls/useRead.ts';
import { useClockOffsetSeconds } from '../../store/hooks/window/useTokenTime.ts';
import { useGo, useRoute } from '../../store/hooks/window/window.ts';
import { Button } from '../../ui/buttons/Button.tsx';
import { countOf } from '../../ui/facts/count.ts';
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

/** Replies that fail on purpose must never be a riddle. */
const ActiveFaults = ({ faults }: { readonly faults: readonly Fault[] }) => {
  const go = useGo();
  const endAll = useCall('faults.endAll');
  const [first, second] = faults;
  if (first === undefined) return null;
  return (
    <Banner
      tone="warn"
      icon={Zap}
      title={
        second === undefined
          ? `Fault on purpose. ${first.text}`
          : `${countOf(faults.length, 'fault')} on purpose are active.`
      }
      actions={
        <>
          <Button size="small" loading={endAll.pending} onClick={() => void endAll.run({})}>
            {second === undefined ? 'Stop it' : 'Stop all'}
          </Button>
          <Button size="small" look="ghost" onClick={() => go({ screen: 'requests', part: 'faults' })}>
            Show faults
          </Button>
        </>
      }
    >
      {endAll.error?.message ?? (second === undefined ? undefined : `${first.text} ${second.text}`)}
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
 * Banners for every screen: a moved clock, a lost connection, faults on purpose, a taken port. The Endpoint screen shows
 * the port itself.
 */
export const Banners = () => {
  const { screen } = useRoute();
  const portTaken = useRead('endpoint.status', {}).value?.portTaken;
  const faults = useRead('faults.list', {}).value?.items ?? [];
  const offsetSeconds = useClockOffsetSeconds();
  const lost = useKeyfobState((state) => state.connection.state === 'lost');
  const tellsPort = portTaken !== undefined && screen !== 'endpoint';
  if (offsetSeconds === 0 && !lost && !tellsPort && faults.length === 0) return null;
  return (
    <div className={styles.root}>
      {lost && <Lost />}
      {faults.length > 0 && <ActiveFaults faults={faults} />}
      {tellsPort && <PortTaken {...portTaken} />}
      {offsetSeconds !== 0 && <MovedClock offsetSeconds={offsetSeconds} />}
    </div>
  );
};
