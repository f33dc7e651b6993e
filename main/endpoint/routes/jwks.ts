import type { Jwk } from '../../engine/ports/signer.ts';
import { json } from '../../listener/reply.ts';
import type { Route } from '../../listener/route.ts';

/**
 * `GET /oauth2/jwks`: the public keys that verify our JWTs, as a JWK Set. 4.x serves those of its JWTs for backends at
 * `/jwks` (gateway reference 11), so both paths lead here. https://www.rfc-editor.org/rfc/rfc7517#section-5
 */
export const jwksRoute = (keys: () => readonly Jwk[]): Route => ({
  methods: ['GET', 'HEAD'],
  cors: true,
  body: 'none',
  query: 'ignored',
  basicChallenge: false,
  answer: () => ({ status: 200, headers: json, body: JSON.stringify({ keys: keys() }) }),
});
