import { z } from 'zod';

/**
 * The form of access tokens. `apim26`, `apim32` and `apim42` are the JWTs of API Manager 2.5 to 3.1, 3.2 to 4.1, and
 * 4.2 and later; `rfc9068` those of https://www.rfc-editor.org/rfc/rfc9068.
 */
export const tokenFormat = z
  .enum(['opaque', 'apim26', 'apim32', 'apim42', 'rfc9068'], {
    error: 'The token format is opaque, apim26, apim32, apim42 or rfc9068.',
  })
  .describe('access tokens: opaque, JWTs as API Manager 2.6, 3.2 or 4.2 writes them, or JWTs of RFC 9068');
export type TokenFormat = z.output<typeof tokenFormat>;
