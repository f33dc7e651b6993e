import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Vault } from '../../main/vault/vault.ts';
import type { Proof } from '../../preload/contract/vault.ts';
import { type Keyring, startKeyring } from '../helpers/keyring.ts';
import { assertRefused, vaultFolder } from './vaults.ts';

let keyring: Keyring;
before(async () => {
  keyring = await startKeyring();
  Object.assign(process.env, keyring.env);
});
after(() => keyring.stop());

const { file, path, vault } = vaultFolder();
const passphrase = 'correct horse';

/** Every method that changes how a vault opens. */
const changes: Readonly<Record<string, (open: Vault, proof: Proof) => Promise<unknown>>> = {
  newRecoveryKey: (open, proof) => open.newRecoveryKey(proof),
  rotateDataKey: (open, proof) => open.rotateDataKey(proof),
  prove: (open, proof) => open.prove(proof),
};
const modes: typeof changes = {
  toKeychain: (open, proof) => open.changeMode('keychain', undefined, proof),
  toPassphrase: (open, proof) => open.changeMode('passphrase', 'a new passphrase', proof),
};

test('an open passphrase vault changes access only with its passphrase', async () => {
  const open = vault();
  const { recoveryKey } = await open.create('passphrase', passphrase);
  await open.confirmRecoveryKey(recoveryKey.slice(-5));
  const stored = file();
  for (const change of [...Object.values(changes), modes.toKeychain ?? assert.fail()]) {
    await assertRefused(change(open, {}), 'bad_input');
    await assertRefused(change(open, { recoveryKey }), 'bad_input', [recoveryKey]);
    await assertRefused(change(open, { passphrase: '' }), 'bad_input');
    await assertRefused(change(open, { passphrase: 'not it' }), 'wrong_passphrase', [passphrase, 'not it']);
    assert.equal(file(), stored);
  }
  await open.newRecoveryKey({ passphrase });
  await open.changeMode('keychain', undefined, { passphrase });
  assert.equal(open.status().mode, 'keychain');
});

test('a keychain vault needs its recovery key once that is confirmed, and before that its entry', async () => {
  const open = vault();
  await open.create('keychain', undefined);
  const recoveryKey = await open.newRecoveryKey({});
  await open.confirmRecoveryKey(recoveryKey.slice(-5));
  const { recoveryKey: another } = await vault({ folder: path('another') }).create('passphrase', passphrase);
  const stored = file();
  for (const change of [...Object.values(changes), modes.toPassphrase ?? assert.fail()]) {
    const error = await assertRefused(change(open, {}), 'bad_input');
    assert.equal(error.details.fields?.[0]?.path, 'recoveryKey');
    await assertRefused(change(open, { passphrase }), 'bad_input');
    await assertRefused(change(open, { recoveryKey: 'x' }), 'wrong_recovery_key');
    await assertRefused(change(open, { recoveryKey: another }), 'wrong_recovery_key', [another]);
    assert.equal(file(), stored);
  }
  const rotated = await open.rotateDataKey({ recoveryKey });
  await open.confirmRecoveryKey(rotated.slice(-5));
  await assertRefused(open.prove({ recoveryKey }), 'wrong_recovery_key');
  await open.changeMode('passphrase', passphrase, { recoveryKey: rotated });
  await vault().unlock(passphrase);
});

test('a vault created by a program gets a recovery key only with its passphrase', async () => {
  const open = vault();
  await open.createWithoutRecoveryKey('passphrase', passphrase);
  assert.deepEqual(open.status(), { state: 'unlocked', mode: 'passphrase', recoveryKey: 'none' });
  await assertRefused(open.confirmRecoveryKey('ABCDE'), 'conflict');
  await assertRefused(open.newRecoveryKey({}), 'bad_input');
  await open.changePassphrase(passphrase, 'another one');
  assert.equal(vault().status().recoveryKey, 'none');
  const recoveryKey = await open.newRecoveryKey({ passphrase: 'another one' });
  assert.equal(vault().status().recoveryKey, 'unconfirmed');
  await vault().recover(recoveryKey, 'passphrase', passphrase);
});
