import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { App } from '../../main/app.ts';
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

/** Two applications with tokens of every fate. */
async function furnish({ call }: App) {
  await call('users.setPassword', { user: 'admin', password: 'the owner' });
  await call('users.create', { username: 'tester', password: 's3cret', roles: ['reader'] });
  await call('users.create', { username: 'SECOND/ann@example.com', password: 'anns' });
  await call('users.create', { username: 'gone', password: 'gone' });
  await call('scopes.create', { name: 'read', description: 'to read', roles: ['reader'] });
  await call('scopes.create', { name: 'unused' });
  await call('applications.create', { name: 'Shop', owner: 'tester', description: 'of the tests', tier: 'Gold' });
  await call('applications.create', { name: 'Store' });
  await call('keys.generate', { ...shop, issueBehaviour: 'reuse' });
  await call('keys.update', { ...shop, allowedOrigins: ['http://localhost:3000'], userTokenValiditySeconds: -1 });
  await call('keys.generate', { ...store, issueBehaviour: 'multiple' });
  await call('settings.write', { skewSeconds: 5, port: 9000 });
  const ipad = await call('devices.mint', { ...shop, username: 'tester', device: ['ipad', 'iphone', 'pixel'] });
  await call('devices.revoke', { ...shop, username: 'tester', device: 'pixel' });
  await call('devices.mint', { ...shop, username: 'tester', device: ['ipad'] });
  const first = await call('tokens.issue', { ...store, username: 'gone', scope: 'read' });
  const second = await call('tokens.refresh', { token: first.accessToken });
  await call('tokens.setEnd', { token: second.accessToken, inSeconds: 900 });
  await call('users.delete', { user: 'gone' });
  await call('tokens.issue', { ...store, username: 'tester', scope: 'read' });
  await call('tokens.issue', { ...store, username: 'tester', scope: 'read' });
  return { ipad: ipad.items[0]?.accessToken ?? '', iphone: ipad.items[1]?.accessToken ?? '', first, second };
}

const isName = /^(?:ref|owner|application|keySet|user|refreshToken|tokenId|otherTokenId)$/;

/** The same with members in order, and without the numbers of rows. */
const canonical = (value: unknown, name = ''): unknown => {
  if (typeof value === 'number' && isName.test(name)) return '#';
  if (Array.isArray(value)) return value.map((one) => canonical(one));
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).map(([key, one]) => [key, canonical(one, key)]);
  return Object.fromEntries(members.sort());
};

/** What a backup says, whatever its rows are called. The owner that each vault has is as old as the vault. */
const contentOf = (text: string): unknown[] =>
  text
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => JSON.stringify(canonical(JSON.parse(line))).replace(/("user":\{"createdAtMs":)\d+/, '$1'))
    .sort();

test('moved to another installation, everything is as it was, and what age opens', async (t) => {
  const age = ageTool(t);
  const from = await open(t);
  const made = await furnish(from.app);
  const exported = await from.app.call('backup.export', { recipients: [age.recipient] });
  const text = age.decrypt(exported.file);
  assert.ok(text.includes('"s3cret"') && text.includes(made.ipad));
  const to = await open(t);
  const opening = { file: exported.file, backupIdentity: age.keyFile };
  const preview = await to.app.call('backup.preview', opening);
  assert.deepEqual(preview.items.filter(({ state }) => state === 'conflict'), []);
  const done = await to.app.call('backup.import', opening);
  assert.deepEqual(done.written.tokens, exported.contents.tokens);
  const again = await to.app.call('backup.export', { recipients: [age.recipient] });
  assert.deepEqual(contentOf(age.decrypt(again.file)), contentOf(text));
  const after = await to.app.call('backup.preview', opening);
  assert.deepEqual(after.items.filter(({ state }) => state !== 'equal'), []);
  const explained = await to.app.call('tokens.explain', { token: made.first.accessToken });
  assert.equal(explained.token.state, 'REVOKED');
});
