// @node-oauth/oauth2-server on plain Node. It has no introspection: `/introspect` authenticates the bearer
// token, as a resource server does. It has no revocation either.
import OAuth2Server from '@node-oauth/oauth2-server';
import { clientId, clientSecret, serveForms, validitySeconds } from './serve.mjs';
import { tokens } from './storage.mjs';

const { Request, Response, InvalidTokenError } = OAuth2Server;
const client = { id: clientId, grants: ['client_credentials'] };
const user = { id: 'bench' };

const server = new OAuth2Server({
  accessTokenLifetime: validitySeconds,
  model: {
    getClient: async (id, secret) => (id === clientId && secret === clientSecret ? client : undefined),
    getUserFromClient: async () => user,
    async saveToken(token, ofClient, ofUser) {
      const saved = { ...token, client: ofClient, user: ofUser };
      tokens.set(token.accessToken, saved);
      return saved;
    },
    async getAccessToken(value) {
      const token = tokens.get(value);
      return token && { ...token, accessTokenExpiresAt: new Date(token.accessTokenExpiresAt) };
    },
  },
});

await serveForms({
  async '/token'(headers, body) {
    const response = new Response();
    // A refusal is in the response as well.
    await server.token(new Request({ method: 'POST', query: {}, headers, body }), response).catch(() => {});
    return response;
  },
  async '/introspect'(_, { token }) {
    const request = new Request({ method: 'GET', query: {}, headers: { authorization: `Bearer ${token}` } });
    try {
      const { client, scope, accessTokenExpiresAt } = await server.authenticate(request, new Response());
      const exp = Math.floor(accessTokenExpiresAt / 1000);
      return { status: 200, body: { active: true, client_id: client.id, scope: scope.join(' '), exp } };
    } catch (error) {
      if (error instanceof InvalidTokenError) return { status: 200, body: { active: false } };
      throw error;
    }
  },
});
