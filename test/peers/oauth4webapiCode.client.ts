// A foreign client. It runs in its own process, as NODE_EXTRA_CA_CERTS counts at the start only.
import { json } from 'node:stream/consumers';
import * as oauth from 'oauth4webapi';
import type { Flow, FlowTask } from './authorizationCode.ts';

const task = (await json(process.stdin)) as FlowTask;
const server: oauth.AuthorizationServer = {
  issuer: `${task.origin}/oauth2/token`,
  authorization_endpoint: `${task.origin}/oauth2/authorize`,
  token_endpoint: `${task.origin}/oauth2/token`,
  authorization_response_iss_parameter_supported: true,
};
const client: oauth.Client = { client_id: task.consumerKey };
const auth = task.consumerSecret === undefined ? oauth.None() : oauth.ClientSecretBasic(task.consumerSecret);

const start = async (): Promise<Flow> => {
  const verifier = oauth.generateRandomCodeVerifier();
  const state = oauth.generateRandomState();
  const url = new URL(server.authorization_endpoint ?? '');
  url.search = new URLSearchParams({
    client_id: task.consumerKey,
    redirect_uri: task.redirectUri,
    response_type: 'code',
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    state,
  }).toString();
  return { url: url.href, verifier, state };
};

const finish = async (answer: string): Promise<Flow> => {
  const parameters = oauth.validateAuthResponse(server, client, new URL(answer), task.state);
  const verifier = task.verifier ?? '';
  const reply = await oauth.authorizationCodeGrantRequest(server, client, auth, parameters, task.redirectUri, verifier);
  return { token: (await oauth.processAuthorizationCodeResponse(server, client, reply)) as Flow['token'] & object };
};

process.stdout.write(JSON.stringify(task.answer === undefined ? await start() : await finish(task.answer)));
