import type { Server as HttpServer } from 'node:http';
import type { Server as HttpsServer } from 'node:https';
import type { EndpointStatus } from '../../preload/contract/endpoint.ts';
import type { Certificate, createServerFactory } from './serverFactory.ts';
import type { Connections } from './sockets/connections.ts';
import { closeListeners, type Listeners, openListeners } from './sockets/listeners.ts';

type ServerFactory = ReturnType<typeof createServerFactory>;

/** The state of running servers. */
export interface Running {
  readonly connections: Connections;
  readonly servers: ServerFactory;
  readonly names: readonly string[];
  readonly certificate: Certificate;
  readonly https: Listeners<HttpsServer>;
  readonly http: Listeners<HttpServer> | undefined;
}

/** Opens HTTPS and HTTP, or neither. Rejects as {@link openListeners} does. */
export const openBoth = async (
  addresses: readonly string[],
  ports: { readonly https: number; readonly http: number | null },
  servers: ServerFactory,
  certificate: Certificate,
): Promise<Pick<Running, 'https' | 'http'>> => {
  const https = await openListeners(addresses, ports.https, () => servers.https(certificate));
  try {
    return { https, http: ports.http === null ? undefined : await openListeners(addresses, ports.http, servers.http) };
  } catch (error) {
    await closeListeners(https);
    throw error;
  }
};

/** Stops accepting; resolves when the last connections are closed. */
export const closeBoth = async ({ https, http }: Pick<Running, 'https' | 'http'>): Promise<void> => {
  await Promise.all([closeListeners(https), http && closeListeners(http)]);
};

/** Gives the kept and the opened listeners. Listeners on other addresses close once their connections end. */
export const joined = <S extends HttpServer | HttpsServer>(
  before: Listeners<S>,
  opened: Listeners<S>,
  addresses: readonly string[],
): Listeners<S> => {
  const stays = ({ address }: { readonly address: string }) => addresses.includes(address);
  void closeListeners({ listeners: before.listeners.filter((listener) => !stays(listener)) });
  return { port: before.port, listeners: [...before.listeners.filter(stays), ...opened.listeners] };
};

/** Gives the URLs of routes for the status, by the origin of each server. */
export type UrlsOf = (origins: {
  readonly https: string;
  readonly http: string | undefined;
}) => Pick<EndpointStatus, 'tokenUrl' | 'revokeUrl' | 'introspectUrl' | 'httpTokenUrl'>;

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
