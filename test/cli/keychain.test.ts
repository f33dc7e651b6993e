import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startKeyring } from '../helpers/keyring.ts';
import { place } from './keyfob.ts';

test('a keychain vault needs no prompt, and without its keychain an error says so', async (t) => {
  const keyring = await startKeyring();
  t.after(() => keyring.stop());
  const { bash } = place(t);
  const env = { ...keyring.env, KEYFOB_PASSPHRASE: undefined };

  const made = await bash('keyfob vault create --mode keychain', env);
  assert.equal(made.code, 0, made.stderr);
  assert.match(made.stdout, /^✓ Created the vault, protected by the keychain\.$/m);
  assert.match(made.stdout, /^recovery key +\S+$/m);
  assert.equal((await bash('keyfob applications create --name Shop', env)).code, 0);
  assert.match((await bash('keyfob applications list', env)).stdout, /Shop/);

  const without = await bash('keyfob applications list --json', { KEYFOB_PASSPHRASE: undefined });
  assert.equal(without.code, 1);
  assert.equal(without.stdout, '');
  assert.equal(JSON.parse(without.stderr).error.code, 'keychain_unavailable');
});
