import assert from 'node:assert/strict';
import { generateKeySync } from 'node:crypto';
import { mkdirSync, rmdirSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { wrapWithPassphrase } from '../../main/vault/holders/passphrase.ts';
import { newDataKey } from '../../main/vault/rotation.ts';
import type { Vault } from '../../main/vault/vault.ts';
import { assertRefused, vaultFolder } from './vaults.ts';

const { path, file, vault } = vaultFolder();
const passphrase = 'correct horse';
const column = 'users.password';

/** An open passphrase vault, and its recovery key and values. */
async function made() {
  const open = vault();
  const { recoveryKey } = await open.create('passphrase', passphrase);
  const { sealer } = open;
  return {
    open,
    recoveryKey,
    sealed: sealer.seal('hunter2', column, 3),
    secret: sealer.digestSecret('hunter2'),
    value: sealer.mintTokenValue('access', 17),
    refreshValue: sealer.mintTokenValue('refresh', 18),
  };
}

type Made = Awaited<ReturnType<typeof made>>;

/** Asserts that token values are found, and whether values of the previous key open. */
function assertKnows({ sealer }: Vault, of: Made & { readonly digest: Uint8Array }, keepsOld: boolean): void {
  assert.equal(sealer.rowIdOf('access', of.value), 17);
  assert.equal(sealer.rowIdOf('refresh', of.refreshValue), 18);
  assert.equal(sealer.matches(of.value, of.digest), true);
  assert.equal(sealer.matchesSecret('hunter2', of.secret), keepsOld);
  if (keepsOld) assert.equal(sealer.open(of.sealed, column, 3), 'hunter2');
  else assert.throws(() => sealer.open(of.sealed, column, 3), { code: 'sealed_value_damaged' });
}

const reopened = async (): Promise<Vault> => {
  const later = vault();
  await later.unlock(passphrase);
  return later;
};

test('both keys open values until the rotation is finished, then only the new one', async () => {
  const first = await made();
  const { open } = first;
  const of = { ...first, digest: open.sealer.digest(first.value) };
  const recoveryKey = await open.rotateDataKey({ passphrase });
  assert.notEqual(recoveryKey, of.recoveryKey);
  assert.deepEqual(open.status().rotation, { state: 'paused', done: 0, total: 0 });
  assert.equal(open.status().recoveryKey, 'unconfirmed');
  const sealed = open.sealer.seal('hunter3', column, 4);
  assert.deepEqual([...sealed.subarray(0, 2)], [1, 2]);
  assert.deepEqual(Buffer.from(sealed.subarray(0, 2)), Buffer.from(open.sealer.mark()));
  assert.notDeepEqual(open.sealer.digestSecret('hunter2'), of.secret);
  for (const unfinished of [open, await reopened()]) {
    assertKnows(unfinished, of, true);
    assert.equal(unfinished.sealer.open(sealed, column, 4), 'hunter3');
    await assertRefused(unfinished.rotateDataKey({ passphrase }), 'conflict');
  }

  await open.finishRotation();
  for (const finished of [open, await reopened()]) {
    assert.equal(finished.status().rotation, undefined);
    assertKnows(finished, of, false);
    assert.equal(finished.sealer.open(sealed, column, 4), 'hunter3');
  }
});

test('finds tokens after any number of rotations', async () => {
  const first = await made();
  const { open } = first;
  const of = { ...first, digest: open.sealer.digest(first.value) };
  for (let rotations = 0; rotations < 3; rotations += 1) {
    await open.rotateDataKey({ passphrase });
    await open.finishRotation();
  }
  assertKnows(open, of, false);
  assert.deepEqual([...open.sealer.mark()], [1, 4]);
});

test('the key number is one byte: 255 is followed by 1', async () => {
  await made();
  const { dataKey, next } = newDataKey({ ...JSON.parse(file()), keyId: 254 }, generateKeySync('aes', { length: 256 }));
  const held = await wrapWithPassphrase(dataKey, next, passphrase);
  writeFileSync(path('vault.json'), JSON.stringify({ ...next, held }));
  const later = await reopened();
  assert.equal(later.sealer.mark()[1], 255);
  await later.finishRotation();
  const sealed = later.sealer.seal('hunter2', column, 3);
  await later.rotateDataKey({ passphrase });
  assert.equal(later.sealer.mark()[1], 1);
  assert.equal(later.sealer.open(sealed, column, 3), 'hunter2');
});

test('the new recovery key gives access to both keys, the old one to neither', async () => {
  const first = await made();
  const of = { ...first, digest: first.open.sealer.digest(first.value) };
  const recoveryKey = await of.open.rotateDataKey({ passphrase });
  const later = vault();
  await assertRefused(later.recover(of.recoveryKey, 'passphrase', 'another one'), 'wrong_recovery_key');
  await later.recover(recoveryKey, 'passphrase', 'another one');
  assertKnows(later, of, true);
  await later.finishRotation();
  assertKnows(later, of, false);
});

test('passphrase and recovery key can change during a rotation', async () => {
  const first = await made();
  const of = { ...first, digest: first.open.sealer.digest(first.value) };
  await of.open.rotateDataKey({ passphrase });
  await of.open.changePassphrase(passphrase, 'another one');
  const recoveryKey = await of.open.newRecoveryKey({ passphrase: 'another one' });
  await of.open.confirmRecoveryKey(recoveryKey.slice(-5));
  const later = vault();
  await assertRefused(later.unlock(passphrase), 'wrong_passphrase');
  await later.unlock('another one');
  assertKnows(later, of, true);
  await later.finishRotation();
  assert.equal(later.status().recoveryKey, 'confirmed');
});

test('stopped before vault.json was written: opens the old way; before the end: the new way', async () => {
  const first = await made();
  const { open } = first;
  const of = { ...first, digest: open.sealer.digest(first.value) };
  const stored = file();
  mkdirSync(path('vault.json.new'));
  await assert.rejects(open.rotateDataKey({ passphrase }));
  assert.equal(file(), stored);
  for (const still of [open, await reopened()]) {
    assert.equal(still.status().rotation, undefined);
    assertKnows(still, of, true);
    assert.equal(still.sealer.seal('x', column, 1)[1], 1);
  }

  rmdirSync(path('vault.json.new'));
  await open.rotateDataKey({ passphrase });
  const rotated = file();
  mkdirSync(path('vault.json.new'));
  await assert.rejects(open.finishRotation());
  assert.equal(file(), rotated);
  for (const still of [open, await reopened()]) assertKnows(still, of, true);
  rmdirSync(path('vault.json.new'));
  await open.finishRotation();
  assertKnows(open, of, false);
});

test('a wrong passphrase, a locked vault or none changes nothing', async () => {
  await assertRefused(vault().rotateDataKey({ passphrase }), 'vault_none');
  const { open } = await made();
  const stored = file();
  await assertRefused(open.rotateDataKey({ passphrase: 'not it at all' }), 'wrong_passphrase', [passphrase]);
  await assertRefused(open.rotateDataKey({}), 'bad_input');
  await open.lock();
  await assertRefused(open.rotateDataKey({ passphrase }), 'vault_locked');
  await assertRefused(open.finishRotation(), 'vault_locked');
  assert.equal(file(), stored);
});

test('finishing without a rotation changes nothing', async () => {
  const { open } = await made();
  const before = file();
  await open.finishRotation();
  assert.equal(file(), before);
});

test('reports changed keys in vault.json as damage, and loses nothing', async () => {
  const { open } = await made();
  await open.rotateDataKey({ passphrase });
  await open.lock();
  const good = JSON.parse(file());
  const { tokenKeys, before } = good.rotation;
  const swapped = (text: string) => `${text.startsWith('A') ? 'B' : 'A'}${text.slice(1)}`;
  const doctored = [
    { ...good, rotation: { tokenKeys: swapped(tokenKeys), before } },
    { ...good, rotation: { tokenKeys, before: { ...before, wrapped: swapped(before.wrapped) } } },
    { ...good, rotation: { tokenKeys, before: { ...before, keyId: 0 } } },
    { ...good, rotation: { tokenKeys, before: { ...before, keyId: 7 } } },
    { ...good, rotation: { before } },
    { ...good, version: 1 },
    { ...good, version: 2, rotation: undefined },
  ];
  for (const bad of doctored) {
    writeFileSync(path('vault.json'), JSON.stringify(bad));
    const damaged = vault();
    await assertRefused(
      Promise.resolve().then(() => damaged.unlock(passphrase)),
      'sealed_value_damaged',
    );
  }
  writeFileSync(path('vault.json'), JSON.stringify(good));
  await reopened();
});
