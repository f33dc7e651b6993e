import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { vaultHandlers } from '../../main/engine/methods/vault.ts';
import { createRandom } from '../../main/platform/random.ts';
import { createVault } from '../../main/vault/vault.ts';
import { contract } from '../../preload/contract/index.ts';
import { failing } from '../helpers/engine.ts';

test('the contract creates, locks, unlocks and recovers the vault', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'keyfob-vault-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const autoLock = { windowUsed: () => undefined, noticesScreenLock: () => false };
  const vault = vaultHandlers({ vault: createVault({ folder, random: createRandom() }), autoLock });
  const passphrase = 'a first passphrase';
  assert.deepEqual(vault.status({}), { state: 'none', recoveryKey: 'none' });

  const made = contract.vault.create.output.parse(
    await vault.create({ mode: 'passphrase', passphrase, unattended: false }),
  );
  assert.equal(made.state, 'unlocked');
  await assert.rejects(vault.confirmRecoveryKey({ lastGroup: 'nothing' }), failing('wrong_recovery_key'));
  const lastGroup = made.recoveryKey.split('-').at(-1) ?? '';
  assert.equal((await vault.confirmRecoveryKey({ lastGroup })).recoveryKey, 'confirmed');

  assert.equal((await vault.changePassphrase({ passphrase, newPassphrase: 'a second one' })).state, 'unlocked');
  assert.equal((await vault.lock({})).state, 'locked');
  await assert.rejects(vault.unlock({ passphrase }), failing('wrong_passphrase'));
  assert.equal((await vault.unlock({ passphrase: 'a second one' })).state, 'unlocked');

  const { recoveryKey } = await vault.newRecoveryKey({ passphrase: 'a second one' });
  await vault.lock({});
  const again = await vault.recover({ recoveryKey, mode: 'passphrase', passphrase: 'a third passphrase' });
  assert.deepEqual(contract.vault.recover.output.parse(again), {
    state: 'unlocked',
    mode: 'passphrase',
    recoveryKey: 'confirmed',
  });
  await assert.rejects(vault.newRecoveryKey({}), failing('bad_input'));
  await assert.rejects(vault.changeMode({ mode: 'passphrase', newPassphrase: passphrase }), failing('conflict'));
});
