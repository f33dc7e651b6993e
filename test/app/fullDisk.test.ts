import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import Database from 'better-sqlite3';
import { fillFolder, tester } from '../helpers/filled.ts';
import { createOAuthClient, type OAuthClient } from '../helpers/oauthClient.ts';
import { startServing, testFolder } from '../helpers/serving.ts';
import { straceTo } from '../helpers/strace.ts';
import { until } from '../helpers/until.ts';
import { openShop } from './shop.ts';

/** Fewer than the limit of a batch. */
const atOnce = 48;

const message = 'The disk is full, so nothing was stored. Free some space and try again.';
const full = { status: 503, body: `{"error_description":"${message}","error":"temporarily_unavailable"}` };

async function askForDevice(client: OAuthClient, device: string) {
  const { status, body } = await client.post('/token', {
    grant_type: 'password',
    ...tester,
    scope: `device_${device}`,
  });
  return { status, body };
}

const askForMany = (client: OAuthClient) =>
  Promise.all(Array.from({ length: atOnce }, (_, at) => askForDevice(client, `many_${at}`)));

/** Gives the access token of a 200. */
function accessTokenOf({ status, body }: { readonly status: number; readonly body: string }): string {
  assert.equal(status, 200, body);
  return JSON.parse(body).access_token;
}

/** The app's connection, among the objects on which the spied function was called. */
function connectionAmong(calls: readonly { readonly this: unknown }[], file: string): Database.Database {
  const found = calls.map((call) => call.this).find((db) => db instanceof Database && db.name === file);
  assert.ok(found instanceof Database);
  return found;
}

test('rolls back a whole batch when the database gets full within it', async (t) => {
  // Spies on the function to get the app's connection and set its limit.
  const pragma = t.mock.method(Database.prototype, 'pragma');
  const { app, client, folder, faults } = await openShop(t);
  const file = join(folder, 'keyfob.db');
  const connection = connectionAmong(pragma.mock.calls, file);
  const tokenRows = () => {
    const db = new Database(file, { readonly: true });
    const rows = ['tokens', 'refresh_tokens', 'token_history'].map((table) =>
      db.prepare(`SELECT count(*) FROM ${table}`).pluck().get(),
    );
    assert.equal(db.pragma('integrity_check', { simple: true }), 'ok');
    db.close();
    return rows;
  };
  // Requests of one turn over open connections arrive in one turn.
  await Promise.all(Array.from({ length: atOnce }, () => client.isActive('no-token')));

  // Migrations leave free pages, which would take a step of the call below.
  connection.exec('VACUUM');
  connection.pragma(`max_page_count = ${Number(connection.pragma('page_count', { simple: true })) + 2}`);
  const alone = accessTokenOf(await askForDevice(client, 'alone'));
  const rowsBefore = tokenRows();
  let changes = 0;
  app.events.onAny((name) => {
    if (name === 'tokens.changed') changes += 1;
  });
  assert.deepEqual(
    await askForMany(client),
    Array.from({ length: atOnce }, () => full),
  );
  assert.deepEqual(tokenRows(), rowsBefore);
  assert.equal(changes, 0);

  // A request that needs no space is answered, and a call is refused with the same message. One more token alone finds
  // space, so the first one of the batch did not fail.
  assert.equal(accessTokenOf(await askForDevice(client, 'alone')), alone);
  // Its row needs another page, and no page is left.
  connection.pragma(`max_page_count = ${Number(connection.pragma('page_count', { simple: true }))}`);
  const otherClaims = { notes: 'long '.repeat(750) };
  const groups = Array.from({ length: 50 }, (_, at) => `group_${'long'.repeat(10)}_${at}`);
  const changing = app.call('users.setClaims', { user: tester.username, otherClaims, groups });
  await assert.rejects(changing, { code: 'storage_full', message });
  assert.deepEqual(tokenRows(), rowsBefore);
  assert.equal((await askForDevice(client, 'alone_too')).status, 200);

  connection.pragma('max_page_count = 1000000');
  const issued = (await askForMany(client)).map(accessTokenOf);
  assert.equal(new Set(issued).size, atOnce);
  for (const accessToken of issued) assert.equal(await client.isActive(accessToken), true);
  assert.deepEqual(
    tokenRows(),
    rowsBefore.map((rows, table) => Number(rows) + (table < 2 ? atOnce + 1 : 0)),
  );
  assert.deepEqual(faults, []);
});

