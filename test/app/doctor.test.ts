import assert from 'node:assert/strict';
import { chmodSync, chownSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { homedir, userInfo } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { createServer as createTlsServer } from 'node:tls';
import Database from 'better-sqlite3';
import type { App } from '../../main/app/app.ts';
import { createCa, createLeaf } from '../../main/platform/certificates/certificate.ts';
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

test('reports backends that accept no connection, and APIs without callers', async (t) => {
  const { app, close } = await openTestApp();
  t.after(close);
  const { call } = app;
  const well = await examine(app);
  assert.equal(well.of('Backends'), undefined);
  assert.deepEqual(
    [well.of('Subscriptions')?.state, well.of('Subscriptions')?.found],
    ['ok', '1 published, each has callers'],
  );

  const nowMs = Date.now();
  const ca = await createCa({ installationId: 'backend', nowMs });
  const { certificatePem: cert, privateKeyPem: key } = await createLeaf({ ca, extraNames: [], nowMs });
  const secure = createTlsServer({ cert, key });
  t.after(() => secure.close());
  await new Promise<void>((done) => secure.listen(0, '127.0.0.1', done));
  const address = secure.address();
  const https = `https://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
  const plain = await occupy(t);
  const add = (name: string, productionBackend: string, more: object = {}) =>
    call('apis.create', { name, productionBackend, sandboxBackend: 'echo', open: true, ...more });
  await add('plain', `http://127.0.0.1:${plain}`);
  await add('trusted', `${https}/a`, { backendCa: ca.certificatePem, open: false });
  await add('blocked', 'http://127.0.0.1:1', { state: 'BLOCKED' });
  const fine = await examine(app);
  assert.deepEqual(fine.of('Backends'), {
    ...{ check: 'Backends', state: 'ok', found: '2, each accepts connections', todo: '' },
  });
  assert.equal(fine.of('Subscriptions')?.found, 'no application may call trusted/1.0.0');
  await call('applications.create', { name: 'Shop' });
  await call('subscriptions.create', { application: 'Shop', api: 'trusted' });

  assert.equal(fine.of('Scopes of resources'), undefined);
  const resource = { template: '/orders', authType: 'Application_User', tier: 'Unlimited' } as const;
  await call('apis.update', {
    api: 'plain',
    resources: [
      { ...resource, verb: 'GET', scopes: ['orders:read', 'orders:write'] },
      { ...resource, verb: 'PUT', scopes: ['orders:write', 'device_ipad'] },
      { ...resource, verb: 'HEAD', scopes: ['orders:write'], authType: 'None' },
    ],
  });
  const closed = (await examine(app)).of('Scopes of resources');
  assert.equal(closed?.state, 'warning');
  assert.equal(
    closed?.found,
    'a resource needs a scope that does not exist (GET /orders of plain/1.0.0 needs orders:read or orders:write)',
  );
  await call('scopes.create', { name: 'orders:read' });
  assert.equal((await examine(app)).of('Scopes of resources'), undefined);

  await add('refused', 'http://127.0.0.1:1');
  await add('unknown', 'http://nosuch.invalid');
  await add('untrusted', https);
  await add('unread', https, { backendCa: '-----BEGIN CERTIFICATE-----\nnone\n-----END CERTIFICATE-----\n' });
  await call('settings.write', { port: plain });
  const { items, of } = await examine(app);
  assert.equal(of('Backends')?.state, 'warning');
  assert.equal(
    of('Backends')?.found,
    '5 of 6 cannot be used (production of plain/1.0.0: it is this endpoint itself; production of refused/1.0.0: nothing listens on its port; production of unknown/1.0.0: its host name has no address; production of unread/1.0.0: its certificate is not trusted; production of untrusted/1.0.0: its certificate is not trusted)',
  );
  assert.equal(of('Subscriptions')?.state, 'ok');
  for (const private_ of ['nosuch', '127.0.0.1']) assert.ok(!JSON.stringify(items).includes(private_), private_);
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
