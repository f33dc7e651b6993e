import type { EndpointRequest, EndpointStatus } from '../../preload/contract/endpoint.ts';
import { KeyfobError } from '../../preload/contract/errors.ts';
import type { Settings } from '../../preload/contract/settings.ts';
import { createHostRule, type HostRule } from './hosts.ts';
import { createRequestLog } from './log.ts';
import type { Site } from './route.ts';
import { closeBoth, joined, openBoth, type Running, runningStatus, type UrlsOf } from './running.ts';
import { type Certificate, createServerFactory, defaultTimeouts, type Timeouts, tlsOf } from './serverFactory.ts';
import { createConnections } from './sockets/connections.ts';
import { listenAddresses } from './sockets/listeners.ts';

export interface HttpServersOptions {
  readonly site: Site;
  readonly urlsOf: UrlsOf;
  /** Milliseconds since 1970. */
  readonly realTimeMs: () => number;
  /** Read at each start. */
  readonly settings: () => Pick<Settings, 'port' | 'httpPort' | 'extraNames'>;
  /** Gives the server certificate for exactly these names and addresses: the existing one, or a new one. */
  readonly certificate: (names: readonly string[]) => Promise<Certificate>;
  /** Throws `name_not_permitted` for a name outside the authority's constraints. */
  readonly checkNames: (names: readonly string[]) => void;
  /** The file with the authority's certificate, for clients. */
  readonly caFile: string;
  /** The error that keeps every request from being answered until the next start, if there is one. */
  readonly storeFault: () => KeyfobError | undefined;
  /** Called for each logged request; the function that it gets formats the row. */
  readonly onRequest: (request: () => EndpointRequest) => void;
  /** Called after each start, stop, rename and failed start. */
  readonly onChanged: (status: EndpointStatus) => void;
  /** Gets errors that no input should cause. They may hold anything and are never sent. */
  readonly onError: (error: unknown) => void;
  readonly timeouts?: Partial<Timeouts> | undefined;
}

/** The ports of a start; `undefined`: as the settings say. Port 0: any free one. HTTP on `null`: not served. */
interface Ports {
  readonly port?: number | undefined;
  readonly httpPort?: number | null | undefined;
}

/** An HTTPS server and a plain HTTP one that serve the same site. Changes run one at a time, in order. */
export interface HttpServers {
  status(): EndpointStatus;
  /**
   * Rejects with `port_in_use`, whose details name a free port, with `conflict` while running on another port, with
   * `bad_input` for one port for both, and with errors of `certificate`.
   */
  start(ports: Ports): Promise<EndpointStatus>;
  /** Refuses new connections, lets running requests finish, then closes everything. */
  stop(): Promise<EndpointStatus>;
  /**
   * Answers to these extra names from now on, and keeps them by `save`. Certificate, Host rule and addresses follow;
   * connections stay. Rejects with `name_not_permitted`, `port_in_use` or errors of `save`; then nothing has changed.
   */
  rename<T>(extraNames: readonly string[], save: () => Promise<T>): Promise<T>;
  /** Gives logged requests, newest first. */
  requests(limit: number): readonly EndpointRequest[];
  /** The same as `stop`, before the process ends. */
  close(): Promise<void>;
}

/** These names need no setting. */
const ownNames = ['localhost', '127.0.0.1', '::1'];

const allNames = (extraNames: readonly string[]): readonly string[] => [...new Set([...ownNames, ...extraNames])];

/** Runs one work at a time, in order. */
const createQueue = () => {
  let last: Promise<unknown> = Promise.resolve();
  return <T>(work: () => Promise<T>): Promise<T> => {
    const done = last.then(work, work);
    last = done.catch(() => {});
    return done;
  };
};

/** Throws `conflict` unless a start on these ports would change nothing. */
const demandSamePorts = ({ https, http }: Running, { port, httpPort }: Ports): void => {
  const same = (asked: number | null | undefined, current: number | undefined) =>
    asked === undefined || (asked === 0 && current !== undefined) || asked === (current ?? null);
  if (same(port, https.port) && same(httpPort, http?.port)) return;
  throw new KeyfobError('conflict', `The endpoint runs on port ${https.port}; stop it before it can move.`);
};

/** Creates the servers, which do not run yet. */
export const createHttpServers = (options: HttpServersOptions): HttpServers => {
  const timeouts = { ...defaultTimeouts, ...options.timeouts };
  const { realTimeMs, caFile } = options;
  const log = createRequestLog(realTimeMs, options.onRequest);
  let running: Running | undefined;
  let portTaken: EndpointStatus['portTaken'];
  let hosts: HostRule;

  const status = (): EndpointStatus => {
    const fault = options.storeFault();
    return {
      ...(running === undefined
        ? { running: false, addresses: [], names: [], caFile, ...(portTaken && { portTaken }) }
        : runningStatus(running, caFile, options.urlsOf)),
      ...(fault && { fault: { code: fault.code, message: fault.message } }),
    };
  };

  const changed = (): EndpointStatus => {
    const now = status();
    options.onChanged(now);
    return now;
  };

  const open = async (ports: { readonly https: number; readonly http: number | null }): Promise<Running> => {
    const names = allNames(options.settings().extraNames);
    const certificate = await options.certificate(names);
    const connections = createConnections();
    hosts = createHostRule(names);
    const servers = createServerFactory({
      site: options.site,
      hosts: () => hosts,
      connections,
      log,
      onError: options.onError,
      realTimeMs,
      timeouts,
    });
    const opened = await openBoth(listenAddresses(names), ports, servers, certificate);
    return { connections, servers, names, certificate, ...opened };
  };

  const start = async (at: Ports): Promise<EndpointStatus> => {
    if (running !== undefined) {
      demandSamePorts(running, at);
      return status();
    }
    const settings = options.settings();
    const port = at.port ?? settings.port;
    const httpPort = at.httpPort === undefined ? settings.httpPort : at.httpPort;
    if (port === httpPort && port !== 0) {
      throw new KeyfobError('bad_input', `HTTPS and HTTP cannot share port ${port}; choose two different ones.`);
    }
    try {
      running = await open({ https: port, http: httpPort });
      portTaken = undefined;
    } catch (error) {
      // The window shows a failed start, even one that it did not request.
      portTaken = error instanceof KeyfobError ? error.details.port : undefined;
      if (portTaken !== undefined) changed();
      throw error;
    }
    return changed();
  };

  const stop = async (): Promise<EndpointStatus> => {
    if (running === undefined) return status();
    const { connections, https, http } = running;
    const closed = closeBoth({ https, http });
    connections.drain();
    const late = setTimeout(connections.destroy, timeouts.drainMs);
    await closed;
    clearTimeout(late);
    // Connections on addresses that a rename removed are still open.
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
    // Saving comes last of the steps that can fail, as nothing else has changed yet.
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

  const inTurn = createQueue();
  return {
    status,
    start: (at) => inTurn(() => start(at)),
    stop: () => inTurn(stop),
    rename: (extraNames, save) => inTurn(() => rename(extraNames, save)),
    requests: log.newest,
    close: async () => {
      await inTurn(stop);
    },
  };
};
