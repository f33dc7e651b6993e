import { randomBytes, randomUUID } from 'node:crypto';
import type { Random } from '../engine/ports/ports.ts';

const poolLength = 4096;

/**
 * Random bytes of `node:crypto`, from a pool: a system call for 12 bytes costs as much as one for 4096. An empty pool is replaced and
 * never refilled, so returned bytes never change.
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
