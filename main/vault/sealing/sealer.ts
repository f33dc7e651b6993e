import { createCipheriv, createDecipheriv, type KeyObject } from 'node:crypto';
import { KeyfobError } from '../../../preload/contract/errors.ts';
import type { Random } from '../../engine/ports/ports.ts';
import { deriveBytes, intoKey } from '../subkeys.ts';
import { createLookup } from './keyedHash.ts';
import { deriveTokenKeys, splitTokenKeys } from './tokenKeys.ts';
import { createTokenValues } from './tokenValues.ts';

const blobVersion = 1;
const nonceLength = 12;
const tagLength = 16;
const headerLength = 2 + nonceLength;
const cipher = 'aes-256-gcm';
const cipherOptions = { authTagLength: tagLength };

/** What the unlocked vault does for the store. Every function throws `vault_locked` or `vault_none` while it is not. */
export interface Sealer {
  /**
   * Version byte, key id byte, nonce, AES-256-GCM ciphertext, tag. `column` and `rowId` are the associated data.
   */
  seal(plain: string, column: string, rowId: number): Uint8Array;
  /** Throws `sealed_value_damaged` when the bytes were changed, or moved to another row or column. */
  open(sealed: Uint8Array, column: string, rowId: number): string;
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

const damaged = (column: string, rowId: number): KeyfobError =>
  new KeyfobError(
    'sealed_value_damaged',
    `The sealed value in ${column} of row ${rowId} does not open: it was changed, moved, or sealed with another key; put back a copy of the data folder.`,
  );

/** What a vault that was given another data key has besides. */
export interface Rotated {
  /** Carried over from the first data key. */
  readonly tokenKeys?: KeyObject;
  /** While values are left that it sealed. */
  readonly before?: { readonly dataKey: KeyObject; readonly keyId: number } | undefined;
}

/** What opens sealed values and compares secrets. */
function keysOf(dataKey: KeyObject, installationId: string) {
  const lookupKey = deriveBytes(dataKey, installationId, 'lookup');
  const secrets = createLookup(lookupKey);
  lookupKey.fill(0);
  return { sealKey: intoKey(deriveBytes(dataKey, installationId, 'seal')), secrets };
}

/** Derives the subkeys of a data key. `keyId` is its number, one byte, written into each sealed value. */
export function createSealer(
  dataKey: KeyObject,
  installationId: string,
  keyId: number,
  random: Random,
  { tokenKeys = deriveTokenKeys(dataKey, installationId), before }: Rotated = {},
): Sealer & { forget(): void } {
  const { sealKey, secrets } = keysOf(dataKey, installationId);
  const old = before && { keyId: before.keyId, ...keysOf(before.dataKey, installationId) };
  const { lookup, access, refresh, wipe } = splitTokenKeys(tokenKeys);
  const tokens = createLookup(lookup);
  const tokenValues = { access: createTokenValues(access, random), refresh: createTokenValues(refresh, random) };
  wipe();

  return {
    seal(plain, column, rowId) {
      const nonce = random.bytes(nonceLength);
      const gcm = createCipheriv(cipher, sealKey, nonce, cipherOptions);
      gcm.setAAD(Buffer.from(`${column}.${rowId}`));
      const encrypted = gcm.update(plain, 'utf8');
      gcm.final();
      const sealed = Buffer.allocUnsafe(headerLength + encrypted.length + tagLength);
      sealed[0] = blobVersion;
      sealed[1] = keyId;
      sealed.set(nonce, 2);
      sealed.set(encrypted, headerLength);
      sealed.set(gcm.getAuthTag(), headerLength + encrypted.length);
      return sealed;
    },
    open(sealed, column, rowId) {
      const tagAt = sealed.length - tagLength;
      const key = sealed[1] === keyId ? sealKey : sealed[1] === old?.keyId ? old?.sealKey : undefined;
      if (tagAt < headerLength || sealed[0] !== blobVersion || key === undefined) throw damaged(column, rowId);
      const gcm = createDecipheriv(cipher, key, sealed.subarray(2, headerLength), cipherOptions);
      gcm.setAAD(Buffer.from(`${column}.${rowId}`));
      gcm.setAuthTag(sealed.subarray(tagAt));
      const plain = gcm.update(sealed.subarray(headerLength, tagAt));
      try {
        gcm.final();
      } catch {
        throw damaged(column, rowId);
      }
      return plain.toString('utf8');
    },
    mark: () => Uint8Array.of(blobVersion, keyId),
    digest: tokens.digest,
    matches: tokens.matches,
    digestSecret: secrets.digest,
    matchesSecret: (plain, digest) => secrets.matches(plain, digest) || (old?.secrets.matches(plain, digest) ?? false),
    mintTokenValue: (kind, rowId) => tokenValues[kind].mint(rowId),
    rowIdOf: (kind, value) => tokenValues[kind].rowIdOf(value),
    forget() {
      for (const keys of [tokens, secrets, old?.secrets]) keys?.forget();
    },
  };
}
