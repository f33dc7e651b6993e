// oauth2-mock-server as a library. It stores nothing and compares no secret. Its introspection answers that any token
// is active, and its revocation does nothing, so only issuing is measured. Its hooks compare the secret here, and add
// an id: without it, two tokens of one second are the same.
import { randomUUID } from 'node:crypto';
import { Events, OAuth2Server } from 'oauth2-mock-server';
import { clientId, clientSecret, sayReady } from './serve.mjs';

const authorization = `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`;

const server = new OAuth2Server();
await server.issuer.keys.generate('RS256');
server.service.on(Events.BeforeTokenSigning, ({ payload }) => {
  payload.jti = randomUUID();
});
server.service.on(Events.BeforeResponse, (answer, request) => {
  if (request.headers.authorization === authorization) return;
  answer.statusCode = 401;
  answer.body = { error: 'invalid_client' };
});
await server.start(0, '127.0.0.1');
sayReady(server.address().port);
