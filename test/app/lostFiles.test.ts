import assert from 'node:assert/strict';
import { copyFileSync, existsSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { openApp } from '../../main/app/app.ts';
import { databaseFaults } from '../../main/store/database/check.ts';
import { KeyfobError } from '../../preload/contract/errors.ts';
import { passphrase } from '../helpers/app.ts';
import { fillFolder, tester } from '../helpers/filled.ts';
import { createOAuthClient, type OAuthClient } from '../helpers/oauthClient.ts';
import { startServing, testFolder } from '../helpers/serving.ts';
import { until } from '../helpers/until.ts';
import { openShop } from './shop.ts';

const gone = /^The data folder, or the database in it, was removed, moved or replaced while Keyfob ran/;

const ask = (client: OAuthClient, device: string) =>
  client.post('/token', { grant_type: 'password', ...tester, scope: `device_${device}` });

/** Replaces a file, like a tool that writes a new file and renames it. */
function replace(file: string): void {
  copyFileSync(file, `${file}.copy`);
  renameSync(`${file}.copy`, file);
}

const losses: Readonly<Record<string, (folder: string) => void>> = {
  'the folder is removed': (folder) => rmSync(folder, { recursive: true }),
  'the folder is moved': (folder) => renameSync(folder, `${folder}-moved`),
  'the database is removed': (folder) => rmSync(join(folder, 'keyfob.db')),
  'the database is replaced': (folder) => replace(join(folder, 'keyfob.db')),
  'the log is removed': (folder) => rmSync(join(folder, 'keyfob.db-wal')),
  'the log is replaced': (folder) => replace(join(folder, 'keyfob.db-wal')),
};

for (const [what, lose] of Object.entries(losses)) {
  test(`answers no 200 once ${what}; status and doctor say why`, async (t) => {
    const { app, client, folder, faults } = await openShop(t);
    t.after(() => rmSync(`${folder}-moved`, { recursive: true, force: true }));
    const before = await ask(client, 'before');
    assert.equal(before.status, 200);
    lose(folder);
    for (const device of ['new', 'before']) {
      const { status, body } = await ask(client, device);
      assert.equal(status, 503, body);
      assert.match(JSON.parse(body).error_description, gone);
    }
    const token = JSON.parse(before.body).access_token;
    assert.equal((await client.post('/oauth2/introspect', { token })).status, 503);
    await assert.rejects(app.call('users.create', { username: 'late', password: 'a password' }), {
      code: 'folder_lost',
      message: gone,
    });
    // A file of the new owner must not be overwritten.
    await assert.rejects(app.call('vault.changePassphrase', { passphrase, newPassphrase: `${passphrase}!` }), {
      code: 'folder_lost',
    });
    assert.equal(existsSync(join(folder, 'vault.json')), !what.includes('folder'));
    assert.equal((await app.call('endpoint.status', {})).fault?.code, 'folder_lost');
    const { items } = await app.call('doctor.run', {});
    assert.match(items.find(({ check }) => check === 'Database')?.todo ?? '', gone);
    assert.equal(faults.length, 1);
    assert.ok(faults[0] instanceof KeyfobError && gone.test(faults[0].message));
  });
}

test('never applies the log to a database that replaced the open one', async (t) => {
  const folder = join(testFolder(t), 'home');
  await fillFolder(folder);
  const older = join(folder, 'older.db');
  copyFileSync(join(folder, 'keyfob.db'), older);
  const app = await openApp({ folder });
  await app.vault.unlock(passphrase);
  const { items: before } = await app.call('tokens.list', {});
  const mint = () => app.call('devices.mint', { application: 'Shop', keyType: 'PRODUCTION', device: ['d1', 'd2'] });
  await mint();
  renameSync(older, join(folder, 'keyfob.db'));
  await assert.rejects(mint(), { code: 'folder_lost' });
  await app.close();

  const again = await openApp({ folder });
  await again.vault.unlock(passphrase);
  assert.deepEqual((await again.call('tokens.list', {})).items, before);
  assert.deepEqual(await databaseFaults(join(folder, 'keyfob.db')), []);
  await again.close();
});

test('an idle process notices missing files, and then refuses even cached answers', async (t) => {
  t.mock.timers.enable({ apis: ['setInterval'] });
  const { client, folder, faults } = await openShop(t);
  const { accessToken } = await client.token({ grant_type: 'client_credentials' });
  rmSync(folder, { recursive: true });
  assert.equal(await client.isActive(accessToken), true);
  t.mock.timers.tick(2000);
  assert.equal((await client.post('/oauth2/introspect', { token: accessToken })).status, 503);
  assert.equal(faults.length, 1);
});

/** `keyfob serve` over a filled folder, in its own process. */
async function serving(t: TestContext) {
  const folder = testFolder(t);
  const home = join(folder, 'home');
  const keys = await fillFolder(home);
  const first = startServing(t, folder);
  const { httpPort, pid } = await first.ready;
  const client = createOAuthClient(`http://127.0.0.1:${httpPort}`, keys.reusing);
  t.after(client.close);
  return { folder, home, keys, first, client, pid };
}

test('serve reports a missing folder on stderr, and does not touch a folder that replaced it', async (t) => {
  const { folder, home, first, client } = await serving(t);
  renameSync(home, join(folder, 'moved'));
  assert.equal((await ask(client, 'late')).status, 503);
  const second = startServing(t, folder);
  await second.ready;
  await until('its sentence', () => /removed, moved or replaced/.test(first.output().stderr));
  const control = readFileSync(join(home, 'control.json'), 'utf8');
  first.kill('SIGTERM');
  await first.ended;
  assert.doesNotMatch(first.output().stderr, /Unexpected|^ +at /m);
  assert.equal(readFileSync(join(home, 'control.json'), 'utf8'), control);
  for (const name of ['keyfob.db-wal', 'owner.json', 'vault.json']) assert.ok(existsSync(join(home, name)), name);
});

test('a folder has one owner even if its lock is removed: refuses the second, ends the first with a message', async (t) => {
  const { folder, home, keys, first, client, pid } = await serving(t);
  const answered = await Promise.all(['a', 'b', 'c'].map((device) => ask(client, device)));
  // Stopped, so that it cannot notice before the next process starts.
  first.kill('SIGSTOP');
  rmSync(join(home, 'owner.lock'));
  const second = startServing(t, folder);
  await assert.rejects(second.ready, new RegExp(`folder_owned.*process ${pid}`));
  first.kill('SIGCONT');
  await first.ended;
  assert.match(first.output().stderr, /owner\.lock in the data folder was removed or replaced.*Start Keyfob again/);
  assert.doesNotMatch(first.output().stderr, /Unexpected|^ +at /m);

  const third = startServing(t, folder);
  const again = createOAuthClient(`http://127.0.0.1:${(await third.ready).httpPort}`, keys.reusing);
  t.after(again.close);
  for (const { body } of answered) assert.equal(await again.isActive(JSON.parse(body).access_token), true);
});

test('notices a replaced lock file at the next write', async (t) => {
  const { app, client, folder, faults } = await openShop(t);
  replace(join(folder, 'owner.lock'));
  const { status, body } = await ask(client, 'late');
  assert.equal(status, 503);
  assert.match(JSON.parse(body).error_description, /^owner\.lock in the data folder was removed or replaced/);
  await assert.rejects(app.call('scopes.create', { name: 'late' }), { code: 'folder_lost' });
  assert.equal(faults.length, 1);
});
