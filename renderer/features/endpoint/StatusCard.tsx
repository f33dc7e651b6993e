import { CircleDot, CircleOff, Play, Square } from 'lucide-react';
import type { EndpointStatus } from '../../../preload/contract/endpoint.ts';
import { useKeyfobState } from '../../store/context.ts';
import { useRead } from '../../store/hooks/calls/useRead.ts';
import { useMainAction } from '../../store/hooks/window/useCommands.ts';
import { hrefOf } from '../../store/window/route.ts';
import { Button } from '../../ui/buttons/Button.tsx';
import { Copyable } from '../../ui/secrets/Copyable.tsx';
import styles from './endpoint.module.css';
import type { EndpointControl } from './useEndpointControl.ts';

const loopback = ['127.0.0.1', '::1'];

const Reach = ({ addresses }: { readonly addresses: readonly string[] }) => {
  const wide = addresses.filter((address) => !loopback.includes(address));
  return wide.length === 0 ? (
    <>Only reachable from this computer.</>
  ) : (
    <>
      <strong>Other machines can reach it</strong> at {wide.join(', ')}.
    </>
  );
};

const Stopped = () => {
  const settings = useRead('settings.read', {}).value;
  return (
    <>
      Connections are refused. Locking the vault{' '}
      {settings?.keepServingWhenLocked === true ? 'leaves it running' : 'stops it too'}:{' '}
      <a href={hrefOf({ screen: 'settings', section: 'vault' })}>see the settings</a>.
    </>
  );
};

interface StatusCardProps {
  readonly status: EndpointStatus;
  readonly control: EndpointControl;
}

/** Status and address of the endpoint, with Start and Stop. */
export const StatusCard = ({ status, control }: StatusCardProps) => {
  const { port, tokenUrl, addresses } = status;
  const isLost = useKeyfobState((state) => state.connection.state === 'lost');
  const running = status.running && !isLost;
  useMainAction('Start the endpoint', running ? undefined : () => void control.start());
  const Icon = running ? CircleDot : CircleOff;
  return (
    <section className={styles.status} aria-label="Status" data-tone={running ? 'good' : 'neutral'}>
      <span className={styles.sign}>
        <Icon aria-hidden size={20} />
      </span>
      <div className={styles.words}>
        <p className={styles.headline} role="status">
          {isLost ? 'No answer from Keyfob' : running ? `Running on https://localhost:${port}` : 'Stopped'}
        </p>
        <p className={styles.muted}>{running ? <Reach addresses={addresses} /> : !isLost && <Stopped />}</p>
        {tokenUrl !== undefined && <Copyable text={tokenUrl} what="token URL" />}
      </div>
      <Button
        look={running ? 'secondary' : 'primary'}
        icon={running ? Square : Play}
        loading={control.pending}
        onClick={() => void (running ? control.stop() : control.start())}
      >
        {running ? 'Stop' : 'Start'}
      </Button>
    </section>
  );
};
