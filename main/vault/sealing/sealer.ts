import { createCipheriv, createDecipheriv, createSecretKey, type KeyObject } from 'node:crypto';
import { KeyfobError } from '../../../preload/contract/errors.ts';
import type { Random } from '../../engine/ports/ports.ts';
import { deriveBytes, intoKey } from '../subkeys.ts';
import { createJwtIds } from './jwtIds.ts';
import { createKeyedHash } from './keyedHash.ts';
import { deriveTokenKeys, splitTokenKeys } from './tokenKeys.ts';
import { createTokenValues } from './tokenValues.ts';

const blobVersion = 1;
const nonceLength = 12;
const tagLength = 16;
const headerLength = 2 + nonceLength;
const cipher = 'aes-256-gcm';
const cipherOptions = { authTagLength: tagLength };

/** The kinds of values that carry a row id. */
type TokenKind = 'access' | 'refresh' | 'code';

/** What the unlocked vault does for the store. All functions throw `vault_locked` or `vault_none` while it is not unlocked. */
export interface Sealer {
  /** Gives a version byte, key id byte, nonce, AES-256-GCM ciphertext and tag. `column` and `rowId` are the associated data. */
  seal(plain: string, column: string, rowId: number): Uint8Array;
  /** Throws `sealed_value_damaged` if the bytes were changed, or moved to another row or column. */
  open(sealed: Uint8Array, column: string, rowId: number): string;
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

const damaged = (column: string, rowId: number): KeyfobError =>
  new KeyfobError(
    'sealed_value_damaged',
    `The sealed value in ${column} of row ${rowId} cannot be opened: it was changed, moved, or sealed with another key. Restore a copy of the data folder.`,
  );

/** The extra keys of a vault after a rotation. */
export interface RotatedKeys {
  /** The token keys of the first data key. */
  readonly tokenKeys?: KeyObject;
  /** The previous data key, while values sealed with it are left. */
  readonly before?: { readonly dataKey: KeyObject; readonly keyId: number } | undefined;
}

/** The keys that open sealed values and compare secrets. */
function keysOf(dataKey: KeyObject, installationId: string) {
  const lookupKey = deriveBytes(dataKey, installationId, 'lookup');
  const secrets = createKeyedHash(lookupKey);
  lookupKey.fill(0);
  return { sealKey: intoKey(deriveBytes(dataKey, installationId, 'seal')), secrets };
}

/** Derives the subkeys of a data key. `keyId` is its number: one byte that each sealed value carries. */
export function createSealer(
  dataKey: KeyObject,
  installationId: string,
  keyId: number,
  random: Random,
  { tokenKeys = deriveTokenKeys(dataKey, installationId), before }: RotatedKeys = {},
): Sealer & { wipe(): void } {
  const { sealKey, secrets } = keysOf(dataKey, installationId);
  const old = before && { keyId: before.keyId, ...keysOf(before.dataKey, installationId) };
  const parts = splitTokenKeys(tokenKeys);
  const tokens = createKeyedHash(parts.lookup);
  const tokenValues = {
    access: createTokenValues(parts.access, random),
    refresh: createTokenValues(parts.refresh, random),
    // Derived from a token key, so that a rotation does not change it and stored token keys keep their length.
    code: createTokenValues(deriveBytes(createSecretKey(parts.lookup), installationId, 'row id code'), random),
  };
  const jwtIds = createJwtIds(parts.access, random);
  parts.wipe();

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
    mintJwtId: jwtIds.mint,
    rowIdOf: (kind, value) =>
      tokenValues[kind].rowIdOf(value) ?? (kind === 'access' ? jwtIds.rowIdOf(value) : undefined),
    wipe() {
      for (const keys of [tokens, secrets, old?.secrets]) keys?.wipe();
    },
  };
}
