import { createHash, randomBytes } from 'node:crypto';
import { KeyfobError } from '../../../preload/contract/errors.ts';

/** Crockford's base 32: without I, L, O and U, which look like 1, 0 or V. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const groupLength = 5;
const secretSymbols = 26;
const checkSymbols = 4;

/** A recovery key without hyphens: 26 random symbols (130 bits) and a checksum of 4. */
export type RecoverySymbols = string & { readonly recoverySymbols: true };

const symbolsOf = (bytes: Uint8Array): string => Array.from(bytes, (byte) => alphabet[byte % 32]).join('');

/** Distinguishes a typing error from a wrong key. No security depends on it. */
const checksum = (secret: string): string =>
  symbolsOf(createHash('sha256').update(secret).digest().subarray(0, checkSymbols));

const withChecksum = (secret: string): RecoverySymbols => `${secret}${checksum(secret)}` as RecoverySymbols;

const normalized = (text: string): string =>
  text
    .toUpperCase()
    .replace(/[\s\p{Pd}]/gu, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1');

/** A new random recovery key. */
export const createRecoverySymbols = (): RecoverySymbols => withChecksum(symbolsOf(randomBytes(secretSymbols)));

/** The key as people see it: six groups of five, joined by hyphens. */
export const formatRecoveryKey = (symbols: RecoverySymbols): string =>
  Array.from({ length: symbols.length / groupLength }, (_, group) =>
    symbols.slice(group * groupLength, (group + 1) * groupLength),
  ).join('-');

/**
 * Parses a recovery key as people type it: any case, spaces and hyphens anywhere, O for 0, I and L for 1. Throws `wrong_recovery_key`
 * for a typing error. It does not check that the key opens a vault.
 */
export function readRecoveryKey(text: string): RecoverySymbols {
  const symbols = normalized(text);
  const typed = withChecksum(symbols.slice(0, secretSymbols));
  if (symbols !== typed) {
    throw new KeyfobError(
      'wrong_recovery_key',
      'This recovery key has a typing error. It has six groups of five letters and digits. Compare it with your copy.',
    );
  }
  return typed;
}

/** The group that a person types to confirm that they have a copy. */
export const lastGroupOf = (symbols: RecoverySymbols): string => symbols.slice(-groupLength);

/** A last group as typed, in the form of {@link lastGroupOf}. */
export const readLastGroup = normalized;
