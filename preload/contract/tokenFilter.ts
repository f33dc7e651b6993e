import { z } from 'zod';
import { applicationRef, grantType, keyType, timeMs, tokenState, userRef, userType } from './values.ts';

/**
 * Validity of an ACTIVE row at the current token time. `overdue` has expired, and stays ACTIVE until the next request
 * for it. `expiring` is valid and expires soon. `never` is valid and never expires.
 */
const validity = z.enum(['valid', 'overdue', 'expiring', 'never'], {
  error: 'The validity is valid, overdue, expiring or never.',
});
export type Validity = z.output<typeof validity>;

/** The owner of tokens. A token must match every given condition. */
export const tokenOwner = {
  application: applicationRef.optional(),
  keyType: keyType.optional(),
  user: userRef.optional(),
  device: z.string().max(60).optional().describe('tokens for exactly this device'),
};

/** A filter for tokens. A token must match every given condition. */
export const tokenFilter = {
  ...tokenOwner,
  deviceTokens: z.boolean().optional().describe('tokens for exactly one device (or all others)'),
  state: tokenState.optional(),
  validity: validity.optional().describe('validity of ACTIVE tokens (overdue = expired, but not replaced)'),
  expiringWithinSeconds: z
    .int()
    .min(1)
    .max(31_536_000)
    .default(600)
    .describe('seconds before expiry in which a token counts as expiring'),
  expiredSinceMs: timeMs
    .optional()
    .describe('tokens that expired after this time, in milliseconds since 1970; ACTIVE rows only'),
  scope: z.string().max(60).optional().describe('tokens with this scope'),
  userType: userType.optional(),
  grantType: grantType.optional().describe('grant type'),
  text: z
    .string()
    .max(200, 'The text may have at most 200 characters.')
    .optional()
    .describe('words in application, user, scopes or device; or an id'),
};

/** An order of tokens. Tokens that never expire count as the last to expire, and unused tokens as the first used. */
export const tokenOrder = {
  order: z.enum(['issued', 'expires', 'lastUsed']).describe('what to sort by').default('issued'),
  ascending: z.boolean().describe('sort the oldest or soonest first').default(false),
};
export type TokenOrder = {
  readonly [N in keyof typeof tokenOrder]: z.output<(typeof tokenOrder)[N]>;
};
