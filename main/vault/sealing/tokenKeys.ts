import type { KeyObject } from 'node:crypto';
import { deriveBytes, intoKey } from '../subkeys.ts';

const keyLength = 32;
const purposes = ['lookup', 'row id access', 'row id refresh'] as const;

/**
 * The keys that tokens are found by, one after the other: of their digests, and of the row ids in access and in refresh
 * tokens. A vault that never rotated derives them; a rotation carries them over, as the values in people's hands depend
 * on them, and a token that is kept as a digest only could not be digested anew.
 */
export function deriveTokenKeys(dataKey: KeyObject, installationId: string): KeyObject {
  const parts = purposes.map((purpose) => deriveBytes(dataKey, installationId, purpose));
  const joined = intoKey(Buffer.concat(parts));
  for (const part of parts) part.fill(0);
  return joined;
}

/** Each of them, of 32 bytes. `wipe` when they are no longer needed. */
export function splitTokenKeys(tokenKeys: KeyObject) {
  const bytes = tokenKeys.export();
  const part = (at: number): Buffer => bytes.subarray(at * keyLength, (at + 1) * keyLength);
  return { lookup: part(0), access: part(1), refresh: part(2), wipe: () => bytes.fill(0) };
}
