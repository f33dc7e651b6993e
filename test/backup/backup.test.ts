import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { App } from '../../main/app/app.ts';
import { backupVersion } from '../../preload/contract/backupFile.ts';
import { KeyfobError } from '../../preload/contract/errors.ts';
import { ageTool } from '../helpers/age.ts';
import { openTestApp } from '../helpers/app.ts';

const shop = { application: 'Shop', keyType: 'PRODUCTION' } as const;
const store = { application: 'Store', keyType: 'SANDBOX' } as const;

async function open(t: TestContext) {
  const opened = await openTestApp();
  t.after(async () => {
    await opened.close();
    assert.deepEqual(opened.faults, []);
  });
  return opened;
}

/** Creates two applications with tokens in every state. */
async function fillApp({ call }: App) {
  await call('users.setPassword', { user: 'admin', password: 'the owner' });
  await call('users.create', { username: 'tester', password: 's3cret', roles: ['reader'] });
  await call('users.setClaims', {
    ...{ user: 'tester', givenName: 'Tess', email: 'tess@example.com', groups: ['staff'] },
    otherClaims: { level: 3, address: { locality: 'Bonn' } },
  });
  await call('users.create', { username: 'SECOND/ann@example.com', password: 'anns' });
  await call('users.create', { username: 'gone', password: 'gone' });
  await call('scopes.create', { name: 'read', description: 'to read', roles: ['reader'] });
  await call('scopes.create', { name: 'unused' });
  await call('tiers.create', { level: 'subscription', name: 'Trial', limit: 3, burstLimit: 1 });
  await call('tiers.create', { level: 'advanced', name: 'Slow', limit: 5, windowUnit: 'hour' });
  await call('apis.create', {
    ...{ name: 'orders', version: '2', context: '/o', tier: 'Slow', productionBackend: 'http://localhost:7001' },
    ...{ sandboxBackend: null, authorizationHeader: 'X-Auth', isDefaultVersion: true },
    cors: { enabled: true, methods: ['GET'], headers: ['*'], exposedHeaders: ['X-A'] },
    resources: [{ verb: 'GET', template: '/{id}', authType: 'None', scopes: ['read'], tier: '10KPerMin' }],
  });
  await call('scopes.create', { name: 'order', apis: ['orders', 'echo'] });
  await call('applications.create', { name: 'Shop', owner: 'tester', description: 'of the tests', tier: '20PerMin' });
  await call('applications.create', { name: 'Store' });
  const trial = await call('subscriptions.create', { application: 'Shop', api: 'orders', tier: 'Trial' });
  await call('subscriptions.update', { subscription: trial.id, state: 'PROD_ONLY_BLOCKED' });
  await call('subscriptions.create', { application: 'Shop', api: 'orders', tier: 'Gold' });
  await call('subscriptions.create', { application: 'Store', api: 'echo' });
  await call('keys.generate', { ...shop, issueBehaviour: 'reuse' });
  await call('keys.update', { ...shop, allowedOrigins: ['http://localhost:3000'], userTokenValiditySeconds: -1 });
  await call('keys.generate', { ...store, issueBehaviour: 'multiple' });
  await call('settings.write', { skewSeconds: 5, port: 9000 });
  const ipad = await call('devices.mint', { ...shop, username: 'tester', device: ['ipad', 'iphone', 'pixel'] });
  await call('devices.revoke', { ...shop, username: 'tester', device: 'pixel' });
  await call('devices.mint', { ...shop, username: 'tester', device: ['ipad'] });
  const first = await call('tokens.issue', { ...store, username: 'gone', scope: 'read' });
  const second = await call('tokens.refresh', { token: first.accessToken });
  await call('tokens.setExpiry', { token: second.accessToken, inSeconds: 900 });
  await call('users.delete', { user: 'gone' });
  await call('tokens.issue', { ...store, username: 'tester', scope: 'read' });
  await call('tokens.issue', { ...store, username: 'tester', scope: 'read' });
  return { ipad: ipad.items[0]?.accessToken ?? '', iphone: ipad.items[1]?.accessToken ?? '', first, second };
}

