import type { Random } from '../../engine/ports/ports.ts';
import { createPermutation } from './permutation.ts';

const rowIdLength = 5;
const secretLength = 16;
const shape = /^[A-Za-z0-9_-]{28}$/;

/** From here on the first character is `-` (62 in base64url), which looks like an option on a command line. Row ids are lower. */
const mintLimit = 62 * 2 ** 34;
const dashEnd = 63 * 2 ** 34;
const startsWithDash = (permuted: number): boolean => permuted >= mintLimit && permuted < dashEnd;

/**
 * Token values of one kind: 28 characters, the base64url of a permuted row id (5 bytes) and 16 random bytes. New values never start with
 * `-`. If one would, its id is permuted again until it does not ("cycle walking"). That can be undone, as row ids are outside of the range.
 * Older values that start with `-` are restored by a single step.
 */
export interface TokenValues {
  mint(rowId: number): string;
  /** The row id inside a well-formed value. Compare the digest to prove that the value is genuine. */
  rowIdOf(value: string): number | undefined;
}

/** The key has 32 bytes. Each kind of token needs its own key. */
export function createTokenValues(key: Uint8Array, random: Random): TokenValues {
  const { permute, restore } = createPermutation(key);
  const withoutDash = (rowId: number): number => {
    let permuted = permute(rowId);
    while (startsWithDash(permuted)) permuted = permute(permuted);
    return permuted;
  };
  const rowIdBehind = (permuted: number): number => {
    let rowId = restore(permuted);
    // Terminates, as the cycle contains `permuted`. A value that starts with a dash might loop forever, so it takes one step.
    while (startsWithDash(rowId) && !startsWithDash(permuted)) rowId = restore(rowId);
    return rowId;
  };
  const bytes = Buffer.alloc(rowIdLength + secretLength);
  return {
    mint(rowId) {
      if (!Number.isInteger(rowId) || rowId < 1 || rowId >= mintLimit) {
        throw new RangeError(`A token's row id must be from 1 to ${mintLimit - 1}, not ${rowId}.`);
      }
      bytes.writeUIntBE(withoutDash(rowId), 0, rowIdLength);
      bytes.set(random.bytes(secretLength), rowIdLength);
      const value = bytes.toString('base64url');
      bytes.fill(0);
      return value;
    },
    rowIdOf(value) {
      if (!shape.test(value)) return undefined;
      const rowId = rowIdBehind(Buffer.from(value, 'base64url').readUIntBE(0, rowIdLength));
      return rowId === 0 || rowId >= mintLimit ? undefined : rowId;
    },
  };
}
