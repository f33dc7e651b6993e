import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openWorld, refused } from '../../helpers/engine.ts';

const admin = { grant_type: 'password', username: 'admin', password: 'admin-secret' };

test('1 password grant without scope: a new token for "default"', async (t) => {
  const world = await openWorld(t);
  const a1 = await world.token(admin);
  assert.equal(a1.scope, 'default');
  assert.equal(a1.expiresInSeconds, 3600);
  assert.equal(typeof a1.refreshToken, 'string');
  assert.equal(a1.reason.rule, 'issued_first');
  assert.equal(world.stateOf(a1), 'ACTIVE/NONE');
});

test('2 the same request at t=10: the same token with 3590 s left, its row unchanged', async (t) => {
  const world = await openWorld(t);
  const a1 = await world.token(admin);
  const before = world.rowOf(a1);
  world.moveTo(10);
  const again = await world.token(admin);
  assert.equal(again.accessToken, a1.accessToken);
  assert.equal(again.refreshToken, a1.refreshToken);
  assert.equal(again.expiresInSeconds, 3590);
  assert.equal(again.reason.rule, 'reused');
  assert.deepEqual(world.rowOf(a1), before);
});

test('3 scope=default asks for the same token as no scope', async (t) => {
  const world = await openWorld(t);
  const a1 = await world.token(admin);
  const again = await world.token({ ...admin, scope: 'default' });
  assert.equal(again.accessToken, a1.accessToken);
  assert.equal(again.reason.scopesDropped, undefined);
});

test('4 scope=nonsense is dropped, which leaves "default"', async (t) => {
  const world = await openWorld(t);
  const a1 = await world.token(admin);
  const again = await world.token({ ...admin, scope: 'nonsense' });
  assert.equal(again.accessToken, a1.accessToken);
  assert.equal(again.scope, 'default');
  assert.deepEqual(again.reason.scopesDropped, [{ scope: 'nonsense', why: 'unknown' }]);
});

test('4 with scopePolicy echo: nonsense is granted, in a separate token', async (t) => {
  const world = await openWorld(t, { scopePolicy: 'echo' });
  const a1 = await world.token(admin);
  const other = await world.token({ ...admin, scope: 'nonsense' });
  assert.notEqual(other.accessToken, a1.accessToken);
  assert.equal(other.scope, 'nonsense');
});

test('5 another scope set is another token, with its scopes sorted', async (t) => {
  const world = await openWorld(t);
  const a1 = await world.token(admin);
  const a2 = await world.token({ ...admin, scope: 'b a' });
  assert.notEqual(a2.accessToken, a1.accessToken);
  assert.notEqual(a2.refreshToken, a1.refreshToken);
  assert.equal(a2.scope, 'a b');
  assert.equal(a2.expiresInSeconds, 3600);
  assert.equal(world.stateOf(a1), 'ACTIVE/NONE');
});

test('6 order and repetition of scopes do not matter', async (t) => {
  const world = await openWorld(t);
  const a2 = await world.token({ ...admin, scope: 'b a' });
  for (const scope of ['a b', 'a b a', '  b\ta ']) {
    const again = await world.token({ ...admin, scope });
    assert.equal(again.accessToken, a2.accessToken, scope);
    assert.equal(again.refreshToken, a2.refreshToken, scope);
  }
});

test('7 a subset of the scopes is another token', async (t) => {
  const world = await openWorld(t);
  const a2 = await world.token({ ...admin, scope: 'b a' });
  const a3 = await world.token({ ...admin, scope: 'a' });
  assert.notEqual(a3.accessToken, a2.accessToken);
  assert.notEqual(a3.refreshToken, a2.refreshToken);
  assert.equal(a3.scope, 'a');
  assert.equal(world.stateOf(a2), 'ACTIVE/NONE');
});

test('8 a scope whose role the user lacks is dropped', async (t) => {
  const world = await openWorld(t);
  const a2 = await world.token({ ...admin, scope: 'b a' });
  const again = await world.token({ ...admin, scope: 'a b c' });
  assert.equal(again.accessToken, a2.accessToken);
  assert.equal(again.refreshToken, a2.refreshToken);
  assert.equal(again.scope, 'a b');
  assert.deepEqual(again.reason.scopesDropped, [{ scope: 'c', why: 'role_missing' }]);
});

test('9 a device scope gives a separate token', async (t) => {
  const world = await openWorld(t);
  const a1 = await world.token(admin);
  const a4 = await world.token({ ...admin, scope: 'device_ipad' });
  assert.notEqual(a4.accessToken, a1.accessToken);
  assert.notEqual(a4.refreshToken, a1.refreshToken);
  assert.equal(a4.scope, 'device_ipad');
  assert.equal(world.stateOf(a1), 'ACTIVE/NONE');
});

test('10 another device gets another token, the first stays', async (t) => {
  const world = await openWorld(t);
  const a4 = await world.token({ ...admin, scope: 'device_ipad' });
  const a5 = await world.token({ ...admin, scope: 'device_iphone' });
  assert.notEqual(a5.accessToken, a4.accessToken);
  assert.notEqual(a5.refreshToken, a4.refreshToken);
  assert.equal(a5.scope, 'device_iphone');
  assert.equal(world.stateOf(a4), 'ACTIVE/NONE');
});

