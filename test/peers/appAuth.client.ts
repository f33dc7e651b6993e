// A foreign client: a native app with AppAuth-JS. It runs in its own process, as NODE_EXTRA_CA_CERTS counts at the start
// only, and with `appAuth.hooks.mjs`.
import { AuthorizationRequest } from '@openid/appauth/built/src/authorization_request.js';
import { AuthorizationRequestHandler } from '@openid/appauth/built/src/authorization_request_handler.js';
import { AuthorizationServiceConfiguration } from '@openid/appauth/built/src/authorization_service_configuration.js';
import { NodeCrypto } from '@openid/appauth/built/src/node_support/crypto_utils.js';
import { NodeRequestor } from '@openid/appauth/built/src/node_support/node_requestor.js';
import { BasicQueryStringUtils } from '@openid/appauth/built/src/query_string_utils.js';
import { RevokeTokenRequest } from '@openid/appauth/built/src/revoke_token_request.js';
import { TokenRequest } from '@openid/appauth/built/src/token_request.js';
import { BaseTokenRequestHandler } from '@openid/appauth/built/src/token_request_handler.js';
import type { ToldToken } from './round.ts';
import { queryOf, serveWebApp } from './webApp.ts';

/** Opens no browser: this test is the browser. */
class Handler extends AuthorizationRequestHandler {
  override performAuthorizationRequest(): void {}
  protected override completeAuthorizationRequest() {
    return Promise.resolve(null);
  }
  urlOf = this.buildRequestUrl.bind(this);
}

await serveWebApp(async ({ issuer, consumerKey, scope }, redirectUri) => {
  const requestor = new NodeRequestor();
  const configuration = await AuthorizationServiceConfiguration.fetchFromIssuer(issuer, requestor);
  const tokens = new BaseTokenRequestHandler(requestor);
  const target = { client_id: consumerKey, redirect_uri: redirectUri };
  const request = new AuthorizationRequest({ ...target, response_type: 'code', scope }, new NodeCrypto());
  await request.setupCodeVerifier();
  return {
    async login() {
      return new Handler(new BasicQueryStringUtils(), new NodeCrypto()).urlOf(configuration, request);
    },
    async callback(incoming) {
      const { code = '', state } = queryOf(incoming);
      if (state !== request.state) throw new Error(`The state is ${state}.`);
      const ask = (asked: Omit<ConstructorParameters<typeof TokenRequest>[0], keyof typeof target>) =>
        tokens.performTokenRequest(configuration, new TokenRequest({ ...target, ...asked }));
      const extras = { code_verifier: request.internal?.code_verifier ?? '' };
      const user = await ask({ grant_type: 'authorization_code', code, extras });
      const refresh = { refresh_token: user.refreshToken ?? '' };
      const refreshed = await ask({ grant_type: 'refresh_token', ...refresh });
      await tokens.performRevokeTokenRequest(
        configuration,
        new RevokeTokenRequest({ token: refreshed.accessToken, client_id: consumerKey }),
      );
      const told = ({ accessToken, refreshToken, tokenType, expiresIn, scope: granted }: typeof user): ToldToken => ({
        access_token: accessToken,
        refresh_token: refreshToken ?? '',
        token_type: tokenType,
        expires_in: expiresIn ?? 0,
        scope: granted ?? '',
      });
      return { user: told(user), refreshed: told(refreshed), revoked: [refreshed.accessToken] };
    },
  };
});