const isName = /^(?:ref|owner|application|api|apis|keySet|user|refreshToken|tokenId|otherTokenId)$/;
/** The default owner and the default API are as old as their installation. */
const timesOfDefaults = /(?<="user":\{"claims":\{.*\},)"createdAtMs":\d+|"createdAtMs":\d+,(?=.*"name":"echo")/;

/** The same with sorted members, and without row ids. */
const canonical = (value: unknown, name = ''): unknown => {
  if (typeof value === 'number' && isName.test(name)) return '#';
  if (Array.isArray(value)) return value.map((one) => canonical(one, name));
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).map(([key, one]) => [key, canonical(one, key)]);
  return Object.fromEntries(members.sort());
};

/** The content of a backup without row ids. */
const contentOf = (text: string): unknown[] =>
  text
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => JSON.stringify(canonical(JSON.parse(line))).replace(timesOfDefaults, ''))
    .sort();

test('exports everything to another installation, as a file that age opens', async (t) => {
  const age = ageTool(t);
  const from = await open(t);
  const filled = await fillApp(from.app);
  const exported = await from.app.call('backup.export', { recipients: [age.recipient] });
  const text = age.decrypt(exported.file);
  assert.ok(text.includes('"s3cret"') && text.includes(filled.ipad));
  const to = await open(t);
  const opening = { file: exported.file, backupIdentity: age.keyFile };
  const preview = await to.app.call('backup.preview', opening);
  assert.deepEqual(
    preview.items.filter(({ state }) => state === 'conflict'),
    [],
  );
  const done = await to.app.call('backup.import', opening);
  assert.deepEqual(done.written.tokens, exported.contents.tokens);
  const again = await to.app.call('backup.export', { recipients: [age.recipient] });
  assert.deepEqual(contentOf(age.decrypt(again.file)), contentOf(text));
  const after = await to.app.call('backup.preview', opening);
  assert.deepEqual(
    after.items.filter(({ state }) => state !== 'equal'),
    [],
  );
  const explained = await to.app.call('tokens.explain', { token: filled.first.accessToken });
  assert.equal(explained.token.state, 'INACTIVE');
  assert.equal((await to.app.call('tokens.read', { token: filled.iphone })).valid, true);
  const { refreshToken = '' } = filled.second;
  await assert.rejects(to.app.call('tokens.refresh', { token: refreshToken }), { code: 'refused' });
  // New tokens and imported tokens are live at the same time.
  const issued = await to.app.call('tokens.issue', { ...shop, username: 'tester' });
  assert.equal((await to.app.call('tokens.read', { token: issued.accessToken })).id, issued.id);
  assert.equal(
    (await to.app.call('devices.mint', { ...shop, username: 'tester', device: ['ipad'] })).items[0]?.accessToken,
    filled.ipad,
  );
});

const statesOf = (items: readonly { readonly item: string; readonly state: string }[]) =>
  Object.fromEntries(items.filter(({ state }) => state !== 'equal').map(({ item, state }) => [item, state]));

