import assert from 'node:assert/strict';
import { test } from 'node:test';
import { failing, openWorld } from '../helpers/engine.ts';

const admin = { grant_type: 'password', username: 'admin', password: 'admin-secret' };
const daySeconds = 86_400;

test('counts and purges tokens that were retired long enough ago, and keeps the rest', async (t) => {
  const world = await openWorld(t);
  const old = await world.token(admin);
  await world.revoke({ token: old.accessToken });
  world.moveTo(10 * daySeconds);
  const young = await world.token({ ...admin, scope: 'a' });
  await world.revoke({ token: young.accessToken });
  const live = await world.token(admin);
  const overdue = await world.token({ ...admin, scope: 'b' });
  world.moveTo(11 * daySeconds);

  assert.deepEqual(await world.call('tokens.purgeable', { olderThanDays: 12 }), { count: 0 });
  assert.deepEqual(await world.call('tokens.purgeable', { olderThanDays: 5 }), { count: 1 });
  assert.deepEqual(await world.call('tokens.purge', { olderThanDays: 5 }), { purged: 1 });
  assert.equal(world.store.tokens.byId(old.tokenId), undefined);
  await assert.rejects(world.call('tokens.read', { token: old.accessToken }), failing('not_found', 'token'));
  assert.equal(world.stateOf(young), 'REVOKED/uuid');
  // Only retired tokens are purged. An expired ACTIVE one stays, no matter how old.
  assert.deepEqual(await world.call('tokens.purge', { olderThanDays: 0 }), { purged: 1 });
  assert.deepEqual([live, overdue].map(world.stateOf), ['ACTIVE/NONE', 'ACTIVE/NONE']);
  assert.deepEqual(await world.call('tokens.purge', { olderThanDays: 0 }), { purged: 0 });
});

test('purges only the tokens of an application, a user or a device', async (t) => {
  const world = await openWorld(t);
  const { call, production, sandbox } = world;
  const mint = async (keys: typeof production | typeof sandbox, username: string, device: string) => {
    const { items } = await call('devices.mint', { ...keys, username, device: [device] });
    await call('tokens.revoke', { token: String(items[0]?.id) });
  };
  await mint(production, 'bob', 'ipad');
  await mint(production, 'bob', 'pixel');
  await mint(production, 'admin', 'ipad');
  await mint(sandbox, 'bob', 'ipad');
  const count = async (by: object) => (await call('tokens.purgeable', { olderThanDays: 0, ...by })).count;
  assert.equal(await count({}), 4);
  assert.equal(await count(sandbox), 1);
  assert.equal(await count({ user: 'bob' }), 3);
  assert.equal(await count({ user: 'bob', device: 'ipad' }), 2);
  await assert.rejects(count({ user: 'nobody' }), failing('not_found', 'user'));
  assert.deepEqual(await call('tokens.purge', { olderThanDays: 0, device: 'ipad' }), { purged: 3 });
  assert.equal(await count({}), 1);
});

test('a working refresh token keeps only the row that it needs', async (t) => {
  const world = await openWorld(t);
  // Row 15: two rows, one refresh token.
  const a1 = await world.token(admin);
  world.moveTo(3700);
  const a8 = await world.token(admin);
  assert.equal(a8.refreshToken, a1.refreshToken);
  assert.deepEqual(await world.call('tokens.purge', { olderThanDays: 0 }), { purged: 1 });
  assert.equal(world.store.tokens.byId(a1.tokenId), undefined);
  assert.equal(world.refreshRowOf(a8).tokenId, a8.tokenId);
  // Row 16: the next token has its own refresh token, and this one still works.
  world.moveTo(84_000);
  const next = await world.token(admin);
  assert.notEqual(next.refreshToken, a8.refreshToken);
  assert.equal(world.stateOf(a8), 'EXPIRED/uuid');
  assert.deepEqual(await world.call('tokens.purge', { olderThanDays: 0 }), { purged: 0 });
  const refreshed = await world.token({ grant_type: 'refresh_token', refresh_token: a8.refreshToken ?? '' });
  assert.equal(refreshed.reason.rule, 'refreshed');
  // It has been used, so it is purged with its row.
  const refreshId = world.refreshRowOf(a8).id;
  assert.deepEqual(await world.call('tokens.purge', { olderThanDays: 0 }), { purged: 2 });
  assert.equal(world.store.refreshTokens.byId(refreshId), undefined);
});

test('moving the clock ahead purges nothing early', async (t) => {
  const world = await openWorld(t);
  const a1 = await world.token(admin);
  world.moveTo(84_000);
  const next = await world.token(admin);
  await world.revoke({ token: next.accessToken });
  await world.call('settings.write', { clockOffsetSeconds: 400 * daySeconds });
  // In real time they were retired just now, and the refresh token of a1 still works.
  assert.deepEqual(await world.call('tokens.purge', { olderThanDays: 1 }), { purged: 0 });
  assert.deepEqual(await world.call('tokens.purge', { olderThanDays: 0 }), { purged: 1 });
  await world.call('settings.write', { clockOffsetSeconds: 0 });
  const refreshed = await world.token({ grant_type: 'refresh_token', refresh_token: a1.refreshToken ?? '' });
  assert.equal(refreshed.reason.rule, 'refreshed');
});

test('histories and lists say when a token they name was purged', async (t) => {
  const world = await openWorld(t);
  const a1 = await world.token(admin);
  const a2 = await world.call('tokens.regenerate', { ...world.production, username: 'admin' });
  await world.token(admin);
  await world.call('tokens.purge', { olderThanDays: 0 });
  const explained = await world.call('tokens.explain', { token: String(a2.id) });
  assert.match(explained.text, /^New: regenerated for .*, and a token that was purged since was revoked\.$/m);
  assert.deepEqual(explained.purged, [a1.tokenId]);
  assert.deepEqual(explained.tuple, []);
});

test('a refresh says when the refresh token was purged with a newer token', async (t) => {
  const world = await openWorld(t, { renewRefreshToken: false });
  const a1 = await world.token(admin);
  world.moveTo(3700);
  const a8 = await world.token(admin);
  await world.revoke({ token: a8.accessToken });
  world.moveTo(2 * daySeconds);
  // Retired a second time, after the token that replaced it.
  await world.call('tokens.revoke', { token: String(a1.tokenId) });
  assert.deepEqual(await world.call('tokens.purge', { olderThanDays: 1 }), { purged: 1 });
  const token = String(a1.tokenId);
  assert.deepEqual(await world.call('tokens.reveal', { token }), { id: a1.tokenId, accessToken: a1.accessToken });
  assert.equal((await world.call('tokens.explain', { token })).refreshTokenPersistence, undefined);
  await assert.rejects(
    world.call('tokens.refresh', { token }),
    failing('refused', undefined, /was purged with a newer token/),
  );
});

test('the automatic purge follows its setting, and does nothing while it is not set', async (t) => {
  const world = await openWorld(t);
  const purge = async () => {
    const steps = world.engine.purgeRetiredTokens();
    while (!(await world.transact(() => steps.next())).done);
  };
  const a1 = await world.token(admin);
  await world.revoke({ token: a1.accessToken });
  world.moveTo(30 * daySeconds);
  await purge();
  assert.equal(world.stateOf(a1), 'REVOKED/uuid');
  await world.call('settings.write', { retiredTokensKeptDays: 31 });
  await purge();
  assert.equal(world.stateOf(a1), 'REVOKED/uuid');
  await world.call('settings.write', { retiredTokensKeptDays: 30 });
  await purge();
  assert.equal(world.store.tokens.byId(a1.tokenId), undefined);
});
