import { createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';

/** What keys are derived for. One for each purpose, so that none says anything of another. */
export type Purpose =
  | 'seal'
  | 'lookup'
  | 'row id access'
  | 'row id refresh'
  | 'check'
  | 'recovery key'
  | 'recovery group'
  | 'token keys'
  | 'key before';

/** 32 bytes of HKDF-SHA-256 (RFC 5869), salted with the installation's id. The caller owns them, and wipes them. */
export function deriveBytes(key: KeyObject, installationId: string, purpose: Purpose): Buffer {
  return Buffer.from(hkdfSync('sha256', key, installationId, `keyfob ${purpose}`, 32));
}

/** Makes a KeyObject of these bytes and wipes them. */
export function intoKey(bytes: Buffer): KeyObject {
  const key = createSecretKey(bytes);
  bytes.fill(0);
  return key;
}

/** What tells a data key from another one, and nothing else about it. */
export const checkOf = (dataKey: KeyObject, installationId: string): string =>
  deriveBytes(dataKey, installationId, 'check').toString('base64url');