test('refuses writes while the disk has no room for the log, and works again afterwards', async (t) => {
  const folder = testFolder(t);
  const home = join(folder, 'home');
  const { reusing } = await fillFolder(home);
  const noRoom = [`--trace-path=${join(home, 'keyfob.db-wal')}`, '--inject=pwrite64:error=ENOSPC'];
  const serving = startServing(t, folder, straceTo(join(folder, 'strace.log'), ['pwrite64'], noRoom));
  const { httpPort, pid } = await serving.ready;
  const client = createOAuthClient(`http://127.0.0.1:${httpPort}`, reusing);
  t.after(client.close);
  assert.deepEqual(
    await askForMany(client),
    Array.from({ length: atOnce }, () => full),
  );
  const { accessToken } = await client.token({ grant_type: 'client_credentials' });
  assert.equal(await client.isActive(accessToken), true);

  // Without the tracer the process continues, and its writes succeed.
  const tracer = () => Number(/^TracerPid:\s*(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
  process.kill(tracer(), 'SIGKILL');
  await until('the end of the tracer', () => tracer() === 0);
  const issued = (await askForMany(client)).map(accessTokenOf);
  for (const token of issued) assert.equal(await client.isActive(token), true);
  serving.kill('SIGTERM');
  await serving.ended;
  assert.equal(serving.output().stderr, '');

  const db = new Database(join(home, 'keyfob.db'));
  assert.equal(db.pragma('integrity_check', { simple: true }), 'ok');
  // Including the tokens of the new keys.
  assert.equal(db.prepare('SELECT count(*) FROM tokens').pluck().get(), atOnce + 2);
  db.close();
});

test('answers no 200 after a failed sync, until the next start', async (t) => {
  const folder = testFolder(t);
  const home = join(folder, 'home');
  const { reusing } = await fillFolder(home);
  const noDisk = [`--trace-path=${join(home, 'keyfob.db-wal')}`, '--inject=fdatasync:error=EIO:when=4'];
  const serving = startServing(t, folder, straceTo(join(folder, 'strace.log'), ['fdatasync'], noDisk));
  const client = createOAuthClient(`http://127.0.0.1:${(await serving.ready).httpPort}`, reusing);
  t.after(client.close);
  const lost = {
    status: 503,
    body: '{"error_description":"The disk failed to store the last changes (EIO). Check the disk, then start Keyfob again.","error":"temporarily_unavailable"}',
  };
  // The start itself has written, and each pool thread counts separately.
  let issued = 0;
  while ((await askForDevice(client, `kept_${issued}`)).status === 200 && issued < 40) issued += 1;
  assert.ok(issued > 0 && issued < 40);
  // The disk works again, but the log may have a gap, and cached rows may not be on disk.
  assert.deepEqual(await askForDevice(client, `kept_${issued}`), lost);
  assert.deepEqual(await askForDevice(client, 'another'), lost);
  assert.equal((await client.post('/oauth2/introspect', { token: 'no-token' })).status, 503);
  serving.kill('SIGTERM');
  await serving.ended;

  const again = startServing(t, folder);
  const healed = createOAuthClient(`http://127.0.0.1:${(await again.ready).httpPort}`, reusing);
  t.after(healed.close);
  assert.equal(await healed.isActive(accessTokenOf(await askForDevice(healed, `kept_${issued}`))), true);
});

test('refuses names whose certificate cannot be stored, and keeps the endpoint unchanged', async (t) => {
  const pragma = t.mock.method(Database.prototype, 'pragma');
  const { app, folder, faults } = await openShop(t);
  const connection = connectionAmong(pragma.mock.calls, join(folder, 'keyfob.db'));
  connection.pragma(`max_page_count = ${Number(connection.pragma('page_count', { simple: true }))}`);
  // The last page may have room for a few more certificates.
  let names: readonly string[] = [];
  const nameUntilFull = async () => {
    for (let at = 0; at < 100; at += 1) {
      const extraNames = [`phone${at}.test`];
      await app.call('settings.write', { extraNames });
      names = extraNames;
    }
  };
  await assert.rejects(nameUntilFull(), { code: 'storage_full', message });
  assert.deepEqual((await app.call('settings.read', {})).extraNames, names);
  assert.deepEqual((await app.call('endpoint.status', {})).names.slice(3), names);
  assert.deepEqual(faults, []);
});
