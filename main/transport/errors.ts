import type { ErrorCode, ErrorDetails } from '../../preload/contract/errors.ts';
import type { Reply } from '../../preload/contract/wire.ts';

/** Gives the reply of a failed call. */
export const errorReply = (code: ErrorCode, message: string, details: ErrorDetails = {}): Reply => ({
  ok: false,
  error: { code, message, details },
});
