import { createHash, randomBytes } from 'node:crypto';
import { KeyfobError } from '../../../preload/contract/errors.ts';

/** Crockford's base 32: no I, L, O or U, so nothing is mistaken for 1, 0 or V. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const groupLength = 5;
const secretSymbols = 26;
const checkSymbols = 4;

/** What a recovery key says: 26 random symbols (130 bits) and 4 of checksum, without hyphens. */
export type RecoverySymbols = string & { readonly recoverySymbols: true };

const symbolsOf = (bytes: Uint8Array): string => Array.from(bytes, (byte) => alphabet[byte % 32]).join('');

/** Tells a typing error from a wrong key; it protects nothing. */
const checksum = (secret: string): string =>
  symbolsOf(createHash('sha256').update(secret).digest().subarray(0, checkSymbols));

const withChecksum = (secret: string): RecoverySymbols => `${secret}${checksum(secret)}` as RecoverySymbols;

const upright = (text: string): string =>
  text
    .toUpperCase()
    .replace(/[\s\p{Pd}]/gu, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1');

export const makeRecoverySymbols = (): RecoverySymbols => withChecksum(symbolsOf(randomBytes(secretSymbols)));

/** Six groups of five, joined by hyphens: what people see. */
export const formatRecoveryKey = (symbols: RecoverySymbols): string =>
  Array.from({ length: symbols.length / groupLength }, (_, group) =>
    symbols.slice(group * groupLength, (group + 1) * groupLength),
  ).join('-');

/**
 * Reads a recovery key as people type it: any case, blanks and hyphens anywhere, O for 0, I and L for 1. Throws
 * `wrong_recovery_key` when it is mistyped; whether it is the right one is told by what it opens.
 */
export function readRecoveryKey(text: string): RecoverySymbols {
  const symbols = upright(text);
  const typed = withChecksum(symbols.slice(0, secretSymbols));
  if (symbols !== typed) {
    throw new KeyfobError(
      'wrong_recovery_key',
      'This recovery key has a typing error: it is six groups of five letters and digits; compare it with your copy.',
    );
  }
  return typed;
}

/** The group that shows a person has written the key down. */
export const lastGroupOf = (symbols: RecoverySymbols): string => symbols.slice(-groupLength);

/** A last group as typed, in the form of {@link lastGroupOf}. */
export const readLastGroup = upright;
