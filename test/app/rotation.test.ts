import assert from 'node:assert/strict';
import type { KeyObject } from 'node:crypto';
import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import Database from 'better-sqlite3';
import { type App, openApp } from '../../main/app/app.ts';
import { createRandom } from '../../main/platform/random.ts';
import { unwrapWithPassphrase } from '../../main/vault/holders/passphrase.ts';
import { createSealer } from '../../main/vault/sealing/sealer.ts';
import { readVaultFile } from '../../main/vault/vaultFile.ts';
import { openServingApp, openTestApp, passphrase } from '../helpers/app.ts';
import { fillFolder, tester } from '../helpers/filled.ts';
import { testFolder } from '../helpers/serving.ts';
import { until } from '../helpers/until.ts';
import { keyIdsIn, type Sealed, sealedIn } from './sealed.ts';
import { openShop } from './shop.ts';

const shop = { application: 'Shop', keyType: 'PRODUCTION' } as const;
const rotationOf = async ({ call }: Pick<App, 'call'>) => (await call('vault.status', {})).rotation;
const rotated = (app: Pick<App, 'call'>) =>
  until('the end of the rotation', async () => (await rotationOf(app)) === undefined);

async function dataKeyOf(folder: string): Promise<KeyObject> {
  const file = readVaultFile(folder);
  assert.ok(file?.held.mode === 'passphrase');
  const dataKey = await unwrapWithPassphrase(file, file.held, passphrase);
  assert.ok(dataKey);
  return dataKey;
}

test('tokens, passwords and secrets work during and after a rotation', async (t) => {
  const { app, client, folder, consumerSecret, faults } = await openShop(t);
  const { call } = app;
  const device = { grant_type: 'password', ...tester, scope: 'device_ipad' };
  const first = await client.token({ grant_type: 'client_credentials' });
  const user = await client.token(device);
  const { items } = await call('devices.mint', {
    ...shop,
    username: tester.username,
    device: Array.from({ length: 400 }, (_, at) => `d${at}`),
  });
  const told: number[] = [];
  t.after(
    app.events.onAny((name, data) => {
      if (name === 'vault.rotating' && 'rotation' in data && data.rotation) told.push(data.rotation.total);
    }),
  );

  const { recoveryKey, rotation } = await call('vault.rotateDataKey', { passphrase });
  assert.match(recoveryKey, /^(\w{5}-){5}\w{5}$/);
  assert.equal(rotation?.state, 'running');
  // Both keys are in use now.
  assert.equal(await client.isActive(user.accessToken), true);
  assert.equal((await client.token(device)).accessToken, user.accessToken);
  assert.equal((await call('keys.reveal', shop)).consumerSecret, consumerSecret);
  const wrong = await client.post('/token', { ...device, password: 'wrong' });
  assert.equal(wrong.status, 400);
  await rotated(app);
  assert.ok(told.some((total) => total > 400));

  assert.deepEqual(keyIdsIn(folder), new Set([2]));
  for (const { accessToken } of [first, user, ...items.slice(0, 20)])
    assert.equal(await client.isActive(accessToken), true);
  assert.equal((await client.token(device)).accessToken, user.accessToken);
  assert.equal((await client.post('/token', { ...device, password: 'wrong' })).status, 400);
  assert.equal((await client.post('/token', device, { id: 'x', secret: consumerSecret })).status, 401);
  const refreshed = await client.token({ grant_type: 'refresh_token', refresh_token: user.refreshToken ?? '' });
  assert.equal(await client.isActive(user.accessToken), false);
  assert.equal(await client.isActive(refreshed.accessToken), true);
  assert.equal((await call('users.reveal', { user: tester.username })).password, tester.password);
  assert.deepEqual(faults, []);
});

test('opens after a restart by passphrase or by the new recovery key only', async (t) => {
  const folder = join(testFolder(t), 'home');
  let app = await openApp({ folder });
  const made = await app.call('vault.create', { mode: 'passphrase', passphrase });
  await app.call('users.create', tester);
  const { recoveryKey } = await app.call('vault.rotateDataKey', { passphrase });
  await app.call('vault.confirmRecoveryKey', { lastGroup: recoveryKey.slice(-5) });
  await rotated(app);
  await app.close();

  app = await openApp({ folder });
  const again = { mode: 'passphrase', passphrase: 'another passphrase' } as const;
  await assert.rejects(app.call('vault.recover', { ...again, recoveryKey: made.recoveryKey }), {
    code: 'wrong_recovery_key',
  });
  await app.call('vault.unlock', { passphrase });
  assert.deepEqual(await app.call('vault.status', {}), {
    state: 'unlocked',
    mode: 'passphrase',
    recoveryKey: 'confirmed',
  });
  await app.call('vault.lock', {});
  await app.call('vault.recover', { ...again, recoveryKey });
  assert.equal((await app.call('users.reveal', { user: tester.username })).password, tester.password);
  await app.close();
});

