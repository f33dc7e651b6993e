import type { Reason } from '../../../preload/contract/audit.ts';

/** The error codes of https://www.rfc-editor.org/rfc/rfc6749#section-5.2, and of RFC 6750, section 3.1 for `/userinfo`. */
export type OAuthErrorCode =
  | 'invalid_request'
  | 'invalid_client'
  | 'invalid_grant'
  | 'unauthorized_client'
  | 'unsupported_grant_type'
  | 'invalid_scope'
  | 'invalid_token'
  | 'insufficient_scope';

/** A refusal with the texts of reference 4.5; `error_description` is the message. */
export class OAuthError extends Error {
  override readonly name = 'OAuthError';
  readonly error: OAuthErrorCode;
  readonly status: 400 | 401 | 403;
  /** The true reason, for "Why this token?". The wire does not say it. */
  readonly reason: Reason | undefined;

  constructor(status: OAuthError['status'], error: OAuthErrorCode, description: string, reason?: Reason) {
    super(description);
    this.status = status;
    this.error = error;
    this.reason = reason;
  }
}