test('reports differences before writing, and imports the chosen side', async (t) => {
  const age = ageTool(t);
  const { app } = await open(t);
  const { call } = app;
  const filled = await fillApp(app);
  const backup = await call('backup.export', { recipients: [age.recipient] });
  const opening = { file: backup.file, backupIdentity: age.keyFile };
  const later = await call('tokens.issue', { ...shop, username: 'tester', scope: 'device_later' });
  await call('keys.regenerateSecret', store);
  await call('users.setRoles', { user: 'tester', roles: ['writer'] });
  await call('users.setClaims', { user: 'tester', otherClaims: { level: 4 } });
  await call('scopes.update', { name: 'read', description: 'changed' });
  await call('settings.write', { port: 9001, skewSeconds: 0 });
  await call('scopes.delete', { name: 'unused' });
  await call('scopes.update', { name: 'order', apis: ['orders'] });
  await call('tiers.update', { level: 'advanced', name: 'Slow', limit: 6, windowUnit: 'day' });
  await call('tiers.update', { level: 'subscription', name: 'Gold', limit: 7 });
  await call('apis.update', { api: 'orders', state: 'BLOCKED', open: true, cors: null });
  const [first] = (await call('subscriptions.list', { application: 'Store' })).items;
  await call('subscriptions.update', { subscription: first?.id ?? 0, state: 'BLOCKED' });
  const changed = age.decrypt((await call('backup.export', { recipients: [age.recipient] })).file);

  const preview = await call('backup.preview', opening);
  assert.deepEqual(statesOf(preview.items), {
    'setting:skewSeconds': 'new',
    'setting:port': 'conflict',
    'scope:read': 'conflict',
    'scope:unused': 'new',
    'scope:order': 'conflict',
    'tier:advanced/Slow': 'conflict',
    'tier:subscription/Gold': 'conflict',
    'api:orders/2': 'conflict',
    'user:tester': 'conflict',
    'application:Shop': 'conflict',
    'application:Store': 'conflict',
  });
  const whyOf = (item: string) => preview.items.find((one) => one.item === item)?.why;
  assert.equal(whyOf('user:tester'), 'in the backup: other roles, other claims');
  assert.equal(whyOf('application:Shop'), 'in the backup: without 1 token issued here');
  assert.equal(whyOf('application:Store'), 'in the backup: other subscriptions, other SANDBOX keys');
  assert.equal(whyOf('api:orders/2'), 'in the backup: another state, another openness, other CORS rules');
  assert.equal(whyOf('tier:advanced/Slow'), 'in the backup: another quota');
  assert.equal(whyOf('scope:order'), 'in the backup: other APIs');
  await assert.rejects(call('backup.import', opening), { code: 'conflict', message: /setting:port.*theirs/ });
  await assert.rejects(call('backup.import', { ...opening, mine: ['scope:other'] }), { code: 'bad_input' });
  assert.deepEqual(
    contentOf(age.decrypt((await call('backup.export', { recipients: [age.recipient] })).file)),
    contentOf(changed),
  );

  const done = await call('backup.import', {
    ...opening,
    onConflict: 'mine',
    theirs: ['application:Shop', 'scope:read'],
  });
  assert.equal(done.kept, 7);
  assert.deepEqual([done.written.applications, done.written.scopes, done.written.settings], [1, 2, 1]);
  await assert.rejects(call('tokens.read', { token: later.accessToken }), { code: 'not_found' });
  assert.equal((await call('tokens.read', { token: filled.ipad })).valid, true);
  assert.equal((await call('settings.read', {})).port, 9001);
  assert.deepEqual(statesOf((await call('backup.preview', opening)).items), {
    'setting:port': 'conflict',
    'scope:order': 'conflict',
    'tier:advanced/Slow': 'conflict',
    'tier:subscription/Gold': 'conflict',
    'api:orders/2': 'conflict',
    'user:tester': 'conflict',
    'application:Store': 'conflict',
  });
  await call('backup.import', { ...opening, onConflict: 'theirs' });
  assert.deepEqual(statesOf((await call('backup.preview', opening)).items), {});
  assert.deepEqual(
    contentOf(age.decrypt((await call('backup.export', { recipients: [age.recipient] })).file)),
    contentOf(age.decrypt(backup.file)),
  );
});

test('exports chosen applications with their dependencies only', async (t) => {
  const age = ageTool(t);
  const from = await open(t);
  const filled = await fillApp(from.app);
  const { file, contents } = await from.app.call('backup.export', {
    applications: ['Store'],
    tokens: 'live',
    recipients: [age.recipient],
  });
  const counts = { applications: 1, keySets: 1, tokens: 3, users: 2, scopes: 1, settings: 0 };
  assert.deepEqual(contents, {
    ...counts,
    tiers: 0,
    apis: 1,
    subscriptions: 1,
    consents: 0,
    deviceSets: 0,
    signingKeys: 0,
  });
  const text = age.decrypt(file);
  assert.ok(!text.includes('anns') && !text.includes(filled.ipad));
  const to = await open(t);
  await to.app.call('applications.create', { name: 'Shop' });
  await to.app.call('backup.import', { file, backupIdentity: age.keyFile });
  const { items } = await to.app.call('applications.list', {});
  assert.deepEqual(
    items.map(({ name, activeTokens }) => [name, activeTokens]),
    [
      ['Shop', 0],
      ['Store', 3],
    ],
  );
});

