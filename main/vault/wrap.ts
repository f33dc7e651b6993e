import { createCipheriv, createDecipheriv, createSecretKey, type KeyObject, randomBytes } from 'node:crypto';

const nonceLength = 12;
const tagLength = 16;
const cipherOptions = { authTagLength: tagLength };

/** What wraps the data key, or what the data key wraps. The name is part of the associated data. */
export type WrapPurpose = 'passphrase' | 'recovery' | 'token keys' | 'key before';

/** Fields of `vault.json` that a wrap is bound to. It cannot be unwrapped after a change of any of them. */
export interface WrapContext {
  readonly installationId: string;
  readonly keyId: number;
  /** More fields as one text: parameters of key derivation, or another key's number. */
  readonly further?: string;
}

/** The 3 is the version of `vault.json`. */
const bound = ({ installationId, keyId, further = '' }: WrapContext, purpose: WrapPurpose): string =>
  `keyfob 3 ${installationId} ${keyId} ${purpose} ${further}`;

/** Encrypts a key with AES-256-GCM. Gives nonce, ciphertext and tag as base64url. */
export function wrap(secret: KeyObject, wrappingKey: KeyObject, context: WrapContext, purpose: WrapPurpose): string {
  const nonce = randomBytes(nonceLength);
  const gcm = createCipheriv('aes-256-gcm', wrappingKey, nonce, cipherOptions);
  gcm.setAAD(Buffer.from(bound(context, purpose)));
  const plain = secret.export();
  const wrapped = Buffer.concat([nonce, gcm.update(plain), gcm.final(), gcm.getAuthTag()]);
  plain.fill(0);
  return wrapped.toString('base64url');
}

/** The wrapped key; undefined for another wrapping key, a changed wrap, or another context. */
export function unwrap(
  wrapped: string,
  wrappingKey: KeyObject,
  context: WrapContext,
  purpose: WrapPurpose,
): KeyObject | undefined {
  const bytes = Buffer.from(wrapped, 'base64url');
  const gcm = createDecipheriv('aes-256-gcm', wrappingKey, bytes.subarray(0, nonceLength), cipherOptions);
  gcm.setAAD(Buffer.from(bound(context, purpose)));
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
