const half = 2 ** 20;
const lowBits = half - 1;
const rounds = 8;

/** Row ids are below this: five bytes. */
export const rowIdLimit = half * half;

/** Mixes 20 bits with a 32-bit round key. Any function would do; this one is the finalizer of MurmurHash. */
function mix(value: number, roundKey: number): number {
  let mixed = Math.imul(value ^ roundKey, 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) & lowBits;
}

export interface Permutation {
  permute(rowId: number): number;
  restore(permuted: number): number;
}

/**
 * A keyed permutation of the numbers below 2^40 (a Feistel network). It hides in token values how many tokens exist. No security depends
 * on its strength. The key has 32 bytes.
 */
export function createPermutation(key: Uint8Array): Permutation {
  const view = new DataView(key.buffer, key.byteOffset, key.byteLength);
  const roundKeys = Array.from({ length: rounds }, (_, round) => view.getUint32(4 * round));
  const backwards = roundKeys.toReversed();

  return {
    permute(rowId) {
      let left = Math.floor(rowId / half);
      let right = rowId % half;
      for (const roundKey of roundKeys) {
        const next = left ^ mix(right, roundKey);
        left = right;
        right = next;
      }
      return left * half + right;
    },
    restore(permuted) {
      let left = Math.floor(permuted / half);
      let right = permuted % half;
      for (const roundKey of backwards) {
        const before = right ^ mix(left, roundKey);
        right = left;
        left = before;
      }
      return left * half + right;
    },
  };
}
