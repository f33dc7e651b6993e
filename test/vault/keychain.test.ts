import assert from 'node:assert/strict';
import { existsSync, mkdirSync, rmdirSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { AsyncEntry } from '@napi-rs/keyring';
import type { Vault } from '../../main/vault/vault.ts';
import { type Keyring, startKeyring } from '../helpers/keyring.ts';
import { assertRefused, vaultFolder } from './vaults.ts';

let keyring: Keyring;
before(async () => {
  keyring = await startKeyring();
  Object.assign(process.env, keyring.env);
});
after(() => keyring.stop());

const { path, file, vault } = vaultFolder();
const passphrase = 'correct horse';
const column = 'users.password';
const entryOf = (of: Vault) => new AsyncEntry('keyfob', of.installationId(), { linux: { store: 'secret-service' } });

/** A locked keychain vault, its entry, and a value that it sealed. */
async function made() {
  const first = vault();
  const { recoveryKey } = await first.create('keychain', undefined);
  const sealed = first.sealer.seal('hunter2', column, 3);
  await first.lock();
  const entry = entryOf(first);
  const key = await entry.getPassword();
  assert.ok(key);
  return { recoveryKey, sealed, entry, key, secrets: [recoveryKey, key] };
}

const opens = (open: Vault, sealed: Uint8Array) => assert.equal(open.sealer.open(sealed, column, 3), 'hunter2');

test('the keychain entry holds 32 bytes as base64url, and vault.json holds no key', async () => {
  const { key } = await made();
  assert.match(key, /^[A-Za-z0-9_-]{43}$/);
  assert.ok(!file().includes(key));
  assert.equal(JSON.parse(file()).held.mode, 'keychain');
});

test('probes a keychain without leaving an entry', async () => {
  assert.deepEqual(await vault().keychain(), { available: true, name: 'Secret Service' });
  assert.equal(existsSync(path('vault.json')), false);
  const probed = new AsyncEntry('keyfob', 'probe', { linux: { store: 'secret-service' } });
  assert.equal(await probed.getPassword(), null);
});

test('opens sealed values after a restart, without a passphrase', async () => {
  const { sealed } = await made();
  const later = vault();
  assert.deepEqual(later.status(), { state: 'locked', mode: 'keychain', recoveryKey: 'unconfirmed' });
  await later.unlock(undefined);
  opens(later, sealed);
  await assertRefused(later.changePassphrase(passphrase, 'another one'), 'conflict');
});

test('names a missing entry, creates none, and restores it by the recovery key', async () => {
  const { recoveryKey, sealed, entry, key, secrets } = await made();
  await entry.deleteCredential();
  const stored = file();
  const bereft = vault();
  const error = await assertRefused(bereft.unlock(undefined), 'keychain_entry_lost', secrets);
  assert.match(error.message, new RegExp(`keyfob / ${bereft.installationId()} is missing.*recovery key`));
  await assertRefused(bereft.create('keychain', undefined), 'vault_exists');
  assert.equal(await entry.getPassword(), null);
  assert.equal(file(), stored);

  await bereft.recover(recoveryKey, 'keychain', undefined);
  opens(bereft, sealed);
  assert.equal(bereft.status().recoveryKey, 'confirmed');
  assert.equal(await entry.getPassword(), key);
  const later = vault();
  await later.unlock(undefined);
  opens(later, sealed);
});

for (const [what, bytes] of [
  ['another key', Buffer.alloc(32, 7).toString('base64url')],
  ['no key at all', 'somebody wrote this'],
] as const) {
  test(`an entry that holds ${what} opens nothing and is not overwritten`, async () => {
    const { recoveryKey, sealed, entry, secrets } = await made();
    await entry.setPassword(bytes);
    const stored = file();
    await assertRefused(vault().unlock(undefined), 'keychain_entry_lost', [...secrets, bytes]);
    assert.equal(await entry.getPassword(), bytes);
    assert.equal(file(), stored);

    const recovered = vault();
    await recovered.recover(recoveryKey, 'keychain', undefined);
    opens(recovered, sealed);
    await vault().unlock(undefined);
  });
}

test('a wrong recovery key restores nothing', async () => {
  const { entry } = await made();
  const other = await vault({ folder: path('other') }).create('keychain', undefined);
  await entry.deleteCredential();
  const stored = file();
  await assertRefused(vault().recover(other.recoveryKey, 'keychain', undefined), 'wrong_recovery_key');
  assert.equal(await entry.getPassword(), null);
  assert.equal(file(), stored);
});

test('recovery can switch to a passphrase, which removes the entry', async () => {
  const { recoveryKey, sealed, entry } = await made();
  const moved = vault();
  await moved.recover(recoveryKey, 'passphrase', passphrase);
  assert.equal(await entry.getPassword(), null);
  const later = vault();
  await later.unlock(passphrase);
  opens(later, sealed);
});

test('rows stay readable from keychain to passphrase and back', async () => {
  const { sealed, entry, key } = await made();
  const open = vault();
  await open.unlock(undefined);
  await assertRefused(open.changeMode('passphrase', undefined, {}), 'bad_input');
  await open.changeMode('passphrase', passphrase, {});
  assert.deepEqual(open.status(), { state: 'unlocked', mode: 'passphrase', recoveryKey: 'unconfirmed' });
  assert.equal(await entry.getPassword(), null);
  opens(open, sealed);

  const later = vault();
  await assertRefused(later.unlock('not it at all'), 'wrong_passphrase');
  await later.unlock(passphrase);
  opens(later, sealed);
  await later.changeMode('keychain', undefined, { passphrase });
  assert.equal(await entry.getPassword(), key);
  assert.deepEqual(JSON.parse(file()).held, { mode: 'keychain' });

  const last = vault();
  await last.unlock(undefined);
  opens(last, sealed);
});

test('the recovery key stays valid through changes of mode and passphrase', async () => {
  const { recoveryKey, sealed } = await made();
  const open = vault();
  await open.unlock(undefined);
  await open.changeMode('passphrase', passphrase, {});
  await open.changePassphrase(passphrase, 'another one');
  const recovered = vault();
  await recovered.recover(recoveryKey, 'keychain', undefined);
  opens(recovered, sealed);
});

test('an unlocked vault restores a lost entry when its mode is set to keychain', async () => {
  const { sealed, entry, key } = await made();
  const open = vault();
  await open.unlock(undefined);
  await entry.deleteCredential();
  await open.changeMode('keychain', undefined, { passphrase });
  assert.equal(await entry.getPassword(), key);
  opens(open, sealed);
});

test('stopped after the entry was written and before vault.json: opens the old way', async () => {
  const first = vault();
  await first.create('passphrase', passphrase);
  const sealed = first.sealer.seal('hunter2', column, 3);
  const stored = file();
  mkdirSync(path('vault.json.new'));
  await assert.rejects(first.changeMode('keychain', undefined, { passphrase }));
  assert.ok(await entryOf(first).getPassword());
  assert.equal(first.status().mode, 'passphrase');
  assert.equal(file(), stored);
  const later = vault();
  await later.unlock(passphrase);
  opens(later, sealed);
});

test('stopped after vault.json was written and before the entry was removed: opens the new way', async () => {
  const { sealed, entry, key } = await made();
  const open = vault();
  await open.unlock(undefined);
  await open.changeMode('passphrase', passphrase, {});
  await entry.setPassword(key);
  const later = vault();
  await later.unlock(passphrase);
  opens(later, sealed);
});

test('stopped before vault.json was written: keeps the entry and opens the old way', async () => {
  const { recoveryKey, sealed, entry, key } = await made();
  const stored = file();
  mkdirSync(path('vault.json.new'));
  const open = vault();
  await open.unlock(undefined);
  await assert.rejects(open.changeMode('passphrase', passphrase, {}));
  await assert.rejects(vault().recover(recoveryKey, 'passphrase', passphrase));
  assert.equal(await entry.getPassword(), key);
  assert.equal(file(), stored);
  const later = vault();
  await later.unlock(undefined);
  opens(later, sealed);
});

test('stopped while a vault was created: the next one is a new installation', async () => {
  mkdirSync(path('vault.json.new'));
  await assert.rejects(vault().create('keychain', undefined));
  assert.equal(existsSync(path('vault.json')), false);
  assert.equal(vault().status().state, 'none');
});

test('two installations have separate entries in one keychain', async () => {
  const { sealed } = await made();
  const other = vault({ folder: path('other') });
  await other.create('keychain', undefined);
  assert.throws(() => other.sealer.open(sealed, column, 3), { code: 'sealed_value_damaged' });
  const open = vault();
  await open.unlock(undefined);
  opens(open, sealed);
});

/** The keychain entry of a later data key. */
const laterEntryOf = (of: Vault, keyId: number) =>
  new AsyncEntry('keyfob', `${of.installationId()}.${keyId}`, { linux: { store: 'secret-service' } });

test('a new data key gets its own entry, and the old entry is removed', async () => {
  const { recoveryKey, sealed, entry, key } = await made();
  const open = vault();
  await open.unlock(undefined);
  const newRecoveryKey = await open.rotateDataKey({});
  const later = laterEntryOf(open, 2);
  const newKey = await later.getPassword();
  assert.ok(newKey !== null && newKey !== key);
  assert.equal(await entry.getPassword(), null);
  for (const secret of [key, newKey, newRecoveryKey]) assert.ok(!file().includes(secret));
  const unfinished = vault();
  await unfinished.unlock(undefined);
  opens(unfinished, sealed);
  await unfinished.finishRotation();
  assert.throws(() => unfinished.sealer.open(sealed, column, 3), { code: 'sealed_value_damaged' });

  await later.deleteCredential();
  const error = await assertRefused(vault().unlock(undefined), 'keychain_entry_lost', [newKey]);
  assert.match(error.message, new RegExp(`keyfob / ${open.installationId()}\\.2 is missing`));
  const recovered = vault();
  await assertRefused(recovered.recover(recoveryKey, 'keychain', undefined), 'wrong_recovery_key');
  await recovered.recover(newRecoveryKey, 'keychain', undefined);
  assert.equal(await later.getPassword(), newKey);
});

test('stopped after the new entry and before vault.json: opens the old way, and the next rotation succeeds', async () => {
  const { sealed, entry, key } = await made();
  const open = vault();
  await open.unlock(undefined);
  const stored = file();
  mkdirSync(path('vault.json.new'));
  await assert.rejects(open.rotateDataKey({}));
  assert.equal(file(), stored);
  assert.equal(await entry.getPassword(), key);
  const stray = await laterEntryOf(open, 2).getPassword();
  assert.ok(stray);
  const later = vault();
  await later.unlock(undefined);
  opens(later, sealed);

  rmdirSync(path('vault.json.new'));
  await later.rotateDataKey({});
  assert.notEqual(await laterEntryOf(open, 2).getPassword(), stray);
  const last = vault();
  await last.unlock(undefined);
  opens(last, sealed);
});

test('stopped after vault.json and before the old entry was removed: opens the new way, and the end removes it', async () => {
  const { sealed, entry, key } = await made();
  const open = vault();
  await open.unlock(undefined);
  await open.rotateDataKey({});
  await entry.setPassword(key);
  const later = vault();
  await later.unlock(undefined);
  opens(later, sealed);
  assert.equal(later.sealer.mark()[1], 2);
  await later.finishRotation();
  assert.equal(await entry.getPassword(), null);
  await vault().unlock(undefined);
});

test('stopped before the end was written: both keys are still valid', async () => {
  const { sealed } = await made();
  const open = vault();
  await open.unlock(undefined);
  await open.rotateDataKey({});
  mkdirSync(path('vault.json.new'));
  await assert.rejects(open.finishRotation());
  const later = vault();
  await later.unlock(undefined);
  opens(later, sealed);
  rmdirSync(path('vault.json.new'));
  await later.finishRotation();
  await vault().unlock(undefined);
});

test('the mode can change during a rotation and after it', async () => {
  const { sealed } = await made();
  const open = vault();
  await open.unlock(undefined);
  await open.rotateDataKey({});
  await open.changeMode('passphrase', passphrase, {});
  assert.equal(await laterEntryOf(open, 2).getPassword(), null);
  const later = vault();
  await later.unlock(passphrase);
  opens(later, sealed);
  await later.finishRotation();
  await later.rotateDataKey({ passphrase });
  await later.changeMode('keychain', undefined, { passphrase });
  assert.ok(await laterEntryOf(open, 3).getPassword());
  const last = vault();
  await last.unlock(undefined);
  assert.equal(last.sealer.mark()[1], 3);
});

test('cannot rotate without the keychain entry', async () => {
  const { entry } = await made();
  const open = vault();
  await open.unlock(undefined);
  await entry.deleteCredential();
  const stored = file();
  await assertRefused(open.rotateDataKey({}), 'keychain_entry_lost');
  assert.equal(file(), stored);
});
