import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, statSync, unlinkSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { test } from 'node:test';
import { assertRefused, vaultFolder } from './vaults.ts';

const { path, file, vault } = vaultFolder();
const passphrase = 'correct horse';
const column = 'users.password';

/** A locked vault with this passphrase, and a value that it sealed. */
async function made() {
  const first = vault();
  const { recoveryKey } = await first.create('passphrase', passphrase);
  const sealed = first.sealer.seal('hunter2', column, 3);
  const installationId = first.installationId();
  await first.lock();
  return { recoveryKey, sealed, installationId, secrets: [passphrase, recoveryKey, recoveryKey.replaceAll('-', '')] };
}

test('reports a folder without a vault, and changes nothing', async () => {
  const none = vault();
  assert.deepEqual(none.status(), { state: 'none', recoveryKey: 'none' });
  await assertRefused(none.unlock(passphrase), 'vault_none');
  await assertRefused(none.lock(), 'vault_none');
  await assertRefused(none.recover('x', 'passphrase', passphrase), 'vault_none');
  await assertRefused(none.changeMode('keychain', undefined, { passphrase }), 'vault_none');
  await assertRefused(none.changePassphrase(passphrase, 'another one'), 'vault_none');
  await assertRefused(none.newRecoveryKey({ passphrase }), 'vault_none');
  await assertRefused(none.confirmRecoveryKey('x'), 'vault_none');
  assert.throws(() => none.sealer.seal('x', column, 1), { code: 'vault_none' });
  assert.throws(() => none.installationId(), { code: 'vault_none' });
  assert.equal(existsSync(path('vault.json')), false);
});

test('a new vault is unlocked, and its file is private and holds no secret', async () => {
  const fresh = vault();
  const { recoveryKey } = await fresh.create('passphrase', passphrase);
  assert.deepEqual(fresh.status(), { state: 'unlocked', mode: 'passphrase', recoveryKey: 'unconfirmed' });
  assert.equal(statSync(path('vault.json')).mode & 0o777, 0o600);
  assert.deepEqual(readdirSync(dirname(path('vault.json'))), ['vault.json']);
  const text = file();
  for (const secret of [passphrase, recoveryKey, recoveryKey.slice(-5)]) assert.ok(!text.includes(secret));
});

test('opens sealed values after a restart', async () => {
  const { sealed, installationId } = await made();
  const later = vault();
  assert.deepEqual(later.status(), { state: 'locked', mode: 'passphrase', recoveryKey: 'unconfirmed' });
  await later.unlock(passphrase);
  assert.equal(later.status().state, 'unlocked');
  assert.equal(later.installationId(), installationId);
  assert.equal(later.sealer.open(sealed, column, 3), 'hunter2');
});

test('creates a missing folder for its owner only', async () => {
  const folder = path('a/b');
  await vault({ folder }).create('passphrase', passphrase);
  assert.equal(statSync(folder).mode & 0o777, 0o700);
});

test('accepts a passphrase in composed or decomposed Unicode form', async () => {
  await vault().create('passphrase', 'caf\u00e9 cr\u00e8me');
  await vault().unlock('cafe\u0301 cre\u0300me');
});

test('refuses a wrong or missing passphrase, and changes nothing', async () => {
  const { secrets } = await made();
  const before = file();
  const locked = vault();
  await assertRefused(locked.unlock('correct horses'), 'wrong_passphrase', [...secrets, 'correct horses']);
  const error = await assertRefused(locked.unlock(undefined), 'bad_input');
  assert.equal(error.details.fields?.[0]?.path, 'passphrase');
  assert.equal(locked.status().state, 'locked');
  assert.equal(file(), before);
  await assertRefused(vault({ folder: path('new') }).create('passphrase', undefined), 'bad_input');
  assert.equal(existsSync(path('new')), false);
});

test('a locked vault refuses everything that needs its keys', async () => {
  const { sealed, secrets } = await made();
  const before = file();
  const locked = vault();
  const refusal = { code: 'vault_locked' };
  assert.throws(() => locked.sealer.seal('x', column, 1), refusal);
  assert.throws(() => locked.sealer.open(sealed, column, 3), refusal);
  assert.throws(() => locked.sealer.digest('x'), refusal);
  assert.throws(() => locked.sealer.matches('x', new Uint8Array(32)), refusal);
  assert.throws(() => locked.sealer.mintTokenValue('access', 1), refusal);
  assert.throws(() => locked.sealer.rowIdOf('access', 'A'.repeat(28)), refusal);
  await assertRefused(locked.changeMode('keychain', undefined, { passphrase }), 'vault_locked');
  await assertRefused(locked.changePassphrase(passphrase, 'another one'), 'vault_locked', secrets);
  await assertRefused(locked.newRecoveryKey({ passphrase }), 'vault_locked');
  await assertRefused(locked.confirmRecoveryKey('x'), 'vault_locked');
  assert.equal(file(), before);
});

