import type { KeyfobError } from '../../preload/contract/errors.ts';
import type { Jwk } from '../engine/ports/signer.ts';
import type { Route, Site } from '../listener/route.ts';
import { createPortalRoutes, type PortalOptions } from './devportal/portalRoutes.ts';
import { type ErrorParts, replyToError } from './errors.ts';
import type { Service } from './form/formRoute.ts';
import { authorizeRoutes } from './routes/authorize.ts';
import { introspectRoute } from './routes/introspect.ts';
import { jwksRoute } from './routes/jwks.ts';
import { logoutRoutes } from './routes/logout.ts';
import { metadataPaths, metadataRoute } from './routes/metadata.ts';
import { readyPath, readyRoute } from './routes/ready.ts';
import { revokeRoute } from './routes/revoke.ts';
import { tokenRoute } from './routes/token.ts';
import { userinfoRoute } from './routes/userinfo.ts';
import { webfingerRoute } from './routes/webfinger.ts';
import { createSignIn, type SignInParts } from './signIn/signIn.ts';
import { createSignOut } from './signIn/signOut.ts';

export interface SiteOptions extends Service, ErrorParts, Pick<PortalOptions, 'portal'> {
  /** The route at any other path. */
  readonly elsewhere: Site['routeAt'];
  /** The published public keys. */
  readonly publishedKeys: () => readonly Jwk[];
  /** The error that keeps requests from being answered, if there is one. */
  readonly storeFault: () => KeyfobError | undefined;
}

/** Gives the routes of the OAuth2 server. Reads `options.oauth` and `options.portal` with each request, not before. */
export const createSite = (options: SiteOptions, signIn: SignInParts): Site => {
  const token = tokenRoute(options);
  const revoke = revokeRoute(options);
  const introspect = introspectRoute(options);
  const userinfo = userinfoRoute(options);
  const jwks = jwksRoute(options.publishedKeys);
  const metadata = metadataRoute(options);
  const portalRouteAt = createPortalRoutes(options);
  const routes: ReadonlyMap<string, Route> = new Map([
    ['/token', token],
    ['/oauth2/token', token],
    ['/revoke', revoke],
    ['/oauth2/revoke', revoke],
    ['/oauth2/introspect', introspect],
    ['/introspect', introspect],
    ['/userinfo', userinfo],
    ['/oauth2/userinfo', userinfo],
    ['/oauth2/jwks', jwks],
    ['/jwks', jwks],
    ['/.well-known/webfinger', webfingerRoute(signIn.issuer)],
    ...authorizeRoutes(createSignIn(options, signIn)),
    ...logoutRoutes(createSignOut(options, signIn.sessions)),
    [readyPath, readyRoute(() => options.storeFault() === undefined)],
    ...metadataPaths.map((path) => [path, metadata] as const),
  ]);
  return {
    routeAt: (path) => routes.get(path) ?? portalRouteAt(path) ?? options.elsewhere(path),
    allowedOrigins: () => options.oauth.allowedOrigins(),
    exposedHeaders: [
      'WWW-Authenticate',
      'DeactivatedAccessToken',
      'RevokedAccessToken',
      'RevokedRefreshToken',
      'AuthorizedUser',
    ],
    errorReply: (thrown) => replyToError(thrown, options),
  };
};
