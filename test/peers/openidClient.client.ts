// A foreign client. It runs in its own process, as NODE_EXTRA_CA_CERTS counts at the start only.
import { json } from 'node:stream/consumers';
import * as client from 'openid-client';
import type { Round, Task } from './round.ts';

const task = (await json(process.stdin)) as Task;
const { username, scope } = task;
const authentication = { basic: client.ClientSecretBasic, post: client.ClientSecretPost }[process.argv[2] ?? ''];
if (authentication === undefined) throw new Error('basic or post?');
const configuration = new client.Configuration(
  {
    issuer: new URL(task.tokenUrl).origin,
    token_endpoint: task.tokenUrl,
    revocation_endpoint: task.revokeUrl,
    introspection_endpoint: task.introspectUrl,
  },
  task.consumerKey,
  task.consumerSecret,
  authentication(task.consumerSecret),
);

const byPassword = (password: string) =>
  client.genericGrantRequest(configuration, 'password', { username, password, scope });

const application = await client.clientCredentialsGrant(configuration, { scope });
const user = await byPassword(task.password);
const again = await byPassword(task.password);
const refreshed = await client.refreshTokenGrant(configuration, user.refresh_token ?? '');
const live = await client.tokenIntrospection(configuration, refreshed.access_token);
const retired = await client.tokenIntrospection(configuration, user.access_token);
await client.tokenRevocation(configuration, refreshed.access_token);
const revoked = await client.tokenIntrospection(configuration, refreshed.access_token);
const refusal = await byPassword('wrong').then(
  () => 'none',
  (error: unknown) => (error instanceof client.ResponseBodyError ? error.error : String(error)),
);
process.stdout.write(
  JSON.stringify({ application, user, again, refreshed, live, retired, revoked, refusal } as unknown as Round),
);
