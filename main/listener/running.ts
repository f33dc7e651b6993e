import type { Server as HttpServer } from 'node:http';
import type { Server as HttpsServer } from 'node:https';
import type { EndpointStatus } from '../../preload/contract/endpoint.ts';
import { createHostRule, type HostRule } from './hosts.ts';
import { type Certificate, createServerFactory, type ServerParts, tlsOf } from './serverFactory.ts';
import { type Connections, createConnections } from './sockets/connections.ts';
import { closeListeners, type Listeners, listenAddresses, openListeners } from './sockets/listeners.ts';

type ServerFactory = ReturnType<typeof createServerFactory>;

interface Opened {
  readonly https: Listeners<HttpsServer>;
  readonly http: Listeners<HttpServer> | undefined;
}

/** The state of running servers. */
export interface Running extends Opened {
  readonly connections: Connections;
  readonly servers: ServerFactory;
  /** Admission reads the current rule with each request. */
  readonly hosts: { rule: HostRule };
  readonly names: readonly string[];
  readonly certificate: Certificate;
}

export interface RunningParts extends Omit<ServerParts, 'hosts' | 'connections'> {
  /** Gives the server certificate for exactly these names and addresses: the existing one, or a new one. */
  readonly certificate: (names: readonly string[]) => Promise<Certificate>;
  /** Addresses to listen on in addition to loopback and named ones. */
  readonly addresses: readonly string[];
}

interface Ports {
  readonly https: number;
  /** `null`: plain HTTP is not served. */
  readonly http: number | null;
}

/** Opens HTTPS and HTTP, or neither. Rejects as {@link openListeners} does. */
const openBoth = async (
  addresses: readonly string[],
  ports: Ports,
  servers: ServerFactory,
  certificate: Certificate,
): Promise<Opened> => {
  const https = await openListeners(addresses, ports.https, () => servers.https(certificate));
  try {
    return { https, http: ports.http === null ? undefined : await openListeners(addresses, ports.http, servers.http) };
  } catch (error) {
    await closeListeners(https);
    throw error;
  }
};

/** Stops accepting; resolves when the last connections are closed. */
const closeBoth = async ({ https, http }: Opened): Promise<void> => {
  await Promise.all([closeListeners(https), http && closeListeners(http)]);
};

/** Gives the kept and the opened listeners. Listeners on other addresses close once their connections end. */
const joined = <S extends HttpServer | HttpsServer>(
  before: Listeners<S>,
  opened: Listeners<S>,
  addresses: readonly string[],
): Listeners<S> => {
  const stays = ({ address }: { readonly address: string }) => addresses.includes(address);
  void closeListeners({ listeners: before.listeners.filter((listener) => !stays(listener)) });
  return { port: before.port, listeners: [...before.listeners.filter(stays), ...opened.listeners] };
};

/** Opens servers for these names. Rejects with `port_in_use`, and with errors of `certificate`. */
export const openServers = async (parts: RunningParts, names: readonly string[], ports: Ports): Promise<Running> => {
  const certificate = await parts.certificate(names);
  const connections = createConnections();
  const hosts = { rule: createHostRule(names) };
  const servers = createServerFactory({ ...parts, connections, hosts: () => hosts.rule });
  const opened = await openBoth(listenAddresses(names, parts.addresses), ports, servers, certificate);
  return { connections, servers, hosts, names, certificate, ...opened };
};

/**
 * Changes the names of running servers, and gives their new state and the result of `save`. Connections stay. Rejects with
 * `port_in_use`, and with errors of `certificate` and `save`; then nothing has changed.
 */
export const renameServers = async <T>(
  running: Running,
  parts: RunningParts,
  names: readonly string[],
  save: () => Promise<T>,
): Promise<{ readonly running: Running; readonly saved: T }> => {
  const { servers, https, http } = running;
  const certificate = await parts.certificate(names);
  const addresses = listenAddresses(names, parts.addresses);
  const added = addresses.filter((added) => !https.listeners.some(({ address }) => address === added));
  const opened = await openBoth(added, { https: https.port, http: http?.port ?? null }, servers, certificate);
  // Saving comes last of the steps that can fail, as nothing else has changed yet.
  const saved = await save().catch(async (error: unknown) => {
    await closeBoth(opened);
    throw error;
  });
  for (const { server } of https.listeners) server.setSecureContext(tlsOf(certificate));
  running.hosts.rule = createHostRule(names);
  const next: Running = {
    ...running,
    names,
    certificate,
    https: joined(https, opened.https, addresses),
    http: http && opened.http && joined(http, opened.http, addresses),
  };
  return { running: next, saved };
};

/** Refuses new connections, lets running requests finish for `drainMs`, then closes everything. */
export const stopServers = async (running: Running, drainMs: number): Promise<void> => {
  const { connections } = running;
  const closed = closeBoth(running);
  connections.drain();
  const late = setTimeout(connections.destroy, drainMs);
  await closed;
  clearTimeout(late);
  // Connections on addresses that a rename removed are still open.
  connections.destroy();
};

/** Gives the URLs of routes for the status, by the origin of each server. */
export type UrlsOf = (origins: {
  readonly https: string;
  readonly http: string | undefined;
}) => Pick<EndpointStatus, 'tokenUrl' | 'authorizeUrl' | 'revokeUrl' | 'introspectUrl' | 'issuer' | 'httpTokenUrl'>;

/** Gives the status of running servers. */
export const runningStatus = (
  { https, http, names, certificate }: Running,
  caFile: string,
  urlsOf: UrlsOf,
): EndpointStatus => ({
  running: true,
  ...urlsOf({ https: `https://localhost:${https.port}`, http: http && `http://localhost:${http.port}` }),
  ...(http && { httpPort: http.port }),
  port: https.port,
  addresses: https.listeners.map(({ address }) => address),
  names: [...names],
  caFile,
  certificateEndsAtMs: certificate.endsAtMs,
});
