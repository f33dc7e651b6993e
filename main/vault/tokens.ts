import type { Random } from '../engine/ports.ts';
import { createPermutation, rowIdLimit } from './permute.ts';

const rowIdLength = 5;
const secretLength = 16;
const shape = /^[A-Za-z0-9_-]{28}$/;

/** Token values of one kind: base64url of five bytes of permuted row id and 16 random ones, 28 characters. */
export interface TokenValues {
  mint(rowId: number): string;
  /** The row id that a value of this shape carries, else nothing. Whether it is genuine, its digest tells. */
  rowIdOf(value: string): number | undefined;
}

/** The key has 32 bytes; another one for each kind of token. */
export function createTokenValues(key: Uint8Array, random: Random): TokenValues {
  const { permute, restore } = createPermutation(key);
  const bytes = Buffer.alloc(rowIdLength + secretLength);
  return {
    mint(rowId) {
      if (!Number.isInteger(rowId) || rowId < 1 || rowId >= rowIdLimit) {
        throw new RangeError(`A token's row id is from 1 to 2^40 - 1, not ${rowId}.`);
      }
      bytes.writeUIntBE(permute(rowId), 0, rowIdLength);
      bytes.set(random.bytes(secretLength), rowIdLength);
      const value = bytes.toString('base64url');
      bytes.fill(0);
      return value;
    },
    rowIdOf(value) {
      if (!shape.test(value)) return undefined;
      const rowId = restore(Buffer.from(value, 'base64url').readUIntBE(0, rowIdLength));
      return rowId === 0 ? undefined : rowId;
    },
  };
}
