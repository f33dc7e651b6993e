import { createCipheriv, createDecipheriv, createSecretKey, type KeyObject, randomBytes } from 'node:crypto';

const nonceLength = 12;
const tagLength = 16;
const cipherOptions = { authTagLength: tagLength };

/** What a data key is wrapped by, or what else the data key wraps; its name is part of the associated data. */
export type Wrapper = 'passphrase' | 'recovery' | 'token keys' | 'key before';

/** Fields of `vault.json` that a wrap is bound to: it does not open once one of them was changed. */
export interface WrapContext {
  readonly installationId: string;
  readonly keyId: number;
  /** Further fields, as one text: key derivation figures, or another key's number. */
  readonly further?: string;
}

/** The 3 is the version of `vault.json` that has such wraps. */
const bound = ({ installationId, keyId, further = '' }: WrapContext, by: Wrapper): string =>
  `keyfob 3 ${installationId} ${keyId} ${by} ${further}`;

/** The associated data of versions 1 and 2: the installation and the purpose. */
const boundBefore = ({ installationId }: WrapContext, by: Wrapper): string => `keyfob ${installationId} ${by}`;

/** AES-256-GCM: nonce, ciphertext and tag as base64url. */
export function wrap(secret: KeyObject, wrappingKey: KeyObject, context: WrapContext, by: Wrapper): string {
  const nonce = randomBytes(nonceLength);
  const gcm = createCipheriv('aes-256-gcm', wrappingKey, nonce, cipherOptions);
  gcm.setAAD(Buffer.from(bound(context, by)));
  const plain = secret.export();
  const wrapped = Buffer.concat([nonce, gcm.update(plain), gcm.final(), gcm.getAuthTag()]);
  plain.fill(0);
  return wrapped.toString('base64url');
}

/**
 * The wrapped key; nothing for another wrapping key, for a changed wrap, or in another context. `form` says which
 * associated data to try: that of version 3, that of earlier versions, or both.
 */
export function unwrap(
  wrapped: string,
  wrappingKey: KeyObject,
  context: WrapContext,
  by: Wrapper,
  form: 'bound' | 'before' | 'either' = 'either',
): KeyObject | undefined {
  if (form === 'either') {
    const key = unwrap(wrapped, wrappingKey, context, by, 'bound');
    return key ?? unwrap(wrapped, wrappingKey, context, by, 'before');
  }
  const bytes = Buffer.from(wrapped, 'base64url');
  const gcm = createDecipheriv('aes-256-gcm', wrappingKey, bytes.subarray(0, nonceLength), cipherOptions);
  gcm.setAAD(Buffer.from((form === 'bound' ? bound : boundBefore)(context, by)));
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