test('a chosen application brings the APIs, tiers and scopes that it needs', async (t) => {
  const age = ageTool(t);
  const from = await open(t);
  await fillApp(from.app);
  const some = { applications: ['Shop'], tokens: 'none' as const, recipients: [age.recipient] };
  const { file, contents } = await from.app.call('backup.export', some);
  // Slow and 10KPerMin of the API, Trial and Gold of the subscriptions, 20PerMin of the application.
  assert.partialDeepStrictEqual(contents, { tiers: 5, apis: 1, subscriptions: 2, scopes: 0 });
  const to = await open(t);
  const { call } = to.app;
  await call('apis.create', { name: 'mine', version: '2', context: '/o' });
  const opening = { file, backupIdentity: age.keyFile };
  const { items } = await call('backup.preview', opening);
  assert.deepEqual(statesOf(items), {
    'tier:advanced/Slow': 'new',
    'tier:subscription/Trial': 'new',
    'api:orders/2': 'conflict',
    'user:tester': 'new',
    'application:Shop': 'new',
  });
  assert.equal(items.find(({ item }) => item === 'api:orders/2')?.why, 'its path belongs to mine/2 here');
  const takeAll = { ...opening, onConflict: 'theirs' } as const;
  await assert.rejects(call('backup.import', takeAll), { code: 'conflict', message: /\/o\/2 belongs to mine\/2/ });
  assert.deepEqual((await call('applications.list', {})).items, []);
  // Without its API, a subscription has no place.
  const kept = await call('backup.import', { ...opening, onConflict: 'mine' });
  assert.equal(kept.written.subscriptions, 0);
  await call('apis.delete', { api: 'mine' });
  const { written } = await call('backup.import', takeAll);
  assert.partialDeepStrictEqual(written, { apis: 1, tiers: 0, subscriptions: 2, applications: 1 });
  assert.deepEqual(statesOf((await call('backup.preview', opening)).items), {});
  const api = await call('apis.read', { api: 'orders/2' });
  assert.partialDeepStrictEqual(api, { tier: 'Slow', context: '/o', isDefaultVersion: true, subscriptions: 2 });
});

test('reads a backup of version 1, which says nothing about APIs, claims and newer settings', async (t) => {
  const age = ageTool(t);
  const { app } = await open(t);
  const { call } = app;
  await fillApp(app);
  const { file } = await call('backup.export', { recipients: [age.recipient] });
  const old = age
    .decrypt(file)
    .replace(`"version":${backupVersion}`, '"version":1')
    .split('\n')
    .filter((line) => !/^\{"(?:api|tier|subscription)"/.test(line))
    .map((line) =>
      line
        .replace(/,"apis":\[[\d,]*\]\}\}$/, '}}')
        .replace(/"claims":\{.*?\},(?="enabled")/, '')
        .replace(/"gatewayProfile":"[^"]*",/, ''),
    );
  await call('settings.write', { gatewayProfile: '4.x' });
  const opening = { file: age.encrypt(old.join('\n')), backupIdentity: age.keyFile };
  const { items, contents } = await call('backup.preview', opening);
  assert.partialDeepStrictEqual(contents, { apis: 0, tiers: 0, subscriptions: 0, applications: 2 });
  assert.deepEqual(statesOf(items), { 'scope:order': 'conflict' });
});

