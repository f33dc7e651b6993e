/** Which sealed value: its table and column. With the row id it is the associated data, so rows cannot be swapped. */
export type SealedColumn =
  | 'tokens.access_token'
  | 'refresh_tokens.refresh_token'
  | 'key_sets.consumer_secret'
  | 'users.password'
  | 'certificates.private_key';

/** What the store asks of the unlocked vault. Throws `vault_locked` once it is locked. */
export interface Sealer {
  seal(plain: string, column: SealedColumn, rowId: number): Uint8Array;
  /** Throws `sealed_value_damaged` when the bytes were changed, or moved to another row or column. */
  open(sealed: Uint8Array, column: SealedColumn, rowId: number): string;
  /** What is sealed now begins with these bytes; what begins otherwise was sealed with another key, or is damaged. */
  mark(): Uint8Array;
  /** HMAC-SHA-256 of a token value, to compare by; 32 bytes. The same whatever the data key. */
  digest(plain: string): Uint8Array;
  /** Constant time. */
  matches(plain: string, digest: Uint8Array): boolean;
  /** The same of a secret that could be guessed. Another data key digests it otherwise. */
  digestSecret(plain: string): Uint8Array;
  /** Constant time. Knows what the data key before digested, for as long as that one is kept. */
  matchesSecret(plain: string, digest: Uint8Array): boolean;
  /** A new token value of 28 base64url characters that carries the permuted row id and 128 random bits. */
  mintTokenValue(kind: 'access' | 'refresh', rowId: number): string;
  /** The row id a value carries, if it has the shape of one; says nothing of whether it is genuine. */
  rowIdOf(kind: 'access' | 'refresh', value: string): number | undefined;
}
