import { createCipheriv, createDecipheriv, type KeyObject } from 'node:crypto';
import { KeyfobError } from '../../preload/contract/errors.ts';
import type { Random } from '../engine/ports.ts';
import { createLookup } from './lookup.ts';
import { deriveBytes, intoKey, type Purpose } from './subkeys.ts';
import { createTokenValues } from './tokens.ts';

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
  /** HMAC-SHA-256 of a secret, to compare by; 32 bytes. */
  digest(plain: string): Uint8Array;
  /** Constant time. */
  matches(plain: string, digest: Uint8Array): boolean;
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

/** Derives the subkeys of a data key. `keyId` is its number, one byte, written into each sealed value. */
export function createSealer(
  dataKey: KeyObject,
  installationId: string,
  keyId: number,
  random: Random,
): Sealer & { forget(): void } {
  const bytesFor = (purpose: Purpose) => deriveBytes(dataKey, installationId, purpose);
  const sealKey = intoKey(bytesFor('seal'));
  const lookupKey = bytesFor('lookup');
  const lookup = createLookup(lookupKey);
  lookupKey.fill(0);
  const tokenValues = {
    access: createTokenValues(bytesFor('row id access'), random),
    refresh: createTokenValues(bytesFor('row id refresh'), random),
  };

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
      if (tagAt < headerLength || sealed[0] !== blobVersion || sealed[1] !== keyId) throw damaged(column, rowId);
      const gcm = createDecipheriv(cipher, sealKey, sealed.subarray(2, headerLength), cipherOptions);
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
    digest: lookup.digest,
    matches: lookup.matches,
    mintTokenValue: (kind, rowId) => tokenValues[kind].mint(rowId),
    rowIdOf: (kind, value) => tokenValues[kind].rowIdOf(value),
    forget: lookup.forget,
  };
}
