import { createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';

/** The purposes of derived keys. Each has its own key, and no key reveals another. */
export type KeyPurpose =
  | 'seal'
  | 'lookup'
  | 'row id access'
  | 'row id refresh'
  | 'row id code'
  | 'check'
  | 'recovery key'
  | 'recovery group'
  | 'token keys'
  | 'key before';

/** 32 bytes of HKDF-SHA-256 (https://www.rfc-editor.org/rfc/rfc5869), salted with the installation's id. The caller wipes them. */
export function deriveBytes(key: KeyObject, installationId: string, purpose: KeyPurpose): Buffer {
  return Buffer.from(hkdfSync('sha256', key, installationId, `keyfob ${purpose}`, 32));
}

/** Creates a KeyObject from these bytes, then wipes the bytes. */
export function intoKey(bytes: Buffer): KeyObject {
  const key = createSecretKey(bytes);
  bytes.fill(0);
  return key;
}

/** Identifies a data key without revealing anything else about it. */
export const checkOf = (dataKey: KeyObject, installationId: string): string =>
  deriveBytes(dataKey, installationId, 'check').toString('base64url');
