import { z } from 'zod';
import { scan } from './define.ts';
import { timeMs } from './values.ts';

export const today = {
  read: scan(
    'Show what happened in a time: expired tokens, refused requests, an unconfirmed recovery key',
    z.strictObject({
      sinceMs: timeMs.optional().describe('first instant, in milliseconds since 1970 (default: 24 hours ago)'),
      untilMs: timeMs.optional().describe('last instant, in milliseconds since 1970 (default: now)'),
    }),
    z.strictObject({
      /** Tokens that expired, and that no client has requested again. */
      expired: z.int(),
      /** `sinceMs` at token time, for the filter `expiredSinceMs`. */
      expiredSinceMs: timeMs,
      /** Requests that endpoint or gateway refused, as far as the request log has them. */
      refused: z.int(),
      recoveryKey: z.enum(['none', 'unconfirmed', 'confirmed']),
    }),
  ),
};
