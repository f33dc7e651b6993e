// A foreign client: a web app with passport's strategy. It runs in its own process, as NODE_EXTRA_CA_CERTS counts at the
// start only.
import type { IncomingMessage } from 'node:http';
import OAuth2Strategy from 'passport-oauth2';
import type { ToldToken } from './round.ts';
import { metadataOf, queryOf, serveWebApp, type WebAppReport } from './webApp.ts';

/** A strategy as passport's users write one: it adds the profile, and the refresh that the library has no name for. */
class Strategy extends OAuth2Strategy {
  userinfoUrl = '';

  override userProfile(accessToken: string, done: (error?: unknown, profile?: unknown) => void): void {
    // biome-ignore lint/correctness/useHookAtTopLevel: it is no hook of React.
    this._oauth2.useAuthorizationHeaderforGET(true);
    this._oauth2.get(this.userinfoUrl, accessToken, (error, body) => done(error, error || JSON.parse(String(body))));
  }

  renew(refreshToken: string): Promise<ToldToken> {
    return new Promise((resolve, reject) => {
      const form = { grant_type: 'refresh_token' };
      this._oauth2.getOAuthAccessToken(refreshToken, form, (error, access_token, refresh_token = '', rest = {}) =>
        error ? reject(error) : resolve({ ...rest, access_token, refresh_token }),
      );
    });
  }
}

await serveWebApp(async (task, redirectUri) => {
  const metadata = await metadataOf(task);
  const strategy = new Strategy(
    {
      authorizationURL: metadata.authorization_endpoint,
      tokenURL: metadata.token_endpoint,
      clientID: task.consumerKey,
      clientSecret: task.consumerSecret ?? '',
      callbackURL: redirectUri,
      scope: task.scope,
      state: true,
      pkce: true,
    },
    (
      access_token: string,
      refresh_token: string,
      rest: Omit<ToldToken, 'access_token'>,
      userinfo: NonNullable<WebAppReport['userinfo']>,
      done: OAuth2Strategy.VerifyCallback,
    ) => {
      const user = { ...rest, access_token, refresh_token };
      strategy.renew(refresh_token).then((refreshed) => done(null, { user, refreshed, userinfo }), done);
    },
  );
  strategy.userinfoUrl = metadata.userinfo_endpoint;
  const session = {};

  /** Runs the strategy on a request as passport does, with the one session of this app. */
  const authenticate = (request: IncomingMessage): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const acting = Object.assign(Object.create(strategy) as Strategy, {
        redirect: resolve,
        success: resolve,
        fail: reject,
        error: reject,
      });
      const extended = Object.assign(request, { query: queryOf(request), session });
      acting.authenticate(extended as unknown as Parameters<Strategy['authenticate']>[0]);
    });
  return {
    login: (request) => authenticate(request) as Promise<string>,
    callback: (request) => authenticate(request) as Promise<WebAppReport>,
  };
});
