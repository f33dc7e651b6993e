import type { EndpointStatus } from '../../preload/contract/endpoint.ts';
import { endpointNames } from '../../preload/contract/endpointNames.ts';
import { KeyfobError } from '../../preload/contract/errors.ts';
import type { LoggedRequest } from '../../preload/contract/requests.ts';
import type { Settings } from '../../preload/contract/settings/settings.ts';
import { requestBytes, sendAgain } from './log/repeat.ts';
import { createRequestLog, type RequestLogReader } from './log/requestLog.ts';
import {
  openServers,
  type Running,
  type RunningParts,
  renameServers,
  runningStatus,
  stopServers,
  type UrlsOf,
} from './running.ts';
import { defaultTimeouts, type Timeouts } from './serverFactory.ts';

export interface HttpServersOptions extends Omit<RunningParts, 'log' | 'timeouts' | 'addresses'> {
  readonly urlsOf: UrlsOf;
  /** Read at each start. */
  readonly settings: () => Pick<Settings, 'port' | 'httpPort' | 'extraNames'>;
  /** Names and addresses in addition to those of the settings. */
  readonly always?: { readonly names: readonly string[]; readonly addresses: readonly string[] } | undefined;
  /** Throws `name_not_permitted` for a name outside the authority's constraints. */
  readonly checkNames: (names: readonly string[]) => void;
  /** The file with the authority's certificate, for clients. */
  readonly caFile: string;
  /** The error that keeps every request from being answered until the next start, if there is one. */
  readonly storeFault: () => KeyfobError | undefined;
  /** Called for each logged request; the function that it gets formats the row. */
  readonly onRequest: (request: () => LoggedRequest) => void;
  /** Names of headers, in lower case, that bring tokens in addition to the usual ones. */
  readonly secretHeaders: () => readonly string[];
  /** Called after each start, stop, rename and failed start. */
  readonly onChanged: (status: EndpointStatus) => void;
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
  /** The port of HTTPS while it runs. Unlike the status, it does not check the disk. */
  port(): number | undefined;
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
  readonly requests: RequestLogReader & {
    /**
     * Sends a request again, with its real secrets. Gives the number of the new row. Rejects with `not_found` without
     * details, `refused` for a request that was not captured whole, and `conflict` while stopped or without a reply.
     */
    repeat(sequence: number): Promise<number>;
  };
  /** The same as `stop`, before the process ends. */
  close(): Promise<void>;
}

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
  const { caFile, storeFault, urlsOf, always = { names: [], addresses: [] } } = options;
  const allNames = (extraNames: readonly string[]) => endpointNames([...always.names, ...extraNames]);
  const timeouts = { ...defaultTimeouts, ...options.timeouts };
  const log = createRequestLog(options.realTimeMs, options.onRequest, options.secretHeaders);
  const parts: RunningParts = { ...options, timeouts, log, addresses: always.addresses };
  let running: Running | undefined;
  let portTaken: EndpointStatus['portTaken'];

  const status = (): EndpointStatus => {
    const fault = storeFault();
    return {
      ...(running === undefined
        ? { running: false, addresses: [], names: [], caFile, ...(portTaken && { portTaken }) }
        : runningStatus(running, caFile, urlsOf)),
      ...(fault && { fault: { code: fault.code, message: fault.message } }),
    };
  };

  const changed = (): EndpointStatus => {
    const now = status();
    options.onChanged(now);
    return now;
  };

  const start = async (at: Ports): Promise<EndpointStatus> => {
    if (running !== undefined) {
      demandSamePorts(running, at);
      return status();
    }
    const settings = options.settings();
    const https = at.port ?? settings.port;
    const http = at.httpPort === undefined ? settings.httpPort : at.httpPort;
    if (https === http && https !== 0) {
      throw new KeyfobError('bad_input', `HTTPS and HTTP cannot share port ${https}; choose two different ones.`);
    }
    try {
      running = await openServers(parts, allNames(settings.extraNames), { https, http });
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
    await stopServers(running, timeouts.drainMs);
    running = undefined;
    return changed();
  };

  const rename = async <T>(extraNames: readonly string[], save: () => Promise<T>): Promise<T> => {
    options.checkNames(extraNames);
    const names = allNames(extraNames);
    if (running === undefined || names.join(' ') === running.names.join(' ')) return await save();
    const renamed = await renameServers(running, parts, names, save);
    running = renamed.running;
    changed();
    return renamed.saved;
  };

  const repeat = async (sequence: number): Promise<number> => {
    const found = log.stored(sequence);
    if (found === undefined) {
      throw new KeyfobError('not_found', `The details of request ${sequence} are gone. Repeat a newer request.`);
    }
    const bytes = requestBytes(found.method, found.details);
    if (typeof bytes === 'string') throw new KeyfobError('refused', `Request ${sequence} cannot be repeated. ${bytes}`);
    if (running === undefined) throw new KeyfobError('conflict', 'The endpoint is stopped. Start it, then repeat.');
    const { https, http, certificate } = running;
    const server = found.details.secure || http === undefined ? { ...https, ...certificate } : http;
    return await sendAgain(server, bytes, log.rowOf);
  };

  const inTurn = createQueue();
  return {
    status,
    port: () => running?.https.port,
    start: (at) => inTurn(() => start(at)),
    stop: () => inTurn(stop),
    rename: (extraNames, save) => inTurn(() => rename(extraNames, save)),
    requests: { ...log, repeat },
    close: async () => {
      await inTurn(stop);
    },
  };
};
