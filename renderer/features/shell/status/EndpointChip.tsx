import { ChevronUp, Copy, Play, Server, Square } from 'lucide-react';
import { useKeyfobState } from '../../../store/context.ts';
import { useRead } from '../../../store/hooks/calls/useRead.ts';
import { useEndpointSwitch } from '../../../store/hooks/topics/useEndpointSwitch.ts';
import { useCopy, useGo } from '../../../store/hooks/window/window.ts';
import { Menu } from '../../../ui/overlays/Menu.tsx';
import styles from './StatusBar.module.css';

/** The endpoint's state and port. Opens Start, Stop, and a free port when its own is taken. */
export const EndpointChip = () => {
  const { start, stop } = useEndpointSwitch();
  const copy = useCopy();
  const go = useGo();
  const status = useRead('endpoint.status', {}).value;
  const isLost = useKeyfobState((state) => state.connection.state === 'lost');
  const running = status?.running === true && !isLost;
  const words = isLost ? 'No answer' : running ? `Endpoint on ${status.port}` : 'Endpoint stopped';

  const { tokenUrl } = status ?? {};
  const copyUrl =
    tokenUrl === undefined
      ? []
      : [{ label: 'Copy the token URL', icon: Copy, onSelect: () => void copy('Token URL', tokenUrl) }];
  return (
    <Menu
      align="start"
      trigger={
        <button type="button" className={styles.chip} data-running={running}>
          <span className={styles.dot} aria-hidden />
          {words}
          <ChevronUp aria-hidden size={12} />
        </button>
      }
      groups={[
        running
          ? [{ label: 'Stop the endpoint', icon: Square, onSelect: () => void stop() }]
          : [{ label: 'Start the endpoint', icon: Play, disabled: isLost, onSelect: () => void start() }],
        copyUrl,
        [{ label: 'Endpoint and requests', icon: Server, onSelect: () => go({ screen: 'endpoint' }) }],
      ]}
    />
  );
};
