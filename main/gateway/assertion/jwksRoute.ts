import { json } from '../../listener/reply.ts';
import type { Route } from '../../listener/route.ts';
import { keySetOf, type SigningKey } from './signingKey.ts';

/** `GET /jwks`: the public key of the JWTs for backends. Newer 4.x serves it at the same path (gateway reference 11). */
export const jwksRoute = (signingKey: () => Promise<SigningKey>): Route => ({
  methods: ['GET', 'HEAD'],
  cors: true,
  body: 'none',
  query: 'ignored',
  basicChallenge: false,
  answer: async () => ({ status: 200, headers: json, body: keySetOf((await signingKey()).certificatePem) }),
});