test('11 two devices and a scope are one set: one token, distinct from its subsets', async (t) => {
  const world = await openWorld(t);
  const a4 = await world.token({ ...admin, scope: 'device_ipad' });
  const a5 = await world.token({ ...admin, scope: 'device_iphone' });
  const a6 = await world.token({ ...admin, scope: 'device_ipad device_iphone a' });
  assert.equal(a6.scope, 'a device_ipad device_iphone');
  assert.equal(new Set([a4, a5, a6].map(({ accessToken }) => accessToken)).size, 3);
  assert.equal(world.stateOf(a4), 'ACTIVE/NONE');
  assert.equal(world.stateOf(a5), 'ACTIVE/NONE');
});

test('12 "default" next to a device scope is dropped: the device\'s token', async (t) => {
  const world = await openWorld(t);
  const a4 = await world.token({ ...admin, scope: 'device_ipad' });
  world.moveTo(5);
  const again = await world.token({ ...admin, scope: 'device_ipad default' });
  assert.equal(again.accessToken, a4.accessToken);
  assert.equal(again.refreshToken, a4.refreshToken);
  assert.equal(again.scope, 'device_ipad');
  assert.equal(again.expiresInSeconds, 3595);
});

test('12 with scopePolicy echo: "default" next to a device scope stays', async (t) => {
  const world = await openWorld(t, { scopePolicy: 'echo' });
  const a4 = await world.token({ ...admin, scope: 'device_ipad' });
  const other = await world.token({ ...admin, scope: 'device_ipad default' });
  assert.notEqual(other.accessToken, a4.accessToken);
  assert.equal(other.scope, 'default device_ipad');
});

test('13 with 1.5 s left the token is reused', async (t) => {
  const world = await openWorld(t);
  const a1 = await world.token(admin);
  world.moveTo(3598.5);
  const again = await world.token(admin);
  assert.equal(again.accessToken, a1.accessToken);
  assert.equal(again.expiresInSeconds, 1);
  assert.equal(world.stateOf(a1), 'ACTIVE/NONE');
});

test('14 with 0.8 s left a new token is issued, and the refresh token stays', async (t) => {
  const world = await openWorld(t);
  const a1 = await world.token(admin);
  world.moveTo(3599.2);
  const a8 = await world.token(admin);
  assert.notEqual(a8.accessToken, a1.accessToken);
  assert.equal(a8.refreshToken, a1.refreshToken);
  assert.equal(a8.expiresInSeconds, 3600);
  assert.equal(a8.reason.rule, 'issued_after_expiry');
  assert.equal(a8.reason.refreshTokenKept, true);
  assert.equal(world.stateOf(a1), 'EXPIRED/uuid');
});

test('14 with exactly one second left the token counts as expired', async (t) => {
  const world = await openWorld(t);
  const a1 = await world.token(admin);
  world.moveTo(3599);
  assert.notEqual((await world.token(admin)).accessToken, a1.accessToken);
});

test('15 after expiry the refresh token stays, with its original issue time', async (t) => {
  const world = await openWorld(t);
  const a1 = await world.token(admin);
  const r1 = world.refreshRowOf(a1);
  world.moveTo(3700);
  assert.equal(world.stateOf(a1), 'ACTIVE/NONE');
  const a8 = await world.token(admin);
  assert.equal(a8.refreshToken, a1.refreshToken);
  assert.equal(world.stateOf(a1), 'EXPIRED/uuid');
  const { issuedAtMs, validityMs } = world.refreshRowOf(a8);
  assert.deepEqual({ issuedAtMs, validityMs }, { issuedAtMs: r1.issuedAtMs, validityMs: r1.validityMs });
});

test('16 a refresh token with less left than the new access token is replaced', async (t) => {
  const world = await openWorld(t);
  const a1 = await world.token(admin);
  world.moveTo(84_000);
  const next = await world.token(admin);
  assert.notEqual(next.accessToken, a1.accessToken);
  assert.notEqual(next.refreshToken, a1.refreshToken);
  assert.equal(next.expiresInSeconds, 3600);
  assert.equal(world.stateOf(a1), 'EXPIRED/uuid');
});

test('17 a valid token is not reused once its refresh token has expired', async (t) => {
  const world = await openWorld(t);
  await world.call('keys.update', { ...world.production, userTokenValiditySeconds: 100_000 });
  const a1 = await world.token(admin);
  world.moveTo(86_500);
  const next = await world.token(admin);
  assert.notEqual(next.accessToken, a1.accessToken);
  assert.notEqual(next.refreshToken, a1.refreshToken);
  assert.equal(next.expiresInSeconds, 100_000);
  assert.equal(next.reason.rule, 'issued_refresh_token_dead');
  assert.equal(world.stateOf(a1), 'EXPIRED/uuid');
});

