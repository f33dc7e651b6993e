import type { Random } from '../../engine/ports/ports.ts';
import { createPermutation } from './permutation.ts';

const rowIdLength = 5;
const secretLength = 16;
const shape = /^[A-Za-z0-9_-]{28}$/;

/** From here on the first character is `-` (62 in base64url), which command lines take for an option. Row ids are below. */
const mintLimit = 62 * 2 ** 34;
const dashTo = 63 * 2 ** 34;
const startsWithDash = (permuted: number): boolean => permuted >= mintLimit && permuted < dashTo;

/**
 * Token values of one kind: base64url of five bytes of permuted row id and 16 random ones, 28 characters. None that is
 * minted starts with `-`: an id whose value would is permuted again until it does not ("cycle walking"), which can be
 * undone, as no row id itself is in that range. Values from before that start with `-` are restored by one step.
 */
export interface TokenValues {
  mint(rowId: number): string;
  /** The row id that a value of this shape carries, else nothing. Whether it is genuine, its digest tells. */
  rowIdOf(value: string): number | undefined;
}

/** The key has 32 bytes; another one for each kind of token. */
export function createTokenValues(key: Uint8Array, random: Random): TokenValues {
  const { permute, restore } = createPermutation(key);
  const withoutDash = (rowId: number): number => {
    let permuted = permute(rowId);
    while (startsWithDash(permuted)) permuted = permute(permuted);
    return permuted;
  };
  const rowIdBehind = (permuted: number): number => {
    let rowId = restore(permuted);
    // Ends at the latest where it began; what began with a dash might go round for ever.
    while (startsWithDash(rowId) && !startsWithDash(permuted)) rowId = restore(rowId);
    return rowId;
  };
  const bytes = Buffer.alloc(rowIdLength + secretLength);
  return {
    mint(rowId) {
      if (!Number.isInteger(rowId) || rowId < 1 || rowId >= mintLimit) {
        throw new RangeError(`A token's row id is from 1 to ${mintLimit - 1}, not ${rowId}.`);
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
