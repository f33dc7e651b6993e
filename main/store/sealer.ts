/** The table and column of a sealed value. With the row id they are the associated data, so values cannot be swapped. */
export type SealedColumn =
  | 'tokens.access_token'
  | 'refresh_tokens.refresh_token'
  | 'key_sets.consumer_secret'
  | 'users.password'
  | 'signing_keys.private_key'
  | 'certificates.private_key';

/** The kinds of values that carry a row id. An authorization code is one. */
export type TokenKind = 'access' | 'refresh' | 'code';

/** What the store needs from the unlocked vault. All functions throw `vault_locked` once it is locked. */
export interface Sealer {
  seal(plain: string, column: SealedColumn, rowId: number): Uint8Array;
  /** Throws `sealed_value_damaged` if the bytes were changed, or moved to another row or column. */
  open(sealed: Uint8Array, column: SealedColumn, rowId: number): string;
  /** The first bytes of each newly sealed value. Values with other first bytes were sealed with another key, or are damaged. */
  mark(): Uint8Array;
  /** HMAC-SHA-256 of a token value, 32 bytes, for comparison. It does not change with the data key. */
  digest(plain: string): Uint8Array;
  /** Compares in constant time. */
  matches(plain: string, digest: Uint8Array): boolean;
  /** HMAC-SHA-256 of a secret that could be guessed. It changes with the data key. */
  digestSecret(plain: string): Uint8Array;
  /** Compares in constant time. Also accepts digests of the previous data key, while the vault still has it. */
  matchesSecret(plain: string, digest: Uint8Array): boolean;
  /** A new token value of 28 base64url characters that carries the permuted row id and 128 random bits. */
  mintTokenValue(kind: TokenKind, rowId: number): string;
  /** A new id of a JWT, a random UUID that carries the permuted row id. */
  mintJwtId(rowId: number): string;
  /** The row id inside a well-formed value, opaque or JWT. It does not prove that the value is genuine. */
  rowIdOf(kind: TokenKind, value: string): number | undefined;
}
