import type { Route, Site } from '../listener/route.ts';
import { type ErrorParts, replyToError } from './errors.ts';
import type { Service } from './form/formRoute.ts';
import { authorizeRoutes } from './routes/authorize.ts';
import { introspectRoute } from './routes/introspect.ts';
import { revokeRoute } from './routes/revoke.ts';
import { tokenRoute } from './routes/token.ts';
import { userinfoRoute } from './routes/userinfo.ts';
import { createSignIn, type SignInParts } from './signIn/signIn.ts';

export interface SiteOptions extends Service, ErrorParts {
  /** The route at any other path. */
  readonly elsewhere: Site['routeAt'];
}

/** Gives the routes of the OAuth2 server. Reads `options.oauth` with each request, not before. */
export const createSite = (options: SiteOptions, signIn: SignInParts): Site => {
  const token = tokenRoute(options);
  const revoke = revokeRoute(options);
  const introspect = introspectRoute(options);
  const userinfo = userinfoRoute(options);
  const routes: ReadonlyMap<string, Route> = new Map([
    ['/token', token],
    ['/oauth2/token', token],
    ['/revoke', revoke],
    ['/oauth2/revoke', revoke],
    ['/oauth2/introspect', introspect],
    ['/introspect', introspect],
    ['/userinfo', userinfo],
    ['/oauth2/userinfo', userinfo],
    ...authorizeRoutes(createSignIn(options, signIn)),
  ]);
  return {
    routeAt: (path) => routes.get(path) ?? options.elsewhere(path),
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
