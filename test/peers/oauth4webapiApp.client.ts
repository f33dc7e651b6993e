// A foreign client: a web app with oauth4webapi. It runs in its own process, as NODE_EXTRA_CA_CERTS counts at the start
// only.
import * as oauth from 'oauth4webapi';
import type { ToldToken } from './round.ts';
import { serveWebApp } from './webApp.ts';

await serveWebApp(async ({ issuer, consumerKey, consumerSecret, scope }, redirectUri) => {
  const discovered = await oauth.discoveryRequest(new URL(issuer));
  const server = await oauth.processDiscoveryResponse(new URL(issuer), discovered);
  const client: oauth.Client = { client_id: consumerKey };
  const auth = consumerSecret === undefined ? oauth.None() : oauth.ClientSecretBasic(consumerSecret);
  const verifier = oauth.generateRandomCodeVerifier();
  const [state, expectedNonce] = [oauth.generateRandomState(), oauth.generateRandomNonce()];
  return {
    async login() {
      const url = new URL(server.authorization_endpoint ?? '');
      url.search = new URLSearchParams({
        ...{ client_id: consumerKey, redirect_uri: redirectUri, response_type: 'code', scope, state },
        ...{ nonce: expectedNonce, code_challenge_method: 'S256' },
        code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
      }).toString();
      return url.href;
    },
    async callback({ url = '' }) {
      const answer = oauth.validateAuthResponse(server, client, new URL(url, redirectUri), state);
      const reply = await oauth.authorizationCodeGrantRequest(server, client, auth, answer, redirectUri, verifier);
      const user = await oauth.processAuthorizationCodeResponse(server, client, reply, {
        expectedNonce,
        requireIdToken: true,
      });
      await oauth.validateApplicationLevelSignature(server, reply);
      const subject = oauth.getValidatedIdTokenClaims(user)?.sub ?? '';
      const about = await oauth.userInfoRequest(server, client, user.access_token);
      const userinfo = await oauth.processUserInfoResponse(server, client, subject, about);
      const renewed = await oauth.refreshTokenGrantRequest(server, client, auth, user.refresh_token ?? '');
      const refreshed = await oauth.processRefreshTokenResponse(server, client, renewed);
      const revoked = await oauth.revocationRequest(server, client, auth, refreshed.access_token);
      await oauth.processRevocationResponse(revoked);
      const told = (token: object): ToldToken => ({ ...token }) as ToldToken;
      return { user: told(user), refreshed: told(refreshed), userinfo, revoked: [refreshed.access_token] };
    },
  };
});
