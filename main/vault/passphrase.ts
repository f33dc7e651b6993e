import { type KeyObject, randomBytes } from 'node:crypto';
import type { UnderPassphrase } from './file.ts';
import { intoKey } from './subkeys.ts';
import { unwrap, wrap } from './wrap.ts';

/** The second choice of RFC 9106 section 4, on one lane: 64 MiB, three passes. */
const cost = { memoryKiB: 65_536, passes: 3, lanes: 1 };

/** Argon2id, off the main thread. NFC: the same text typed on another system gives the same key. */
async function keyOf(passphrase: string, { memoryKiB, passes, lanes }: typeof cost, salt: Buffer): Promise<KeyObject> {
  const { hashRaw } = await import('@node-rs/argon2');
  const options = { memoryCost: memoryKiB, timeCost: passes, parallelism: lanes, outputLen: 32, salt };
  return intoKey(await hashRaw(passphrase.normalize('NFC'), options));
}

/** Wraps the data key under a passphrase, with a new salt. */
export async function wrapWithPassphrase(
  dataKey: KeyObject,
  installationId: string,
  passphrase: string,
): Promise<UnderPassphrase> {
  const salt = randomBytes(16);
  const wrapped = wrap(dataKey, await keyOf(passphrase, cost, salt), installationId, 'passphrase');
  return { mode: 'passphrase', kdf: 'argon2id', ...cost, salt: salt.toString('base64url'), wrapped };
}

/** The data key; nothing when the passphrase is wrong. */
export async function unwrapWithPassphrase(
  held: UnderPassphrase,
  installationId: string,
  passphrase: string,
): Promise<KeyObject | undefined> {
  const key = await keyOf(passphrase, held, Buffer.from(held.salt, 'base64url'));
  return unwrap(held.wrapped, key, installationId, 'passphrase');
}
