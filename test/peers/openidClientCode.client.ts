// A foreign client. It runs in its own process, as NODE_EXTRA_CA_CERTS counts at the start only.
import { json } from 'node:stream/consumers';
import * as client from 'openid-client';
import type { Flow, FlowTask } from './authorizationCode.ts';

const task = (await json(process.stdin)) as FlowTask;
const auth = task.consumerSecret === undefined ? client.None() : client.ClientSecretPost(task.consumerSecret);
const configuration = new client.Configuration(
  {
    issuer: `${task.origin}/oauth2/token`,
    authorization_endpoint: `${task.origin}/authorize`,
    token_endpoint: `${task.origin}/token`,
    authorization_response_iss_parameter_supported: true,
  },
  task.consumerKey,
  task.consumerSecret,
  auth,
);

const start = async (): Promise<Flow> => {
  const verifier = client.randomPKCECodeVerifier();
  const state = client.randomState();
  const url = client.buildAuthorizationUrl(configuration, {
    redirect_uri: task.redirectUri,
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    state,
  });
  return { url: url.href, verifier, state };
};

const finish = async (answer: string): Promise<Flow> => {
  const { verifier = '', state = '' } = task;
  const checks = { pkceCodeVerifier: verifier, expectedState: state };
  return {
    token: (await client.authorizationCodeGrant(configuration, new URL(answer), checks)) as Flow['token'] & object,
  };
};

process.stdout.write(JSON.stringify(task.answer === undefined ? await start() : await finish(task.answer)));
