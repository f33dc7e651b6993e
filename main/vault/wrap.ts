import { createCipheriv, createDecipheriv, createSecretKey, type KeyObject, randomBytes } from 'node:crypto';

const nonceLength = 12;
const tagLength = 16;
const cipherOptions = { authTagLength: tagLength };

/** What a data key is wrapped by, or what else the data key wraps; its name is part of the associated data. */
export type Wrapper = 'passphrase' | 'recovery' | 'token keys' | 'key before';

/** A wrap opens only in its own installation, and only as what it was made for. */
const associated = (installationId: string, by: Wrapper): Buffer => Buffer.from(`keyfob ${installationId} ${by}`);

/** AES-256-GCM: nonce, ciphertext and tag as base64url. */
export function wrap(secret: KeyObject, wrappingKey: KeyObject, installationId: string, by: Wrapper): string {
  const nonce = randomBytes(nonceLength);
  const gcm = createCipheriv('aes-256-gcm', wrappingKey, nonce, cipherOptions);
  gcm.setAAD(associated(installationId, by));
  const plain = secret.export();
  const wrapped = Buffer.concat([nonce, gcm.update(plain), gcm.final(), gcm.getAuthTag()]);
  plain.fill(0);
  return wrapped.toString('base64url');
}

/** What was wrapped; nothing when this is not the wrapping key, or the wrap was changed or comes from elsewhere. */
export function unwrap(
  wrapped: string,
  wrappingKey: KeyObject,
  installationId: string,
  by: Wrapper,
): KeyObject | undefined {
  const bytes = Buffer.from(wrapped, 'base64url');
  const gcm = createDecipheriv('aes-256-gcm', wrappingKey, bytes.subarray(0, nonceLength), cipherOptions);
  gcm.setAAD(associated(installationId, by));
  gcm.setAuthTag(bytes.subarray(-tagLength));
  const plain = gcm.update(bytes.subarray(nonceLength, -tagLength));
  try {
    gcm.final();
    return createSecretKey(plain);
  } catch {
    return undefined;
  } finally {
    plain.fill(0);
  }
}
