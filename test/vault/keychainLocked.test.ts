import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createKeychain } from '../../main/vault/holders/keychain.ts';
import { type Keyring, startKeyring } from '../helpers/keyring.ts';
import { assertRefused, vaultFolder } from './vaults.ts';

let keyring: Keyring;
before(async () => {
  keyring = await startKeyring();
  Object.assign(process.env, keyring.env);
});
after(() => keyring.stop());

const { file, vault } = vaultFolder();
const passphrase = 'correct horse';

// A single test, as a locked keyring stays locked: nobody answers its prompt.
test('a locked keychain is not a lost entry, and does not block other work', async () => {
  const open = vault();
  const { recoveryKey } = await open.create('keychain', undefined);
  const sealed = open.sealer.seal('hunter2', 'users.password', 3);
  const stored = file();
  keyring.lock();

  const locked = await assertRefused(vault().unlock(undefined), 'keychain_unavailable', [recoveryKey]);
  assert.match(locked.message, /^The Secret Service did not open\. Unlock it/);
  await assertRefused(vault().recover(recoveryKey, 'keychain', undefined), 'keychain_unavailable', [recoveryKey]);
  assert.equal(file(), stored);

  const impatient = vault({ keychain: createKeychain({ timeLimitMs: 1 }) });
  const late = await assertRefused(impatient.unlock(undefined), 'keychain_unavailable');
  assert.equal(late.details.system, 'no answer in 1 ms');

  await assertRefused(open.changeMode('passphrase', passphrase, {}), 'keychain_unavailable', [passphrase]);
  assert.equal(file(), stored);
  const proven = open.changeMode('passphrase', passphrase, { recoveryKey });
  const left = await assertRefused(proven, 'keychain_unavailable', [passphrase, recoveryKey]);
  assert.match(left.message, new RegExp(`now uses the passphrase.*keyfob / ${open.installationId()}.*by hand`));
  const later = vault();
  assert.equal(later.status().mode, 'passphrase');
  await later.unlock(passphrase);
  assert.equal(later.sealer.open(sealed, 'users.password', 3), 'hunter2');
});
