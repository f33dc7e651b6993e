// oidc-provider. Its own adapter for memory forgets all but a thousand tokens, so it gets another one. The adapter has
// the methods that the client credentials grant needs.
import { generateKeyPairSync } from 'node:crypto';
import Provider from 'oidc-provider';
import { clientId, clientSecret, serve, validitySeconds } from './serve.mjs';
import { tokens } from './storage.mjs';

const adapter = (model) => ({
  async upsert(id, payload) {
    tokens.set(`${model}:${id}`, payload);
  },
  find: async (id) => tokens.get(`${model}:${id}`),
  async destroy(id) {
    tokens.delete(`${model}:${id}`);
  },
});

const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const enabled = { enabled: true };

const provider = new Provider('http://localhost', {
  adapter,
  clients: [
    {
      client_id: clientId,
      client_secret: clientSecret,
      grant_types: ['client_credentials'],
      response_types: [],
      redirect_uris: [],
      id_token_signed_response_alg: 'ES256',
    },
  ],
  cookies: { keys: ['bench'] },
  jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), alg: 'ES256' }] },
  features: {
    clientCredentials: enabled,
    introspection: enabled,
    revocation: enabled,
    devInteractions: { enabled: false },
  },
  routes: { introspection: '/introspect', revocation: '/revoke' },
  ttl: { ClientCredentials: validitySeconds },
});
await serve(provider.callback());
