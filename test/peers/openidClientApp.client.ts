// A foreign client: a web app with openid-client. It runs in its own process, as NODE_EXTRA_CA_CERTS counts at the start
// only.
import * as client from 'openid-client';
import type { ToldToken } from './round.ts';
import { serveWebApp } from './webApp.ts';

await serveWebApp(async ({ issuer, consumerKey, consumerSecret, scope }, redirectUri) => {
  const auth = consumerSecret === undefined ? client.None() : client.ClientSecretPost(consumerSecret);
  const configuration = await client.discovery(new URL(issuer), consumerKey, undefined, auth);
  client.enableNonRepudiationChecks(configuration);
  const pkceCodeVerifier = client.randomPKCECodeVerifier();
  const [expectedState, expectedNonce] = [client.randomState(), client.randomNonce()];
  return {
    async login() {
      const challenge = await client.calculatePKCECodeChallenge(pkceCodeVerifier);
      const pkce = { code_challenge: challenge, code_challenge_method: 'S256' };
      const url = { redirect_uri: redirectUri, scope, state: expectedState, nonce: expectedNonce, ...pkce };
      return client.buildAuthorizationUrl(configuration, url).href;
    },
    async callback({ url = '' }) {
      const checks = { pkceCodeVerifier, expectedState, expectedNonce };
      const user = await client.authorizationCodeGrant(configuration, new URL(url, redirectUri), checks);
      const userinfo = await client.fetchUserInfo(configuration, user.access_token, user.claims()?.sub ?? '');
      const refreshed = await client.refreshTokenGrant(configuration, user.refresh_token ?? '');
      await client.tokenRevocation(configuration, refreshed.access_token);
      const told = (token: object): ToldToken => ({ ...token }) as ToldToken;
      return { user: told(user), refreshed: told(refreshed), userinfo, revoked: [refreshed.access_token] };
    },
  };
});