test('a wrong passphrase changes nothing', async (t) => {
  const { app, folder, close } = await openTestApp();
  t.after(close);
  await app.call('users.create', tester);
  const before = [readFileSync(join(folder, 'vault.json'), 'utf8'), sealedIn(folder)];
  await assert.rejects(app.call('vault.rotateDataKey', { passphrase: 'not the passphrase' }), {
    code: 'wrong_passphrase',
  });
  await assert.rejects(app.call('vault.rotateDataKey', {}), { code: 'bad_input' });
  assert.deepEqual([readFileSync(join(folder, 'vault.json'), 'utf8'), sealedIn(folder)], before);
  assert.equal(await rotationOf(app), undefined);
});

test('the old data key opens nothing in the new folder, including free pages and logs', async (t) => {
  const { app, client, folder } = await openShop(t);
  const { call } = app;
  const user = await client.token({ grant_type: 'password', ...tester, scope: 'device_ipad' });
  const oldKey = await dataKeyOf(folder);
  const oldVault = readFileSync(join(folder, 'vault.json'));
  const { installationId } = JSON.parse(oldVault.toString());
  const old: Sealed[] = [...sealedIn(folder)];
  // Creates deleted rows and replaced values.
  await call('users.create', { username: 'other', password: 'a first password' });
  old.push(...sealedIn(folder));
  await call('users.setPassword', { user: 'other', password: 'a second, longer password' });
  old.push(...sealedIn(folder));
  await call('users.delete', { user: 'other' });
  // Like the copy of an update.
  writeFileSync(join(folder, 'keyfob.db.before-9'), Buffer.concat(old.map(({ value }) => value)));

  await call('vault.rotateDataKey', { passphrase });
  await rotated(app);
  const copy = join(testFolder(t), 'copy');
  cpSync(folder, copy, { recursive: true });

  const files = readdirSync(copy).filter((name) => /^(keyfob\.db|vault)/.test(name));
  assert.ok(files.includes('keyfob.db') && files.includes('keyfob.db-wal') && files.includes('vault.json'));
  for (const name of files) {
    const bytes = readFileSync(join(copy, name));
    for (const { column, id, value } of old) {
      const nonce = Buffer.from(value).subarray(2, 14);
      assert.equal(bytes.indexOf(nonce), -1, `${column} of row ${id} is in ${name}`);
    }
  }

  const thief = createSealer(oldKey, installationId, 1, createRandom());
  for (const { column, id, value } of sealedIn(copy)) {
    const asOld = Uint8Array.from(value);
    asOld[1] = 1;
    for (const bytes of [value, asOld]) {
      assert.throws(() => thief.open(bytes, column, id), { code: 'sealed_value_damaged' });
    }
  }
  // The old key cannot verify guesses of a password or secret either.
  const db = new Database(join(copy, 'keyfob.db'), { readonly: true });
  const users = db.prepare<[], { id: number; digest: Uint8Array }>(
    'SELECT id, password_digest AS digest FROM users WHERE password_digest IS NOT NULL',
  );
  for (const { id, digest } of users.all()) {
    assert.equal(thief.matchesSecret(`${id}:${tester.password}`, digest), false);
    assert.equal(thief.matches(`${id}:${tester.password}`, digest), false);
  }
  const secrets = db.prepare<[], { id: number; digest: Uint8Array }>(
    'SELECT id, consumer_secret_digest AS digest FROM key_sets',
  );
  const { consumerSecret } = await call('keys.reveal', shop);
  for (const { id, digest } of secrets.all()) {
    assert.equal(thief.matches(`key_sets.consumer_secret ${id}:${consumerSecret}`, digest), false);
  }
  db.close();

  // With the whole program and the old vault file: the mismatch is detected, and without that check nothing opens.
  writeFileSync(join(copy, 'vault.json'), oldVault);
  await assert.rejects(openApp({ folder: copy }), {
    code: 'vault_mismatch',
    message: /before the data key was replaced/,
  });
  const doctored = new Database(join(copy, 'keyfob.db'));
  doctored.exec('DELETE FROM vault_binding');
  doctored.close();
  const other = await openApp({ folder: copy });
  await assert.rejects(
    other.call('vault.unlock', { passphrase }).then(() => other.call('tokens.reveal', { token: user.accessToken })),
    {
      code: 'sealed_value_damaged',
    },
  );
  await assert.rejects(other.call('users.reveal', { user: tester.username }), { code: 'sealed_value_damaged' });
  await assert.rejects(other.call('keys.reveal', shop), { code: 'sealed_value_damaged' });
  await other.close();
});

/** An app over a persistent folder, with an application `Shop` and the user {@link tester}. */
async function openFilled(t: TestContext) {
  const folder = join(testFolder(t), 'home');
  const keys = await fillFolder(folder);
  const app = await openApp({ folder });
  await app.call('vault.unlock', { passphrase });
  return { app, folder, keys };
}

/** Issues many tokens, so that a rotation takes a while. */
const mintMany = ({ call }: App, count: number) =>
  call('devices.mint', { ...shop, device: Array.from({ length: count }, (_, at) => `d${at}`) });

/** Resolves when a rotation is half done. */
const inTheMiddle = (app: App) =>
  until('the middle of a rotation', async () => {
    const { done = 0, total = 0 } = (await rotationOf(app)) ?? {};
    return done > 0 && done < total;
  });

