import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { createLocalJWKSet, decodeProtectedHeader, type JSONWebKeySet, jwtVerify } from 'jose';
import { ageTool } from '../helpers/age.ts';
import { openServingApp } from '../helpers/app.ts';
import { ask, request } from '../listener/wire.ts';

const shop = { application: 'Shop', keyType: 'PRODUCTION' } as const;

async function open(t: TestContext) {
  const { app, status, close, faults } = await openServingApp();
  t.after(async () => {
    await close();
    assert.deepEqual(faults, []);
  });
  const http = { port: status.httpPort ?? 0 };
  const published = async (): Promise<JSONWebKeySet> =>
    JSON.parse((await ask(http, request('GET /oauth2/jwks HTTP/1.1', {}))).body);
  const issueJwt = async () => {
    await app.call('keys.update', { ...shop, tokenFormat: 'rfc9068' });
    return (await app.call('tokens.issue', { ...shop, username: 'tester' })).accessToken;
  };
  return { app, published, issueJwt };
}

const kidOf = (jwt: string): string => String(decodeProtectedHeader(jwt).kid);

test('a JWT and its key work in another installation, whose own key has not signed yet', async (t) => {
  const age = ageTool(t);
  const from = await open(t);
  const jwt = await from.issueJwt();
  const { file, contents } = await from.app.call('backup.export', { recipients: [age.recipient] });
  assert.equal(contents.signingKeys, 2);
  const to = await open(t);
  const opening = { file, backupIdentity: age.keyFile, onConflict: 'theirs' } as const;
  const { written } = await to.app.call('backup.import', opening);
  assert.equal(written.signingKeys, 2);
  assert.equal((await to.app.call('tokens.read', { token: jwt })).valid, true);
  assert.equal((await to.app.call('tokens.decode', { token: jwt })).signatureGood, true);
  assert.ok(await jwtVerify(jwt, createLocalJWKSet(await to.published())));
  // The same key goes on signing, and the new one is not even published.
  const next = await to.app.call('tokens.issue', { ...shop, username: 'tester', scope: 'device_next' });
  assert.equal(kidOf(next.accessToken), kidOf(jwt));
  assert.equal(new Set((await to.published()).keys.map(({ n, x }) => n ?? x)).size, 2);
  const preview = await to.app.call('backup.preview', { file, backupIdentity: age.keyFile });
  const states = preview.items.filter(({ item }) => item.startsWith('signingKey:')).map(({ state }) => state);
  assert.deepEqual(states, ['equal', 'equal']);
});

test('a key that has signed stays, and the imported one is published for its JWTs', async (t) => {
  const age = ageTool(t);
  const from = await open(t);
  const jwt = await from.issueJwt();
  const { file } = await from.app.call('backup.export', { recipients: [age.recipient] });
  const to = await open(t);
  const own = await to.issueJwt();
  await to.app.call('backup.import', { file, backupIdentity: age.keyFile, onConflict: 'theirs' });
  const keys = createLocalJWKSet(await to.published());
  for (const one of [jwt, own]) assert.ok(await jwtVerify(one, keys));
  const { items } = await to.app.call('signingKeys.list', {});
  assert.equal(items.find(({ kid }) => kid === kidOf(jwt))?.state, 'retired');
  const next = await to.app.call('tokens.issue', { ...shop, username: 'tester', scope: 'device_next' });
  assert.equal(kidOf(next.accessToken), kidOf(own));
});

test('refuses a key of a backup that does not belong to its certificate, and imports nothing', async (t) => {
  const age = ageTool(t);
  const { app } = await open(t);
  const { file } = await app.call('backup.export', { recipients: [age.recipient] });
  const text = age.decrypt(file);
  const [first, second] = text.match(/"privateKey":"[^"]*"/g) ?? [];
  const swapped = text
    .replace(first ?? '', 'HERE')
    .replace(second ?? '', first ?? '')
    .replace('HERE', second ?? '');
  assert.notEqual(swapped, text);
  const to = await open(t);
  await to.app.call('users.create', { username: 'mine', password: 'mine' });
  const opening = { file: age.encrypt(swapped), backupIdentity: age.keyFile, onConflict: 'theirs' } as const;
  await assert.rejects(to.app.call('backup.import', opening), { code: 'backup_damaged', message: /signing key/ });
  assert.equal((await to.app.call('signingKeys.list', {})).items.length, 2);
});