test('locking awaits beforeLock with the keys available, and wipes them even if it fails', async () => {
  let atLock = '';
  const open = vault({
    beforeLock: async () => {
      atLock = open.sealer.open(sealed, column, 3);
      throw new Error('could not stop');
    },
  });
  await open.create('passphrase', passphrase);
  const { sealer } = open;
  const sealed = sealer.seal('hunter2', column, 3);
  await assert.rejects(open.lock(), /could not stop/);
  assert.equal(atLock, 'hunter2');
  assert.equal(open.status().state, 'locked');
  assert.throws(() => sealer.open(sealed, column, 3), { code: 'vault_locked' });
  await open.lock();
  await open.unlock(passphrase);
  assert.equal(sealer.open(sealed, column, 3), 'hunter2');
});

test('never creates a vault over another one, or over sealed data without vault.json', async () => {
  const { sealed } = await made();
  const before = file();
  await assertRefused(vault().create('passphrase', 'another one'), 'vault_exists');
  const open = vault();
  await open.unlock(passphrase);
  await assertRefused(open.create('passphrase', 'another one'), 'vault_exists');
  assert.equal(file(), before);

  unlinkSync(path('vault.json'));
  const bereft = vault({ holdsSealedRows: () => true });
  const error = await assertRefused(bereft.create('passphrase', passphrase), 'vault_exists');
  assert.match(error.message, /Restore a copy/);
  assert.equal(existsSync(path('vault.json')), false);

  writeFileSync(path('vault.json'), before);
  await bereft.unlock(passphrase);
  assert.equal(bereft.sealer.open(sealed, column, 3), 'hunter2');
});

test('of two vaults created at once, one succeeds', async () => {
  const both = vault();
  const outcomes = await Promise.allSettled([
    both.create('passphrase', 'the first'),
    both.create('passphrase', 'the second'),
  ]);
  assert.deepEqual(
    outcomes.map(({ status }) => status),
    ['fulfilled', 'rejected'],
  );
  await vault().unlock('the first');
});

test('a changed passphrase opens the same rows, and the old one opens nothing', async () => {
  const { sealed, secrets } = await made();
  const open = vault();
  await open.unlock(passphrase);
  const before = file();
  await assertRefused(open.changePassphrase('not it at all', 'another one'), 'wrong_passphrase', secrets);
  assert.equal(file(), before);
  await open.changePassphrase(passphrase, 'another one');
  const later = vault();
  await assertRefused(later.unlock(passphrase), 'wrong_passphrase', [...secrets, 'another one']);
  await later.unlock('another one');
  assert.equal(later.sealer.open(sealed, column, 3), 'hunter2');
});

test('an unlocked vault needs the old passphrase for a new one', async () => {
  await made();
  const open = vault();
  await open.unlock(passphrase);
  const before = file();
  await assertRefused(open.changeMode('passphrase', 'another one', {}), 'conflict');
  assert.equal(file(), before);
});

test('the recovery key opens the vault and sets a new passphrase', async () => {
  const { recoveryKey, sealed } = await made();
  const forgotten = vault();
  await forgotten.recover(recoveryKey.toLowerCase().replaceAll('-', ' '), 'passphrase', 'another one');
  assert.deepEqual(forgotten.status(), { state: 'unlocked', mode: 'passphrase', recoveryKey: 'confirmed' });
  assert.equal(forgotten.sealer.open(sealed, column, 3), 'hunter2');
  const later = vault();
  await assertRefused(later.unlock(passphrase), 'wrong_passphrase');
  await later.unlock('another one');
  assert.equal(later.sealer.open(sealed, column, 3), 'hunter2');
});

test("distinguishes a mistyped recovery key from another vault's, and changes nothing", async () => {
  const { recoveryKey, secrets } = await made();
  const { recoveryKey: otherKey } = await vault({ folder: path('other') }).create('passphrase', passphrase);
  const before = file();
  const locked = vault();
  const mistyped = recoveryKey.startsWith('A') ? `B${recoveryKey.slice(1)}` : `A${recoveryKey.slice(1)}`;
  const typing = await assertRefused(locked.recover(mistyped, 'passphrase', passphrase), 'wrong_recovery_key', [
    ...secrets,
    mistyped,
  ]);
  assert.match(typing.message, /typing error/);
  const another = await assertRefused(locked.recover(otherKey, 'passphrase', passphrase), 'wrong_recovery_key', [
    ...secrets,
    otherKey,
  ]);
  assert.match(another.message, /does not open this vault/);
  await assertRefused(locked.recover(recoveryKey, 'passphrase', undefined), 'bad_input', secrets);
  assert.equal(locked.status().state, 'locked');
  assert.equal(file(), before);
});

