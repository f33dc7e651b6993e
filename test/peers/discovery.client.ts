// Foreign clients. They run in their own process, as NODE_EXTRA_CA_CERTS counts at the start only.
import { json } from 'node:stream/consumers';
import * as oauth from 'oauth4webapi';
import * as openid from 'openid-client';
import type { Identity, Task } from './round.ts';

const task = (await json(process.stdin)) as Task;
const { username, password, consumerKey, consumerSecret } = task;
// The token endpoint is the issuer.
const issuer = new URL(task.tokenUrl.replace('/token', '/oauth2/token'));
const form = { username, password, scope: `openid email ${task.scope}` };

const byOauth4webapi = async (algorithm: 'oidc' | 'oauth2'): Promise<Identity> => {
  const discovered = await oauth.discoveryRequest(issuer, { algorithm });
  const server = await oauth.processDiscoveryResponse(issuer, discovered);
  const client: oauth.Client = { client_id: consumerKey };
  const auth = oauth.ClientSecretBasic(consumerSecret);
  const reply = await oauth.genericTokenEndpointRequest(server, client, auth, 'password', form);
  const tokens = await oauth.processGenericTokenEndpointResponse(server, client, reply);
  await oauth.validateApplicationLevelSignature(server, reply);
  const claims = oauth.getValidatedIdTokenClaims(tokens);
  const answer = await oauth.userInfoRequest(server, client, tokens.access_token);
  const userinfo = await oauth.processUserInfoResponse(server, client, claims?.sub ?? '', answer);
  return { issuer: server.issuer, claims: { ...claims }, userinfo: { ...userinfo } };
};

const byOpenidClient = async (algorithm: 'oidc' | 'oauth2'): Promise<Identity> => {
  const auth = openid.ClientSecretPost(consumerSecret);
  const configuration = await openid.discovery(issuer, consumerKey, undefined, auth, { algorithm });
  openid.enableNonRepudiationChecks(configuration);
  const tokens = await openid.genericGrantRequest(configuration, 'password', form);
  const claims = tokens.claims();
  const userinfo = await openid.fetchUserInfo(configuration, tokens.access_token, claims?.sub ?? '');
  return { issuer: configuration.serverMetadata().issuer, claims: { ...claims }, userinfo: { ...userinfo } };
};

const identities: Identity[] = [];
for (const client of [byOauth4webapi, byOpenidClient]) {
  for (const algorithm of ['oidc', 'oauth2'] as const) identities.push(await client(algorithm));
}
process.stdout.write(JSON.stringify(identities));
