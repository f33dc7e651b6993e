import type { KeyObject } from 'node:crypto';
import { deriveBytes, intoKey } from '../subkeys.ts';

const keyLength = 32;
const purposes = ['lookup', 'row id access', 'row id refresh'] as const;

/**
 * The keys that find tokens, concatenated: for digests, and for the row ids in access and in refresh tokens. A vault that was never
 * rotated derives them. A rotation does not change them, because issued values depend on them. A token that is stored as a digest only
 * cannot be digested again.
 */
export function deriveTokenKeys(dataKey: KeyObject, installationId: string): KeyObject {
  const parts = purposes.map((purpose) => deriveBytes(dataKey, installationId, purpose));
  const joined = intoKey(Buffer.concat(parts));
  for (const part of parts) part.fill(0);
  return joined;
}

/** The three keys, 32 bytes each. Call `wipe` when they are no longer needed. */
export function splitTokenKeys(tokenKeys: KeyObject) {
  const bytes = tokenKeys.export();
  const part = (at: number): Buffer => bytes.subarray(at * keyLength, (at + 1) * keyLength);
  return { lookup: part(0), access: part(1), refresh: part(2), wipe: () => bytes.fill(0) };
}
