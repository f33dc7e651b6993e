// @jmondi/oauth2-server with repositories in memory. Its tokens are JWTs with an HMAC.
import { randomBytes } from 'node:crypto';
import { AuthorizationServer, DateInterval, OAuthRequest } from '@jmondi/oauth2-server';
import { handleVanillaError } from '@jmondi/oauth2-server/vanilla';
import { clientId, clientSecret, serveForms, validitySeconds } from './serve.mjs';

const client = {
  id: clientId,
  name: clientId,
  secret: clientSecret,
  redirectUris: [],
  allowedGrants: ['client_credentials'],
  scopes: [],
};
const tokens = new Map();

const server = new AuthorizationServer(
  {
    getByIdentifier: async (id) => (id === clientId ? client : undefined),
    isClientValid: async (grant, { allowedGrants, secret }, given) => allowedGrants.includes(grant) && secret === given,
  },
  {
    // The server replaces the time.
    issueToken: async (ofClient, scopes) => ({
      accessToken: randomBytes(24).toString('base64url'),
      accessTokenExpiresAt: new Date(),
      client: ofClient,
      scopes,
    }),
    async persist(token) {
      tokens.set(token.accessToken, token);
    },
    async revoke(token) {
      tokens.delete(token.accessToken);
    },
    async getByAccessToken(id) {
      const token = tokens.get(id);
      if (token === undefined) throw new Error('unknown token');
      return token;
    },
  },
  { getAllByIdentifiers: async (names) => names.map((name) => ({ name })), finalize: async (scopes) => scopes },
  randomBytes(32).toString('base64url'),
);
server.enableGrantType('client_credentials', new DateInterval(`${validitySeconds}s`));

const route = (respond) => async (headers, body) => {
  try {
    return await respond(new OAuthRequest({ headers, body, query: {} }));
  } catch (error) {
    return handleVanillaError(error);
  }
};

await serveForms({
  '/token': route((request) => server.respondToAccessTokenRequest(request)),
  '/introspect': route((request) => server.introspect(request)),
  '/revoke': route((request) => server.revoke(request)),
});
