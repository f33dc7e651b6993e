import { randomBytes, randomUUID } from 'node:crypto';
import type { Random } from '../engine/ports/ports.ts';

const poolLength = 4096;

/**
 * The CSPRNG of `node:crypto`, drawn from a pool: a system call for 12 bytes costs as much as for 4096. A used-up pool
 * is replaced, never filled again, so bytes given out never change.
 */
export function createRandom(): Random {
  let pool = randomBytes(poolLength);
  let used = 0;
  return {
    bytes(length) {
      if (length > poolLength) return randomBytes(length);
      if (used + length > poolLength) {
        pool = randomBytes(poolLength);
        used = 0;
      }
      used += length;
      return pool.subarray(used - length, used);
    },
    uuid: randomUUID,
  };
}