test('never takes keys from an application that stays', async (t) => {
  const age = ageTool(t);
  const { app } = await open(t);
  const { call } = app;
  await fillApp(app);
  const { file } = await call('backup.export', { recipients: [age.recipient] });
  const opening = { file, backupIdentity: age.keyFile };
  await call('applications.delete', { application: 'Store' });
  await call('applications.update', { application: 'Shop', name: 'Store' });
  const refused = { code: 'conflict', message: /consumer keys of application:Store, which you keep/ };
  await assert.rejects(
    call('backup.import', { ...opening, theirs: ['application:Shop'], mine: ['application:Store'] }),
    refused,
  );
  await call('backup.import', { ...opening, onConflict: 'theirs' });
  const { items } = await call('backup.preview', opening);
  assert.deepEqual(statesOf(items), {});
});

test('distinguishes invalid, damaged, newer and oversized backups, and writes nothing', async (t) => {
  const age = ageTool(t);
  const other = ageTool(t);
  const { app } = await open(t);
  const { call } = app;
  await fillApp(app);
  const { file } = await call('backup.export', { recipients: [age.recipient] });
  const text = age.decrypt(file);
  const before = contentOf(text);
  const bytes = Buffer.from(file, 'base64');
  const flipped = Buffer.from(bytes);
  flipped[flipped.length - 100] = (flipped[flipped.length - 100] ?? 0) ^ 1;
  const lines = text.trim().split('\n');
  const without = (kind: string) => lines.filter((line) => !line.startsWith(`{"${kind}"`)).join('\n');
  const sealed = (content: string) => age.encrypt(content);
  const cases: [name: string, file: string, code: string][] = [
    ['text', Buffer.from('hello').toString('base64'), 'backup_not_age'],
    ['nothing', '', 'backup_not_age'],
    ['no base64', 'häßlich', 'backup_not_age'],
    ['a newer age', Buffer.from('age-encryption.org/v2\n').toString('base64'), 'backup_newer'],
    ['cut off', bytes.subarray(0, -20).toString('base64'), 'backup_damaged'],
    ['cut off in its header', bytes.subarray(0, 40).toString('base64'), 'backup_damaged'],
    ['changed', flipped.toString('base64'), 'backup_damaged'],
    ['for others', other.encrypt(text), 'wrong_identity'],
    ['of something else', sealed('hello\n'), 'backup_damaged'],
    ['newer', sealed(text.replace(`"version":${backupVersion}`, `"version":${backupVersion + 1}`)), 'backup_newer'],
    ['without users', sealed(without('user')), 'backup_damaged'],
    ['without key sets', sealed(without('keySet')), 'backup_damaged'],
    ['without APIs', sealed(without('api')), 'backup_damaged'],
    [
      'without applications of subscriptions',
      sealed(text.replace(/("subscription":\{"application":)\d+/, '$199')),
      'backup_damaged',
    ],
    ['with a line twice', sealed(`${text}${lines.at(-1)}\n`), 'backup_damaged'],
    ['with another kind of line', sealed(`${text}{"policy":{}}\n`), 'backup_damaged'],
    ['with a live token without its NONE', sealed(text.replace('"stateId":"NONE"', '"stateId":"x"')), 'backup_damaged'],
    ['too large when opened', sealed('x'.repeat(33 * 1024 * 1024)), 'backup_too_large'],
  ];
  for (const [name, content, code] of cases) {
    await assert.rejects(
      call('backup.import', { file: content, backupIdentity: age.keyFile, onConflict: 'theirs' }),
      (error) => {
        assert.ok(error instanceof KeyfobError, name);
        assert.equal(error.code, code, name);
        return true;
      },
    );
  }
  await assert.rejects(call('backup.preview', { file }), { code: 'bad_input', message: /private key/ });
  await assert.rejects(call('backup.preview', { file, backupIdentity: 'AGE-SECRET-KEY-1X' }), { code: 'bad_input' });
  await assert.rejects(call('backup.export', { recipients: ['age1nobody'] }), { code: 'bad_input' });
  await assert.rejects(call('backup.export', {}), { code: 'bad_input' });
  const after = await call('backup.export', { recipients: [age.recipient] });
  assert.deepEqual(contentOf(age.decrypt(after.file)), before);
  const armored = age.encrypt(text, ['-a']);
  assert.deepEqual(statesOf((await call('backup.preview', { file: armored, backupIdentity: age.keyFile })).items), {});
});

test('a cancelled import writes nothing; only one import runs at a time', async (t) => {
  const age = ageTool(t);
  const from = await open(t);
  await fillApp(from.app);
  const device = Array.from({ length: 300 }, (_, at) => `device-${at}`);
  await from.app.call('devices.mint', { ...shop, username: 'tester', device });
  const { file } = await from.app.call('backup.export', { recipients: [age.recipient] });
  const opening = { file, backupIdentity: age.keyFile };
  const to = await open(t);
  const abort = new AbortController();
  const first = to.app.call('backup.import', opening, { signal: abort.signal, onProgress: () => abort.abort() });
  const second = to.app.call('backup.import', opening);
  await assert.rejects(second, { code: 'conflict', message: /Another import is running/ });
  await assert.rejects(first, { code: 'cancelled' });
  assert.deepEqual((await to.app.call('applications.list', {})).items, []);
  assert.equal((await to.app.call('users.list', {})).items.length, 1);
  assert.equal((await to.app.call('tokens.count', {})).total, 0);
  assert.equal((await to.app.call('backup.import', opening)).written.applications, 2);
});

test("an imported password revokes the user's local tokens, not the imported ones", async (t) => {
  const age = ageTool(t);
  const from = await open(t);
  const filled = await fillApp(from.app);
  const some = { applications: ['Shop'], recipients: [age.recipient] };
  const { file } = await from.app.call('backup.export', some);
  const to = await open(t);
  const { call } = to.app;
  await call('users.create', { username: 'tester', password: 'another', roles: ['reader'] });
  await call('applications.create', { name: 'Mine' });
  const mine = { application: 'Mine', keyType: 'PRODUCTION' } as const;
  await call('keys.generate', mine);
  const { accessToken } = await call('tokens.issue', { ...mine, username: 'tester' });
  await call('backup.import', { file, backupIdentity: age.keyFile, theirs: ['user:tester'] });
  assert.equal((await call('tokens.read', { token: accessToken })).state, 'REVOKED');
  assert.equal((await call('tokens.read', { token: filled.ipad })).valid, true);
  assert.equal((await call('users.reveal', { user: 'tester' })).password, 's3cret');
});

test('counts hashed tokens as not exported; stores no imported value when only hashes are wanted', async (t) => {
  const age = ageTool(t);
  const from = await open(t);
  const filled = await fillApp(from.app);
  const { call } = from.app;
  const all = (await call('tokens.count', {})).total;
  await call('settings.write', { tokenPersistence: 'hashed' });
  const hashed = await call('backup.export', { recipients: [age.recipient] });
  assert.deepEqual([hashed.contents.tokens, hashed.leftOut], [0, all]);
  assert.ok(!age.decrypt(hashed.file).includes(filled.ipad));

  // If the setting were imported unasked, it would delete values of a user who never chose it.
  const fresh = await open(t);
  const { items } = await fresh.app.call('backup.preview', { file: hashed.file, backupIdentity: age.keyFile });
  assert.equal(items.find(({ item }) => item === 'setting:tokenPersistence')?.state, 'conflict');

  const other = await open(t);
  const { ipad } = await fillApp(other.app);
  const exported = await other.app.call('backup.export', { recipients: [age.recipient], applications: ['Shop'] });
  assert.equal(exported.leftOut, 0);
  const opening = { file: exported.file, backupIdentity: age.keyFile, onConflict: 'theirs' } as const;
  const { written } = await call('backup.import', opening);
  assert.equal(written.tokens, exported.contents.tokens);
  const token = await call('tokens.read', { token: ipad });
  assert.deepEqual([token.valid, token.persistence], [true, 'hashed']);
  await call('settings.write', { tokenPersistence: 'encrypted' });
  await assert.rejects(call('tokens.reveal', { token: ipad }), { code: 'token_value_not_kept' });
});
