import { endpointNames } from '../../preload/contract/endpointNames.ts';
import type { Settings } from '../../preload/contract/settings/settings.ts';
import type { EndpointControl } from '../engine/ports/endpoint.ts';
import type { Clock, EventSink } from '../engine/ports/ports.ts';
import { createHttpServers, type HttpServers, type HttpServersOptions } from '../listener/httpServers.ts';
import type { UrlsOf } from '../listener/running.ts';
import { createSessions } from './signIn/sessions.ts';
import { createSite, type SiteOptions } from './site.ts';

export interface EndpointOptions
  extends SiteOptions,
    Pick<
      HttpServersOptions,
      'certificate' | 'checkNames' | 'always' | 'caFile' | 'storeFault' | 'timeouts' | 'secretHeaders'
    > {
  readonly settings: () => Pick<Settings, 'port' | 'httpPort' | 'extraNames' | 'issuerHost'>;
  readonly clock: Pick<Clock, 'realTimeMs'>;
  readonly events: EventSink;
  readonly ca: EndpointControl['ca'];
}

export interface Endpoint extends EndpointControl {
  /** Stops before the process ends: new connections are refused, running requests finish, then everything closes. */
  close(): Promise<void>;
  /** Ends all sign-ins of browsers. Call it when the vault is locked. */
  forgetSignIns(): void;
}

/** The issuer: the URL of the token endpoint, as in API Manager. A backup may bring a name that is not served here. */
const issuerAt = ({ extraNames, issuerHost }: Pick<Settings, 'extraNames' | 'issuerHost'>, port: number): string => {
  const host = endpointNames(extraNames).includes(issuerHost) ? issuerHost : 'localhost';
  return `https://${host.includes(':') ? `[${host}]` : host}:${port}/oauth2/token`;
};

/** The local OAuth2 server, which does not run yet. */
export const createEndpoint = (options: EndpointOptions): Endpoint => {
  const {
    settings,
    certificate,
    checkNames,
    always,
    caFile,
    storeFault,
    onError,
    timeouts,
    secretHeaders,
    events,
    clock,
  } = options;
  const sessions = createSessions(clock.realTimeMs);
  const issuer = (): string => {
    const { extraNames, issuerHost, port: chosen } = settings();
    return issuerAt({ extraNames: [...(always?.names ?? []), ...extraNames], issuerHost }, port() ?? chosen);
  };
  const urlsOf: UrlsOf = ({ https, http }) => ({
    tokenUrl: `${https}/token`,
    authorizeUrl: `${https}/authorize`,
    revokeUrl: `${https}/revoke`,
    introspectUrl: `${https}/oauth2/introspect`,
    issuer: issuer(),
    ...(http && { httpTokenUrl: `${http}/token` }),
  });
  const { port, ...control }: HttpServers = createHttpServers({
    site: createSite(options, { sessions, issuer }),
    urlsOf,
    ...{ settings, certificate, checkNames, always, caFile, storeFault, onError, timeouts, secretHeaders },
    realTimeMs: clock.realTimeMs,
    onRequest: (request) => events.emit('requests.added', request),
    onChanged: (status) => events.emit('endpoint.changed', status),
  });
  return {
    ...control,
    issuer,
    ca: options.ca,
    forgetSignIns: sessions.clear,
  };
};
