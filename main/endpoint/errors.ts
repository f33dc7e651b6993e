import { KeyfobError } from '../../preload/contract/errors.ts';
import { OAuthError } from '../engine/decisions/oauthError.ts';
import { explain } from '../engine/decisions/reasons.ts';
import { errorReply, type Reply } from '../listener/reply.ts';

export interface ErrorParts {
  /** Turns an error of disk or database into a `KeyfobError`; gives others back unchanged. */
  readonly asKnown: (error: unknown) => unknown;
  /** Gets errors that no input should cause. They may hold anything and are never sent. */
  readonly onError: (error: unknown) => void;
}

const serverError = errorReply(500, 'server_error', 'Internal Server Error.');

/** Gives the reply to a refusal of the engine. */
export const refusalReply = ({ status, error, message, reason }: OAuthError): Reply => ({
  ...errorReply(status, error, message),
  why: reason && (() => explain(reason)),
});

/** Gives the reply to an error: a refusal of the engine, 503 while store or vault cannot work, else 500. */
export const replyToError = (thrown: unknown, { asKnown, onError }: ErrorParts): Reply => {
  if (thrown instanceof OAuthError) return refusalReply(thrown);
  const error = asKnown(thrown);
  if (error instanceof KeyfobError) return errorReply(503, 'temporarily_unavailable', error.message);
  onError(error);
  return serverError;
};