test('pauses at a lock or an end, and resumes at an unlock or a restart', async (t) => {
  const { app, folder } = await openFilled(t);
  await mintMany(app, 1000);
  await app.call('vault.rotateDataKey', { passphrase });
  await app.call('vault.lock', {});
  const paused = await rotationOf(app);
  assert.equal(paused?.state, 'paused');
  assert.ok(keyIdsIn(folder).has(1));
  assert.match(
    (await app.call('doctor.run', {})).items.find(({ check }) => check === 'Data key')?.found ?? '',
    /paused/,
  );

  await app.call('vault.unlock', { passphrase });
  await inTheMiddle(app);
  await app.close();
  assert.deepEqual(keyIdsIn(folder), new Set([1, 2]));
  const again = await openApp({ folder });
  t.after(again.close);
  assert.equal((await rotationOf(again))?.state, 'paused');
  await again.call('vault.unlock', { passphrase });
  await rotated(again);
  assert.deepEqual(keyIdsIn(folder), new Set([2]));
});

test('a second rotation waits for the first; a backup from during one opens elsewhere', async (t) => {
  const { app, folder, close } = await openServingApp();
  t.after(close);
  await mintMany(app, 1000);
  const { accessToken } = await app.call('tokens.issue', shop);
  await app.call('vault.rotateDataKey', { passphrase });
  await inTheMiddle(app);
  await assert.rejects(app.call('vault.rotateDataKey', { passphrase: 'not the passphrase' }), {
    code: 'wrong_passphrase',
  });
  const second = app.call('vault.rotateDataKey', { passphrase });
  const { file } = await app.call('backup.export', { backupPassphrase: 'of the backup' });
  await second;
  await rotated(app);
  assert.deepEqual(keyIdsIn(folder), new Set([3]));
  assert.equal((await app.call('tokens.reveal', { token: accessToken })).accessToken, accessToken);

  const other = await openTestApp();
  t.after(other.close);
  await other.app.call('backup.import', { file, backupPassphrase: 'of the backup' });
  assert.equal((await other.app.call('tokens.reveal', { token: accessToken })).accessToken, accessToken);
  // Imported values are found by their digest, which does not change.
  await other.app.call('vault.rotateDataKey', { passphrase });
  await rotated(other.app);
  assert.equal((await other.app.call('tokens.reveal', { token: accessToken })).accessToken, accessToken);
});

test('names values that cannot be opened, keeps their old key, and re-encrypts all others', async (t) => {
  const { app: first, folder, keys } = await openFilled(t);
  const { id: userId } = await first.call('users.create', { username: 'other', password: 'a password' });
  await first.close();
  const db = new Database(join(folder, 'keyfob.db'));
  const damaged = db.prepare<[number], Buffer>('SELECT password FROM users WHERE id = ?').pluck().get(userId);
  assert.ok(damaged);
  damaged[20] = (damaged[20] ?? 0) ^ 1;
  db.prepare('UPDATE users SET password = ? WHERE id = ?').run(damaged, userId);
  db.close();

  const app = await openApp({ folder });
  t.after(app.close);
  await app.call('vault.unlock', { passphrase });
  await app.call('vault.rotateDataKey', { passphrase });
  await until('its stop', async () => (await rotationOf(app))?.state === 'stopped');
  const { fault, done, total } = (await rotationOf(app)) ?? {};
  assert.equal(fault?.code, 'sealed_value_damaged');
  assert.match(fault?.message ?? '', new RegExp(`: users\\.password of row ${userId}\\. Set those passwords again`));
  assert.equal(done, (total ?? 0) - 1);
  const { items } = await app.call('doctor.run', {});
  assert.equal(items.find(({ check }) => check === 'Data key')?.state, 'problem');
  const left = sealedIn(folder).filter(({ value }) => value[1] !== 2);
  assert.deepEqual(left, [{ column: 'users.password', id: userId, value: damaged }]);
  assert.ok(readVaultFile(folder)?.rotation?.before);
  assert.equal((await app.call('keys.reveal', shop)).consumerSecret, keys.reusing.secret);
  await assert.rejects(app.call('vault.rotateDataKey', { passphrase }), { code: 'sealed_value_damaged' });

  await app.call('users.setPassword', { user: 'other', password: 'another password' });
  await app.call('vault.lock', {});
  await app.call('vault.unlock', { passphrase });
  await rotated(app);
  assert.equal(readVaultFile(folder)?.rotation?.before, undefined);
});

test('skips a token whose value is not stored', async (t) => {
  const { app: first, folder } = await openFilled(t);
  const { accessToken } = await first.call('tokens.issue', shop);
  await first.close();
  const db = new Database(join(folder, 'keyfob.db'));
  db.prepare("UPDATE tokens SET access_token = x''").run();
  db.close();
  const app = await openApp({ folder });
  t.after(app.close);
  await app.call('vault.unlock', { passphrase });
  await app.call('vault.rotateDataKey', { passphrase });
  await rotated(app);
  // It is still found by its digest.
  assert.equal((await app.call('tokens.read', { token: accessToken })).state, 'ACTIVE');
});
