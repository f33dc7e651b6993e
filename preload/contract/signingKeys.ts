import { z } from 'zod';
import { control, read } from './define.ts';
import { signingAlgorithm, timeMs } from './values.ts';

/** A key that signs JWTs, without its private part. */
export const signingKey = z.strictObject({
  /** Its thumbprint, which opaque keys' ID tokens and JWTs of rfc9068 name in their header. https://www.rfc-editor.org/rfc/rfc7638 */
  kid: z.string(),
  /** Its names in JWTs of the formats apim26, apim32 and apim42, which `/oauth2/jwks` serves too. */
  otherKids: z.array(z.string()),
  algorithm: signingAlgorithm,
  state: z.enum(['signing', 'retired']),
  /** Whether `/oauth2/jwks` serves it. */
  published: z.boolean(),
  createdAtMs: timeMs,
  retiredAtMs: timeMs.optional(),
  /** Token time: a retired key stays published until its last JWT expired. Absent while it signs. */
  publishedUntilMs: timeMs.optional(),
});
export type SigningKey = z.output<typeof signingKey>;

export const signingKeys = {
  list: read(
    'List the keys that sign JWTs, newest first',
    z.strictObject({}),
    z.strictObject({ items: z.array(signingKey) }),
  ),
  // Not a `write`, because creating a key takes long.
  rotate: control(
    'Create a new signing key, which signs at once; the previous one stays published until its last JWT expired',
    z.strictObject({ algorithm: signingAlgorithm }),
    signingKey,
  ),
};
