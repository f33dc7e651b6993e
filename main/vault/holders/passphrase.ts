import { type KeyObject, randomBytes } from 'node:crypto';
import { passphraseForm } from '../../../preload/contract/passphraseForm.ts';
import { intoKey } from '../subkeys.ts';
import type { UnderPassphrase, VaultFile } from '../vaultFile.ts';
import { unwrap, type WrapContext, wrap } from '../wrap.ts';

/** 64 MiB and three passes: the second choice of https://www.rfc-editor.org/rfc/rfc9106#section-4, with one lane. */
const cost = { memoryKiB: 65_536, passes: 3, lanes: 1 };

type Named = Pick<VaultFile, 'installationId' | 'keyId'>;

const contextOf = ({ installationId, keyId }: Named, { memoryKiB, passes, lanes }: typeof cost): WrapContext => ({
  installationId,
  keyId,
  further: `argon2id ${memoryKiB} ${passes} ${lanes}`,
});

/** Derives a key with Argon2id, off the main thread. */
async function keyOf(text: string, { memoryKiB, passes, lanes }: typeof cost, salt: Buffer): Promise<KeyObject> {
  const { hashRaw } = await import('@node-rs/argon2');
  const options = { memoryCost: memoryKiB, timeCost: passes, parallelism: lanes, outputLen: 32, salt };
  return intoKey(await hashRaw(text, options));
}

/** Wraps the data key under a passphrase, with a new salt. */
export async function wrapWithPassphrase(
  dataKey: KeyObject,
  named: Named,
  passphrase: string,
): Promise<UnderPassphrase> {
  const salt = randomBytes(16);
  const key = await keyOf(passphraseForm(passphrase), cost, salt);
  const wrapped = wrap(dataKey, key, contextOf(named, cost), 'passphrase');
  return { mode: 'passphrase', kdf: 'argon2id', ...cost, salt: salt.toString('base64url'), wrapped };
}

/** The data key; undefined if the passphrase is wrong. */
export async function unwrapWithPassphrase(
  file: VaultFile,
  held: UnderPassphrase,
  passphrase: string,
): Promise<KeyObject | undefined> {
  const key = await keyOf(passphraseForm(passphrase), held, Buffer.from(held.salt, 'base64url'));
  return unwrap(held.wrapped, key, contextOf(file, held), 'passphrase');
}