test('18 after the access token is revoked, both values are new', async (t) => {
  const world = await openWorld(t);
  const a1 = await world.token(admin);
  await world.revoke({ token: a1.accessToken });
  const a9 = await world.token(admin);
  assert.notEqual(a9.accessToken, a1.accessToken);
  assert.notEqual(a9.refreshToken, a1.refreshToken);
  assert.equal(a9.expiresInSeconds, 3600);
  assert.equal(world.stateOf(a1), 'REVOKED/uuid');
});

test('19 after the refresh token is revoked, both values are new', async (t) => {
  const world = await openWorld(t);
  const a1 = await world.token(admin);
  await world.revoke({ token: a1.refreshToken ?? '' });
  const a9 = await world.token(admin);
  assert.notEqual(a9.accessToken, a1.accessToken);
  assert.notEqual(a9.refreshToken, a1.refreshToken);
  assert.equal(world.stateOf(a1), 'REVOKED/uuid');
});

test("37 another user has another tuple; the first user's rows stay", async (t) => {
  const world = await openWorld(t);
  const a1 = await world.token(admin);
  const other = await world.token({ grant_type: 'password', username: 'bob', password: 'bob-secret' });
  assert.notEqual(other.accessToken, a1.accessToken);
  assert.notEqual(other.refreshToken, a1.refreshToken);
  assert.equal(other.expiresInSeconds, 3600);
  assert.equal(world.stateOf(a1), 'ACTIVE/NONE');
});

test('38 ADMIN, admin@carbon.super and PRIMARY/admin are the same user', async (t) => {
  const world = await openWorld(t);
  const a1 = await world.token(admin);
  for (const username of ['ADMIN', 'admin@carbon.super', 'PRIMARY/admin', 'primary/Admin@Carbon.Super']) {
    const again = await world.token({ ...admin, username });
    assert.equal(again.accessToken, a1.accessToken, username);
    assert.equal(again.refreshToken, a1.refreshToken, username);
  }
});

test('39 SECONDARY/admin is another user', async (t) => {
  const world = await openWorld(t);
  const a1 = await world.token(admin);
  await world.call('users.create', { username: 'SECONDARY/admin', password: 'second-secret' });
  const other = await world.token({ ...admin, username: 'SECONDARY/admin', password: 'second-secret' });
  assert.notEqual(other.accessToken, a1.accessToken);
  assert.equal(world.stateOf(a1), 'ACTIVE/NONE');
  await assert.rejects(
    world.token({ ...admin, username: 'SECONDARY/admin' }),
    refused(400, 'invalid_grant', 'Authentication failed for SECONDARY/admin'),
  );
});

test("40 the sandbox keys have separate tokens; the production keys' tokens stay", async (t) => {
  const world = await openWorld(t);
  const a1 = await world.token(admin);
  const other = await world.token(admin, world.sandboxClient);
  assert.notEqual(other.accessToken, a1.accessToken);
  assert.equal(other.expiresInSeconds, 3600);
  assert.equal(world.stateOf(a1), 'ACTIVE/NONE');
});

test('42 a never-expiring user token is reused (documentation)', async (t) => {
  const world = await openWorld(t);
  await world.call('keys.update', { ...world.production, userTokenValiditySeconds: -2 });
  const a1 = await world.token(admin);
  assert.equal(a1.expiresInSeconds, null);
  // After every refresh token has expired.
  world.moveTo(100_000);
  const again = await world.token(admin);
  assert.equal(again.accessToken, a1.accessToken);
  assert.equal(again.expiresInSeconds, null);
});

test('42 with infiniteUserTokenReuse off: a new token each time, the same refresh token (code)', async (t) => {
  const world = await openWorld(t, { infiniteUserTokenReuse: false });
  await world.call('keys.update', { ...world.production, userTokenValiditySeconds: -2 });
  const a1 = await world.token(admin);
  const next = await world.token(admin);
  assert.notEqual(next.accessToken, a1.accessToken);
  assert.equal(next.refreshToken, a1.refreshToken);
  assert.equal(next.expiresInSeconds, null);
  assert.equal(next.reason.rule, 'issued_never_expiring_renewed');
  assert.equal(world.stateOf(a1), 'EXPIRED/uuid');
});

test('50 a skew of 300 s adds to the time left', async (t) => {
  const world = await openWorld(t, { skewSeconds: 300 });
  const a1 = await world.token(admin);
  assert.equal(a1.expiresInSeconds, 3600);
  world.moveTo(1);
  const again = await world.token(admin);
  assert.equal(again.accessToken, a1.accessToken);
  assert.equal(again.refreshToken, a1.refreshToken);
  assert.equal(again.expiresInSeconds, 3899);
  world.moveTo(3899);
  assert.equal(world.introspect(a1.accessToken).active, true);
  world.moveTo(3900);
  assert.equal(world.introspect(a1.accessToken).active, false);
});

test('50 without skew a token expires at its stated time', async (t) => {
  const world = await openWorld(t);
  const a1 = await world.token(admin);
  world.moveTo(1);
  assert.equal((await world.token(admin)).expiresInSeconds, 3599);
  world.moveTo(3599.999);
  assert.equal(world.introspect(a1.accessToken).active, true);
  world.moveTo(3600);
  assert.equal(world.introspect(a1.accessToken).active, false);
});
