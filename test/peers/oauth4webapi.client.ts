// A foreign client. It runs in its own process, as NODE_EXTRA_CA_CERTS counts at the start only.
import { json } from 'node:stream/consumers';
import * as oauth from 'oauth4webapi';
import type { Round, Task } from './round.ts';

const task = (await json(process.stdin)) as Task;
const server: oauth.AuthorizationServer = {
  issuer: new URL(task.tokenUrl).origin,
  token_endpoint: task.tokenUrl,
  revocation_endpoint: task.revokeUrl,
  introspection_endpoint: task.introspectUrl,
};
const client: oauth.Client = { client_id: task.consumerKey };
const { username, scope } = task;
const authentication = { basic: oauth.ClientSecretBasic, post: oauth.ClientSecretPost }[process.argv[2] ?? ''];
if (authentication === undefined) throw new Error('basic or post?');
const auth = authentication(task.consumerSecret);

const byPassword = async (password: string) =>
  oauth.processGenericTokenEndpointResponse(
    server,
    client,
    await oauth.genericTokenEndpointRequest(server, client, auth, 'password', { username, password, scope }),
  );
const introspect = async (token: string) => ({
  ...(await oauth.processIntrospectionResponse(
    server,
    client,
    await oauth.introspectionRequest(server, client, auth, token),
  )),
});

const application = await oauth.processClientCredentialsResponse(
  server,
  client,
  await oauth.clientCredentialsGrantRequest(server, client, auth, { scope }),
);
const user = await byPassword(task.password);
const again = await byPassword(task.password);
const refreshed = await oauth.processRefreshTokenResponse(
  server,
  client,
  await oauth.refreshTokenGrantRequest(server, client, auth, user.refresh_token ?? ''),
);
const live = await introspect(refreshed.access_token);
const retired = await introspect(user.access_token);
await oauth.processRevocationResponse(await oauth.revocationRequest(server, client, auth, refreshed.access_token));
const revoked = await introspect(refreshed.access_token);
const refusal = await byPassword('wrong').then(
  () => 'none',
  (error: unknown) => (error instanceof oauth.ResponseBodyError ? error.error : String(error)),
);
process.stdout.write(JSON.stringify({ application, user, again, refreshed, live, retired, revoked, refusal } as Round));
