// A foreign client: a web app with simple-oauth2. It runs in its own process, as NODE_EXTRA_CA_CERTS counts at the start
// only.
import { createHash, randomBytes } from 'node:crypto';
import { AuthorizationCode, ClientCredentials, ResourceOwnerPassword } from 'simple-oauth2';
import type { ToldToken } from './round.ts';
import { metadataOf, queryOf, serveWebApp } from './webApp.ts';

await serveWebApp(async (task, redirectUri) => {
  const metadata = await metadataOf(task);
  const { username, password, scope } = task;
  const { origin } = new URL(metadata.token_endpoint);
  const configuration = {
    client: { id: task.consumerKey, secret: task.consumerSecret ?? '' },
    auth: {
      tokenHost: origin,
      tokenPath: metadata.token_endpoint,
      revokePath: metadata.revocation_endpoint,
    },
    // WSO2's reply of /revoke is empty and text/html. By default, this library demands JSON.
    http: { json: true },
  } as const;
  const authorizePath = metadata.authorization_endpoint;
  const code = new AuthorizationCode({ ...configuration, auth: { ...configuration.auth, authorizePath } });
  const state = randomBytes(16).toString('base64url');
  const verifier = randomBytes(32).toString('base64url');
  return {
    async login() {
      const challenge = createHash('sha256').update(verifier).digest('base64url');
      const pkce = { code_challenge: challenge, code_challenge_method: 'S256' };
      return code.authorizeURL({ redirect_uri: redirectUri, scope, state, ...pkce });
    },
    async callback(request) {
      const answer = queryOf(request);
      if (answer.state !== state) throw new Error(`The state is ${answer.state}.`);
      const pkce = { code_verifier: verifier };
      const user = await code.getToken({ code: answer.code ?? '', redirect_uri: redirectUri, ...pkce });
      const refreshed = await user.refresh();
      const application = await new ClientCredentials(configuration).getToken({ scope });
      const byPassword = await new ResourceOwnerPassword(configuration).getToken({ username, password, scope });
      await byPassword.revokeAll();
      const told = ({ token }: typeof user) => token as unknown as ToldToken;
      return {
        user: told(user),
        refreshed: told(refreshed),
        application: told(application),
        byPassword: told(byPassword),
        revoked: [told(byPassword).access_token],
      };
    },
  };
});
