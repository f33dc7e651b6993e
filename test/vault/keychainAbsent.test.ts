import assert from 'node:assert/strict';
import { existsSync, writeFileSync } from 'node:fs';
import { before, test } from 'node:test';
import { assertRefused, vaultFolder } from './vaults.ts';

before(() => {
  process.env.DBUS_SESSION_BUS_ADDRESS = 'unix:path=/nonexistent/bus';
});

const { path, file, vault } = vaultFolder();
const passphrase = 'correct horse';

test('without a keychain, refuses and offers the passphrase', async () => {
  const error = await assertRefused(vault().create('keychain', undefined), 'keychain_unavailable');
  assert.match(
    error.message,
    /^No system keychain found\. On Linux, start gnome-keyring or KWallet, or use a passphrase\.$/,
  );
  assert.equal(existsSync(path('vault.json')), false);
  await vault().create('passphrase', passphrase);
});

test('a probe without a keychain says what to do', async () => {
  const { why = '', details = '', ...answer } = await vault().keychain();
  assert.deepEqual(answer, { available: false, name: 'Secret Service' });
  assert.match(why, /^No system keychain found\./);
  assert.doesNotMatch(why, /d-?bus/i);
  assert.match(details, /DBus/);
});

test('a passphrase vault is unchanged when it cannot move to the keychain', async () => {
  const open = vault();
  await open.create('passphrase', passphrase);
  const stored = file();
  await assertRefused(open.changeMode('keychain', undefined, { passphrase }), 'keychain_unavailable', [passphrase]);
  assert.equal(file(), stored);
  await vault().unlock(passphrase);
});

test('a keychain vault can be recovered to a passphrase on a machine without keychain', async () => {
  const first = vault();
  const { recoveryKey } = await first.create('passphrase', passphrase);
  const sealed = first.sealer.seal('hunter2', 'users.password', 3);
  writeFileSync(path('vault.json'), JSON.stringify({ ...JSON.parse(file()), held: { mode: 'keychain' } }));
  const stored = file();

  const moved = vault();
  await assertRefused(moved.unlock(undefined), 'keychain_unavailable');
  await assertRefused(moved.recover(recoveryKey, 'keychain', undefined), 'keychain_unavailable', [recoveryKey]);
  assert.equal(file(), stored);
  await moved.recover(recoveryKey, 'passphrase', 'another one');
  assert.equal(moved.sealer.open(sealed, 'users.password', 3), 'hunter2');
  await vault().unlock('another one');
});
