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
      'settings' | 'certificate' | 'checkNames' | 'caFile' | 'storeFault' | 'timeouts' | 'secretHeaders'
    > {
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

/** The URL of the token endpoint, as in API Manager. */
const issuerAt = (https: string): string => `${https}/oauth2/token`;

const urlsOf: UrlsOf = ({ https, http }) => ({
  tokenUrl: `${https}/token`,
  authorizeUrl: `${https}/authorize`,
  revokeUrl: `${https}/revoke`,
  introspectUrl: `${https}/oauth2/introspect`,
  issuer: issuerAt(https),
  ...(http && { httpTokenUrl: `${http}/token` }),
});

/** The local OAuth2 server, which does not run yet. */
export const createEndpoint = (options: EndpointOptions): Endpoint => {
  const { settings, certificate, checkNames, caFile, storeFault, onError, timeouts, secretHeaders, events, clock } =
    options;
  const sessions = createSessions(clock.realTimeMs);
  const issuer = (): string => issuerAt(`https://localhost:${port() ?? settings().port}`);
  const { port, ...control }: HttpServers = createHttpServers({
    site: createSite(options, { sessions, issuer }),
    urlsOf,
    ...{ settings, certificate, checkNames, caFile, storeFault, onError, timeouts, secretHeaders },
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