test('confirms a recovery key by its last group, also after a restart', async () => {
  const { recoveryKey, secrets } = await made();
  const open = vault();
  await open.unlock(passphrase);
  await assertRefused(open.confirmRecoveryKey(recoveryKey.slice(0, 5)), 'wrong_recovery_key', secrets);
  assert.equal(open.status().recoveryKey, 'unconfirmed');
  await open.confirmRecoveryKey(` ${recoveryKey.slice(-5).toLowerCase()}`);
  assert.equal(open.status().recoveryKey, 'confirmed');
  assert.equal(vault().status().recoveryKey, 'confirmed');
});

test('a new recovery key replaces the old one', async () => {
  const { recoveryKey } = await made();
  const open = vault();
  await open.unlock(passphrase);
  await open.confirmRecoveryKey(recoveryKey.slice(-5));
  const newKey = await open.newRecoveryKey({ passphrase });
  assert.equal(open.status().recoveryKey, 'unconfirmed');
  await assertRefused(vault().recover(recoveryKey, 'passphrase', 'another one'), 'wrong_recovery_key', [newKey]);
  await vault().recover(newKey, 'passphrase', 'another one');
});

test('a wrap of another installation or another purpose cannot be opened', async () => {
  await made();
  const ours = JSON.parse(file());
  await vault({ folder: path('other') }).create('passphrase', passphrase);
  const locked = () => vault({ folder: path('doctored') });
  const doctored = (change: object) => {
    mkdirSync(path('doctored'), { recursive: true });
    writeFileSync(path('doctored/vault.json'), JSON.stringify({ ...ours, ...change }));
  };
  doctored({});
  await locked().unlock(passphrase);
  doctored({ installationId: '7c9e6679-7425-40de-944b-e07fc1f90ae7' });
  await assertRefused(locked().unlock(passphrase), 'wrong_passphrase');
  doctored({ held: { ...ours.held, wrapped: ours.recovery.wrapped } });
  await assertRefused(locked().unlock(passphrase), 'wrong_passphrase');
  doctored({ held: { ...ours.held, memoryKiB: 32_768 } });
  await assertRefused(locked().unlock(passphrase), 'wrong_passphrase');
});

test('reads a vault.json that was restored while the vault was locked', async () => {
  await made();
  const old = file();
  const open = vault();
  await open.unlock(passphrase);
  await open.changePassphrase(passphrase, 'another one');
  await open.lock();
  writeFileSync(path('vault.json'), old);
  await open.unlock(passphrase);
});

test('refuses a damaged vault.json without changing it', async () => {
  await made();
  const good = file();
  const json = JSON.parse(good);
  const bad = [
    ...['', '{', 'null', good.slice(0, 100)],
    JSON.stringify({ ...json, held: { mode: 'passphrase' } }),
    JSON.stringify({ ...json, held: { ...json.held, memoryKiB: 1_000_000_000 } }),
    JSON.stringify({ ...json, held: { ...json.held, wrapped: 'AAAA' } }),
    JSON.stringify({ ...json, installationId: '../x' }),
    JSON.stringify({ ...json, keyId: 256 }),
    JSON.stringify({ ...json, check: null }),
    JSON.stringify({ ...json, held: { ...json.held, kdf: 'none' } }),
    JSON.stringify({ ...json, recovery: { ...json.recovery, confirmed: 'yes' } }),
    JSON.stringify({ ...json, recovery: undefined }),
  ];
  for (const text of bad) {
    writeFileSync(path('vault.json'), text);
    const damaged = vault();
    assert.throws(() => damaged.status(), { code: 'sealed_value_damaged' }, text);
    await assertRefused(damaged.unlock(passphrase), 'sealed_value_damaged');
    await assertRefused(damaged.create('passphrase', passphrase), 'sealed_value_damaged');
    assert.equal(file(), text);
  }
  writeFileSync(path('vault.json'), JSON.stringify({ ...json, version: 4, more: true }));
  await assertRefused(vault().unlock(passphrase), 'database_newer');
});

test('a crash during a write leaves the vault unchanged', async () => {
  const { sealed } = await made();
  const before = file();
  writeFileSync(path('vault.json.new'), before.slice(0, 50));
  const open = vault();
  await open.unlock(passphrase);
  assert.equal(open.sealer.open(sealed, column, 3), 'hunter2');
  await open.changePassphrase(passphrase, 'another one');
  assert.equal(existsSync(path('vault.json.new')), false);
  await vault().unlock('another one');
});

test('a change that cannot be written has no effect', async () => {
  await made();
  const open = vault();
  await open.unlock(passphrase);
  const before = file();
  mkdirSync(path('vault.json.new'));
  await assert.rejects(open.changePassphrase(passphrase, 'another one'));
  await assert.rejects(open.newRecoveryKey({ passphrase }));
  assert.equal(file(), before);
  await vault().unlock(passphrase);
});

test('unlocking an open vault also checks the passphrase, and keeps it open', async () => {
  const { sealed } = await made();
  const open = vault();
  await open.unlock(passphrase);
  await assertRefused(open.unlock('another one'), 'wrong_passphrase');
  await open.unlock(passphrase);
  assert.equal(open.sealer.open(sealed, column, 3), 'hunter2');
});
