import { z } from 'zod';
import { read, write } from './define.ts';
import { applicationRef, id, keyType, timeMs, userRef } from './values.ts';

/** A remembered approval: the user is not asked again for these scopes of the application. */
export const consent = z.strictObject({
  id,
  userId: id,
  user: z.string(),
  applicationId: id,
  application: z.string(),
  keyType,
  /** Approved scopes, separated by spaces; empty: none but `default`. */
  scope: z.string(),
  approvedAtMs: timeMs,
});
export type Consent = z.output<typeof consent>;

export const consents = {
  list: read(
    'List the remembered consents',
    z.strictObject({
      user: userRef.optional().describe('those of one user'),
      application: applicationRef.optional().describe('those to one application'),
    }),
    z.strictObject({ items: z.array(consent) }),
  ),
  withdraw: write(
    "Withdraw a consent; the user's tokens of these keys are revoked",
    z.strictObject({ consent: id.describe('id of the consent') }),
    z.strictObject({ ...consent.shape, tokensRevoked: z.int() }),
  ),
};
