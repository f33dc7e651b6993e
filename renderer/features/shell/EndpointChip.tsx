import { ChevronUp, Copy, Play, Server, Square } from 'lucide-react';
import { useCopy } from '../../store/clipboard.ts';
import { useKeyfob } from '../../store/context.ts';
import { useRead } from '../../store/reads.ts';
import { asKeyfobError } from '../../store/resource.ts';
import { useGo } from '../../store/route.ts';
import { failureToast, useToast } from '../../store/toasts.ts';
import { Menu } from '../../ui/Menu.tsx';
import styles from './StatusBar.module.css';

/** Whether the endpoint runs and where, with start and stop behind it. A taken port offers the free one. */
export const EndpointChip = () => {
  const { host } = useKeyfob();
  const toast = useToast();
  const copy = useCopy();
  const go = useGo();
  const status = useRead('endpoint.status', {}).value;
  const running = status?.running === true;

  async function start(port?: number): Promise<void> {
    try {
      await host.call('endpoint.start', port === undefined ? {} : { port });
    } catch (thrown) {
      const error = asKeyfobError(thrown);
      const free = error.details.port?.free;
      toast({
        ...failureToast('The endpoint did not start.', error),
        ...(free !== undefined && {
          action: {
            label: `Use ${free}`,
            alternative: 'Choose another port on the endpoint screen',
            run: () => void start(free),
          },
        }),
      });
    }
  }

  async function stop(): Promise<void> {
    try {
      await host.call('endpoint.stop', {});
    } catch (error) {
      toast(failureToast('The endpoint did not stop.', asKeyfobError(error)));
    }
  }

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
          {running ? `Endpoint on ${status.port}` : 'Endpoint stopped'}
          <ChevronUp aria-hidden size={12} />
        </button>
      }
      groups={[
        running
          ? [{ label: 'Stop the endpoint', icon: Square, onSelect: () => void stop() }]
          : [{ label: 'Start the endpoint', icon: Play, onSelect: () => void start() }],
        copyUrl,
        [{ label: 'Endpoint and newest requests', icon: Server, onSelect: () => go({ screen: 'endpoint' }) }],
      ]}
    />
  );
};
