import type { EndpointStatus } from '../../preload/contract/endpoint.ts';
import { KeyfobError } from '../../preload/contract/errors.ts';
import type { Settings } from '../../preload/contract/settings.ts';
import type { EndpointControl } from '../engine/ports/endpoint.ts';
import type { Clock, EventSink } from '../engine/ports/ports.ts';
import { createConnections } from './connections.ts';
import { createHostRule, type HostRule } from './hosts.ts';
import { listenAddresses } from './listeners.ts';
import { createRequestLog } from './log.ts';
import type { Service } from './route.ts';
import { closeBoth, joined, openBoth, type Running, runningStatus } from './running.ts';
import { type Certificate, createServerFactory, defaultTimeouts, type Timeouts, tlsOf } from './servers.ts';

/** What the endpoint is made of. */
export interface EndpointOptions extends Service {
  readonly clock: Pick<Clock, 'realTimeMs'>;
  readonly events: EventSink;
  /** Asked at each start. */
  readonly settings: () => Pick<Settings, 'port' | 'httpPort' | 'extraNames'>;
  /** The server certificate for exactly these names and addresses: the one that is there, or a new one. */
  readonly certificate: (names: readonly string[]) => Promise<Certificate>;
  readonly ca: EndpointControl['ca'];
  /** Throws `name_not_permitted` for a name that the authority may not vouch for. */
  readonly checkNames: (names: readonly string[]) => void;
  /** Where the certificate of the authority is kept, for clients. */
  readonly caFile: string;
  /** Why nothing is answered until the next start, if so. */
  readonly storeFault: () => KeyfobError | undefined;
  /** Turns a fault of disk or database into a `KeyfobError`; gives anything else back. */
  readonly asKnown: (error: unknown) => unknown;
  /** Hears of errors that no input should be able to cause; what it gets may hold anything but is never sent. */
  readonly onFault: (error: unknown) => void;
  readonly timeouts?: Partial<Timeouts>;
}

export interface Endpoint extends EndpointControl {
  /** Stops for good: no new connections; what runs is finished; then everything is closed. */
  close(): Promise<void>;
}

/** The names that need no setting. */
const ownNames = ['localhost', '127.0.0.1', '::1'];

const allNames = (extraNames: readonly string[]): readonly string[] => [...new Set([...ownNames, ...extraNames])];

/**
 * The local OAuth2 server. `start` rejects with `port_in_use`, whose details name a free port, with `conflict` when it
 * runs on another port, and with what `certificate` threw. Port 0: any free one.
 */
export const createEndpoint = (options: EndpointOptions): Endpoint => {
  const timeouts = { ...defaultTimeouts, ...options.timeouts };
  const { realTimeMs } = options.clock;
  const log = createRequestLog(realTimeMs, (request) => options.events.emit('endpoint.request', request));
  let running: Running | undefined;
  let portTaken: EndpointStatus['portTaken'];
  let hosts: HostRule;

  const status = (): EndpointStatus => {
    const fault = options.storeFault();
    return {
      ...(running === undefined
        ? { running: false, addresses: [], names: [], caFile: options.caFile, ...(portTaken && { portTaken }) }
        : runningStatus(running, options.caFile)),
      ...(fault && { fault: { code: fault.code, message: fault.message } }),
    };
  };

  const changed = (): EndpointStatus => {
    const now = status();
    options.events.emit('endpoint.changed', now);
    return now;
  };

  const open = async (ports: { readonly https: number; readonly http: number | null }): Promise<Running> => {
    const names = allNames(options.settings().extraNames);
    const certificate = await options.certificate(names);
    const connections = createConnections();
    hosts = createHostRule(names);
    const servers = createServerFactory({
      service: options,
      hosts: () => hosts,
      connections,
      log,
      asKnown: options.asKnown,
      onFault: options.onFault,
      realTimeMs,
      timeouts,
    });
    const opened = await openBoth(listenAddresses(names), ports, servers, certificate);
    return { connections, servers, names, certificate, ...opened };
  };

  const start: EndpointControl['start'] = async (at) => {
    const settings = options.settings();
    const port = at.port ?? settings.port;
    const httpPort = at.httpPort === undefined ? settings.httpPort : at.httpPort;
    if (running !== undefined) {
      const { https, http } = running;
      const same = (asked: number | null | undefined, now: number | undefined) =>
        asked === undefined || (asked === 0 && now !== undefined) || asked === (now ?? null);
      if (same(at.port, https.port) && same(at.httpPort, http?.port)) return status();
      throw new KeyfobError('conflict', `The endpoint runs on port ${https.port}; stop it before it can move.`);
    }
    if (port === httpPort && port !== 0) {
      throw new KeyfobError('bad_input', `HTTPS and HTTP cannot share port ${port}; choose two different ones.`);
    }
    try {
      running = await open({ https: port, http: httpPort });
      portTaken = undefined;
    } catch (error) {
      // A window has to tell of a start that it did not ask for.
      portTaken = error instanceof KeyfobError ? error.details.port : undefined;
      if (portTaken !== undefined) changed();
      throw error;
    }
    return changed();
  };

  const stop: EndpointControl['stop'] = async () => {
    if (running === undefined) return status();
    const { connections, https, http } = running;
    const closed = closeBoth({ https, http });
    connections.drain();
    const lastCall = setTimeout(connections.destroy, timeouts.drainMs);
    await closed;
    clearTimeout(lastCall);
    // Those of addresses that were given up before.
    connections.destroy();
    running = undefined;
    return changed();
  };

  const rename = async <T>(extraNames: readonly string[], save: () => Promise<T>): Promise<T> => {
    options.checkNames(extraNames);
    const names = allNames(extraNames);
    if (running === undefined || names.join(' ') === running.names.join(' ')) return await save();
    const { servers, https, http } = running;
    const certificate = await options.certificate(names);
    const addresses = listenAddresses(names);
    const added = addresses.filter((added) => !https.listeners.some(({ address }) => address === added));
    const opened = await openBoth(added, { https: https.port, http: http?.port ?? null }, servers, certificate);
    // Last of what can fail: nothing else changed yet.
    const saved = await save().catch(async (error: unknown) => {
      await closeBoth(opened);
      throw error;
    });
    for (const { server } of https.listeners) server.setSecureContext(tlsOf(certificate));
    running = {
      ...running,
      names,
      certificate,
      https: joined(https, opened.https, addresses),
      http: http && opened.http && joined(http, opened.http, addresses),
    };
    hosts = createHostRule(names);
    changed();
    return saved;
  };

  let last: Promise<unknown> = Promise.resolve();
  /** One at a time, in order. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const done = last.then(work, work);
    last = done.catch(() => {});
    return done;
  };

  return {
    status,
    start: (at) => inTurn(() => start(at)),
    stop: () => inTurn(stop),
    rename: (extraNames, save) => inTurn(() => rename(extraNames, save)),
    ca: options.ca,
    requests: log.newest,
    close: async () => {
      await inTurn(stop);
    },
  };
};
