import type { Reason } from '../../../preload/contract/audit.ts';
import type { TokenPersistence } from '../../../preload/contract/values.ts';

/** Error codes of RFC 6749 section 5.2 that the token endpoint uses, and `server_error` of section 4.1.2.1. */
export type OAuthErrorCode =
  | 'invalid_request'
  | 'invalid_client'
  | 'invalid_grant'
  | 'unauthorized_client'
  | 'unsupported_grant_type'
  | 'invalid_scope';

/** A refusal in the words of reference 4.5; `error_description` is the message. */
export class OAuthError extends Error {
  override readonly name = 'OAuthError';
  readonly error: OAuthErrorCode;
  readonly status: 400 | 401;
  /** The true reason, for "Why this token?"; the wire does not say it. */
  readonly reason: Reason | undefined;

  constructor(status: 400 | 401, error: OAuthErrorCode, description: string, reason?: Reason) {
    super(description);
    this.status = status;
    this.error = error;
    this.reason = reason;
  }
}

/** Client credentials as they came in (RFC 6749 section 2.3.1); both at once is an error the engine names. */
export interface ClientCredentials {
  readonly basic?: { readonly id: string; readonly secret: string } | undefined;
  readonly body?: { readonly id: string; readonly secret: string | undefined } | undefined;
}

/** A form without repeated parameters, and who sent it. */
export interface OAuthRequest {
  readonly parameters: ReadonlyMap<string, string>;
  readonly credentials: ClientCredentials;
}

/**
 * What a request comes to. `answer`: nothing to write, send it now. `write`: run `apply` in a transaction and send its
 * answer after the commit. It looks at the tokens again; once anything else was written, decide again instead.
 */
export type Decided<T> =
  | { readonly kind: 'answer'; readonly answer: T }
  | { readonly kind: 'write'; readonly apply: () => T };

/** The answer; must run in a transaction. */
export const resolveDecision = <T>(decided: Decided<T>): T =>
  decided.kind === 'answer' ? decided.answer : decided.apply();

/** Looks at the tokens now, and again when it comes to writing, as they may have changed by then. */
export const decideAgainInTransaction = <T>(look: () => Decided<T>): Decided<T> => {
  const first = look();
  return first.kind === 'answer' ? first : { kind: 'write', apply: () => resolveDecision(look()) };
};

/** A successful answer of the token endpoint (reference 4.4). */
export interface TokenAnswer {
  readonly tokenId: number;
  readonly accessToken: string;
  /** Absent where there is none, and where only its hash is known. */
  readonly refreshToken: string | undefined;
  readonly persistence: TokenPersistence;
  readonly scope: string;
  /** `null`: never expires. */
  readonly expiresInSeconds: number | null;
  /** The digits for "never" after a refresh, by the setting `refreshedNeverExpiresIn`. */
  readonly neverExpiresIn?: string;
  /** Its reason is put into words when it is asked for. */
  readonly decision: { readonly reason: Reason };
  /** The access token that a refresh retired (reference 2.8), for the header; absent where only its hash is kept. */
  readonly deactivatedAccessToken?: string;
}

/** An answer of the revocation endpoint (RFC 7009; reference 5.1). */
export interface RevocationAnswer {
  /** What was revoked, for the headers; absent when nothing was, and when the setting `revokeHeaders` is off. */
  readonly revoked?: {
    readonly tokenId: number;
    /** Values where they are known: of hashes only the one that came in. */
    readonly accessToken: string | undefined;
    readonly refreshToken: string | undefined;
    /** Fully qualified, like `admin@carbon.super`. */
    readonly authorizedUser: string;
  };
}

/** An answer of the introspection endpoint (RFC 7662; reference 5.2). */
export type IntrospectionAnswer =
  | { readonly active: false }
  | {
      readonly active: true;
      readonly tokenId: number;
      readonly scope: string;
      readonly tokenType: 'Bearer';
      readonly clientId: string;
      /** Fully qualified. */
      readonly username: string;
      readonly userType: 'APPLICATION' | 'APPLICATION_USER';
      readonly issuedAtSeconds: number;
      /** `null`: never expires. */
      readonly expiresAtSeconds: number | null;
    };

/** The engine as the endpoint sees it. Each throws {@link OAuthError} for a refusal. */
export interface OAuthService {
  /** `POST /token` (RFC 6749 sections 4.3, 4.4, 6). */
  token(request: OAuthRequest): Decided<TokenAnswer>;
  /** `POST /revoke` (RFC 7009). */
  revoke(request: OAuthRequest): Decided<RevocationAnswer>;
  /** `POST /oauth2/introspect` (RFC 7662). */
  introspect(request: OAuthRequest): IntrospectionAnswer;
  /** Origins that may read replies of this client's requests (CORS), besides loopback ones. */
  allowedOrigins(): ReadonlySet<string>;
  /** Whether parameters in the URL are refused: the setting `refuseUrlParameters`. */
  refusesUrlParameters(): boolean;
}
