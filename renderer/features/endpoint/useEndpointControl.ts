import { useState } from 'react';
import type { InputOf } from '../../../preload/contract/define.ts';
import type { KeyfobError } from '../../../preload/contract/errors.ts';
import type { MethodOf } from '../../../preload/contract/index.ts';
import type { Settings } from '../../../preload/contract/settings/settings.ts';
import { useKeyfob } from '../../store/context.ts';
import { asKeyfobError } from '../../store/core/resource.ts';

export type Ports = Pick<Settings, 'port' | 'httpPort'>;

/** Why an action failed, and the wanted ports with a free one in place of a taken one. */
export interface EndpointFault {
  readonly title: string;
  readonly error: KeyfobError;
  readonly offer?: Ports;
  /** The endpoint's current port, when it still runs. */
  readonly runsOn?: number;
}

export interface EndpointControl {
  readonly pending: boolean;
  readonly fault: EndpointFault | undefined;
  /** Starts it on the ports of the settings. */
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Starts or moves it to these ports and saves them. Resolves to true when it runs there. */
  use(ports: Ports): Promise<boolean>;
  /** Saves these ports for the next start. */
  keep(ports: Ports): Promise<boolean>;
}

/** Gives the wanted ports, with the free port in place of the taken one. */
function offerOf(error: KeyfobError, wished: Ports): { readonly offer?: Ports } {
  const { port } = error.details;
  if (port === undefined) return {};
  return {
    offer: wished.httpPort === port.taken ? { ...wished, httpPort: port.free } : { ...wished, port: port.free },
  };
}

/** Starts, stops and moves the endpoint. A failure is kept until the next action. */
export function useEndpointControl(): EndpointControl {
  const { host } = useKeyfob();
  const [pending, setPending] = useState(false);
  const [fault, setFault] = useState<EndpointFault>();

  /** Runs an action. `title` names the failure. */
  async function run(title: string, wished: Ports | undefined, work: () => Promise<unknown>): Promise<boolean> {
    setPending(true);
    setFault(undefined);
    try {
      await work();
      return true;
    } catch (thrown) {
      const error = asKeyfobError(thrown);
      const { running, port } = await host.call('endpoint.status', {});
      const runsOn = running && port !== undefined ? { runsOn: port } : {};
      setFault({ title, error, ...(wished && offerOf(error, wished)), ...runsOn });
      return false;
    } finally {
      setPending(false);
    }
  }

  async function move(ports: Ports): Promise<void> {
    const before = await host.call('endpoint.status', {});
    if (before.running) await host.call('endpoint.stop', {});
    try {
      await host.call('endpoint.start', ports);
    } catch (error) {
      if (before.running) {
        const back: InputOf<MethodOf<'endpoint.start'>> = { httpPort: before.httpPort ?? null };
        if (before.port !== undefined) back.port = before.port;
        await host.call('endpoint.start', back);
      }
      throw error;
    }
    await host.call('settings.write', ports);
  }

  return {
    pending,
    fault,
    async start() {
      const { port, httpPort } = await host.call('settings.read', {});
      await run('The endpoint did not start.', { port, httpPort }, () => host.call('endpoint.start', {}));
    },
    async stop() {
      await run('The endpoint did not stop.', undefined, () => host.call('endpoint.stop', {}));
    },
    use: (ports) => run('The endpoint did not start there.', ports, () => move(ports)),
    keep: (ports) => run('The ports were not saved.', undefined, () => host.call('settings.write', ports)),
  };
}
