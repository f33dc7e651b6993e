import type { Server as HttpServer } from 'node:http';
import type { Server as HttpsServer } from 'node:https';
import type { EndpointStatus } from '../../preload/contract/endpoint.ts';
import type { Connections } from './connections.ts';
import { closeListeners, type Listeners, openListeners } from './listeners.ts';
import type { Certificate, createServerFactory } from './servers.ts';

type Servers = ReturnType<typeof createServerFactory>;

/** What an endpoint that runs is. */
export interface Running {
  readonly connections: Connections;
  readonly servers: Servers;
  readonly names: readonly string[];
  readonly certificate: Certificate;
  readonly https: Listeners<HttpsServer>;
  readonly http: Listeners<HttpServer> | undefined;
}

/** Opens HTTPS and HTTP, or neither. */
export const openBoth = async (
  addresses: readonly string[],
  ports: { readonly https: number; readonly http: number | null },
  servers: Servers,
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

/** Stops accepting; resolves when the last connections are gone. */
export const closeBoth = async ({ https, http }: Pick<Running, 'https' | 'http'>): Promise<void> => {
  await Promise.all([closeListeners(https), http && closeListeners(http)]);
};

/** The listeners that stay when only `addresses` are listened on, and then those opened. The others close by themselves. */
export const joined = <S extends HttpServer | HttpsServer>(
  before: Listeners<S>,
  opened: Listeners<S>,
  addresses: readonly string[],
): Listeners<S> => {
  const stays = ({ address }: { readonly address: string }) => addresses.includes(address);
  void closeListeners({ listeners: before.listeners.filter((listener) => !stays(listener)) });
  return { port: before.port, listeners: [...before.listeners.filter(stays), ...opened.listeners] };
};

export const runningStatus = ({ https, http, names, certificate }: Running, caFile: string): EndpointStatus => {
  const base = `https://localhost:${https.port}`;
  return {
    running: true,
    tokenUrl: `${base}/token`,
    revokeUrl: `${base}/revoke`,
    introspectUrl: `${base}/oauth2/introspect`,
    ...(http && { httpTokenUrl: `http://localhost:${http.port}/token`, httpPort: http.port }),
    port: https.port,
    addresses: https.listeners.map(({ address }) => address),
    names: [...names],
    caFile,
    certificateEndsAtMs: certificate.endsAtMs,
  };
};
