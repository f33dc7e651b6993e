import type { TokenState } from '../../../../preload/contract/values.ts';

/** A PKCE challenge (https://www.rfc-editor.org/rfc/rfc7636#section-4.2). */
export interface CodeChallenge {
  readonly value: string;
  readonly method: 'plain' | 'S256';
}

/** An authorization code (token reference 1.4). Its times are token time. */
export interface AuthorizationCodeRow {
  readonly id: number;
  readonly keySetId: number;
  readonly userId: number;
  /** `INACTIVE` after its exchange. */
  readonly state: TokenState;
  readonly issuedAtMs: number;
  readonly validityMs: number;
  /** As sent, so the exchange must send the same. */
  readonly redirectUri: string;
  /** The approved scopes. Roles are checked at the exchange. */
  readonly scope: string;
  readonly challenge: CodeChallenge | null;
  readonly nonce: string | null;
  readonly authTimeMs: number;
  /** The `sid` of the sign-in; null for codes of earlier versions. */
  readonly sessionId: string | null;
  /** The token that it was exchanged for; it may be purged. */
  readonly tokenId: number | null;
}

export interface AuthorizationCodeStore {
  /** Finds a row in any state by its value; constant time comparison. */
  byValue(code: string): AuthorizationCodeRow | undefined;
  /** Stores an ACTIVE row and gives its value, which cannot be read again. */
  insert(row: Omit<AuthorizationCodeRow, 'id' | 'state' | 'tokenId'>): string;
  retire(id: number, state: Exclude<TokenState, 'ACTIVE'>, tokenId: number | null): void;
  /** Revokes the codes of a user or key set that wait for their exchange. */
  revokePending(of: { readonly userId: number } | { readonly keySetId: number }): void;
}
