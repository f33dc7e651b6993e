import assert from 'node:assert/strict';
import { chmodSync, chownSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { homedir, userInfo } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import Database from 'better-sqlite3';
import type { App } from '../../main/app/app.ts';
import { databaseFaults } from '../../main/store/database/check.ts';
import { openServingApp, openTestApp, passphrase } from '../helpers/app.ts';
import { testFolder } from '../helpers/serving.ts';

const examine = async ({ call }: App) => {
  const { items } = await call('doctor.run', {});
  return { items, of: (check: string) => items.find((item) => item.check === check) };
};

/** Listens on a port of this machine. */
async function occupy(t: TestContext): Promise<number> {
  const server = createServer();
  t.after(() => server.close());
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

test('finds no problem, and reports no personal name, secret or path', async (t) => {
  const { app, folder, close, consumerSecret, status } = await openServingApp();
  t.after(close);
  const { recoveryKey } = await app.call('vault.newRecoveryKey', { passphrase });
  await app.call('vault.confirmRecoveryKey', { lastGroup: recoveryKey.slice(-5) });
  await app.call('settings.write', { port: status.port ?? 0 });
  const { items, of } = await examine(app);
  assert.deepEqual(
    items.filter(({ state, check }) => state !== 'ok' && check !== 'Disk'),
    [],
  );
  assert.match(of('HTTPS port')?.found ?? '', /served by this Keyfob/);
  assert.match(of('Certificate authority')?.found ?? '', /valid for \d+ days/);
  assert.match(of('Database')?.found ?? '', /1 tokens; sound/);
  const text = JSON.stringify(items);
  for (const private_ of [folder, homedir(), consumerSecret, recoveryKey, 'tester'])
    assert.ok(!text.includes(private_));
  assert.ok(!text.includes(`/${userInfo().username}/`));
});

test('reports each problem with what to do', async (t) => {
  const { app, folder, close } = await openTestApp();
  t.after(close);
  const port = await occupy(t);
  // The first is an emulator's address for this machine; the second belongs to nobody.
  await app.call('settings.write', { port, clockOffsetSeconds: 3600, extraNames: ['10.0.2.2', '10.255.254.253'] });
  writeFileSync(join(folder, 'open'), '');
  chmodSync(join(folder, 'open'), 0o644);
  const { items, of } = await examine(app);
  assert.deepEqual(
    ['Recovery key', 'Data folder', 'HTTPS port', 'Extra names', 'Clock'].map((check) => of(check)?.state),
    ['warning', 'problem', 'problem', 'warning', 'warning'],
  );
  if (process.platform === 'linux')
    assert.equal(of('HTTPS port')?.found, `${port} is in use by node doctor.test.ts (process ${process.pid})`);
  for (const { state, todo } of items) assert.equal(state === 'ok', todo === '');
  assert.equal(of('Extra names')?.found, '1 of 2 do not lead to the endpoint');
  const { warnings } = await app.call('endpoint.status', {});
  assert.deepEqual(warnings, [
    '10.255.254.253 is not an address of this machine, so the endpoint does not listen there.',
  ]);
  if (process.geteuid?.() === 0) {
    chmodSync(join(folder, 'open'), 0o600);
    chownSync(join(folder, 'open'), 12_002, 12_002);
    assert.match((await examine(app)).of('Data folder')?.found ?? '', /files in it are not yours \(open\)/);
  }
});

test('answers while the vault is locked, and without a vault', async (t) => {
  const { app, close } = await openTestApp();
  t.after(close);
  await app.call('vault.lock', {});
  assert.match((await examine(app)).of('Vault')?.found ?? '', /^locked, kept under a passphrase/);
});

test('detects a damaged database while requests continue', async (t) => {
  const file = join(testFolder(t), 'some.db');
  const db = new Database(file);
  db.exec('CREATE TABLE a (id INTEGER PRIMARY KEY, t TEXT); CREATE INDEX a_t ON a (t)');
  db.exec(
    'INSERT INTO a (t) WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000) SELECT hex(randomblob(50)) FROM n',
  );
  db.exec('CREATE TABLE b (a_id INTEGER REFERENCES a (id))');
  assert.deepEqual(await databaseFaults(file), []);
  db.pragma('foreign_keys = OFF');
  db.exec('INSERT INTO b VALUES (999999)');
  assert.deepEqual(await databaseFaults(file), ['1 rows refer to rows that do not exist']);
  db.close();
  const handle = new Database(file);
  const page = Number(handle.pragma('page_size', { simple: true }));
  const root = Number(handle.prepare("SELECT rootpage FROM sqlite_schema WHERE name = 'a'").pluck().get());
  handle.close();
  const { openSync, writeSync, closeSync } = await import('node:fs');
  const fd = openSync(file, 'r+');
  writeSync(fd, Buffer.alloc(200, 0xee), 0, 200, (root - 1) * page + 8);
  closeSync(fd);
  let turns = 0;
  const timer = setInterval(() => {
    turns += 1;
  }, 1);
  const faults = await databaseFaults(file);
  clearInterval(timer);
  assert.ok(faults.length > 0 && turns > 0, faults.join());
});
