import type { SignInOfToken } from '../ports/store/refreshTokens.ts';

/** The sign-in behind a token, for an ID token. https://openid.net/specs/openid-connect-core-1_0.html#CodeIDToken */
export interface SignIn {
  readonly authTimeSeconds: number;
  /** Absent for sign-ins of earlier versions. */
  readonly sessionId?: string;
  /** These two come with the exchange of a code only. */
  readonly nonce?: string;
  readonly code?: string;
}

/** The sign-in of a code or refresh token; undefined without one. */
export const signInOf = ({ authTimeMs, sessionId }: SignInOfToken): SignIn | undefined =>
  authTimeMs === null
    ? undefined
    : { authTimeSeconds: Math.floor(authTimeMs / 1000), ...(sessionId !== null && { sessionId }) };
