import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openWorld, refused } from '../helpers/engine.ts';

const bob = { grant_type: 'password', username: 'bob', password: 'bob-secret' };
const cc = { grant_type: 'client_credentials' };

test('48 renew: each request issues a new token and revokes the previous one; the refresh token stays', async (t) => {
  const world = await openWorld(t);
  await world.call('keys.update', { ...world.production, issueBehaviour: 'renew' });
  for (const form of [bob, cc]) {
    const first = await world.token(form);
    const next = await world.token(form);
    assert.notEqual(next.accessToken, first.accessToken);
    assert.equal(next.refreshToken, first.refreshToken);
    assert.equal(next.reason.refreshTokenKept, form === bob ? true : undefined);
    assert.equal(next.reason.rule, 'issued_renew');
    assert.equal(world.stateOf(first), 'REVOKED/uuid');
    assert.equal(world.stateOf(next), 'ACTIVE/NONE');
  }
});

test('48 renew: two workers of a user refresh with the same token, which keeps its expiry', async (t) => {
  const world = await openWorld(t);
  await world.call('keys.update', { ...world.production, issueBehaviour: 'renew' });
  const first = await world.token(bob);
  world.moveTo(10);
  const second = await world.token(bob);
  assert.equal(world.refreshRowOf(second).issuedAtMs, world.refreshRowOf(first).issuedAtMs);
  const refreshed = await world.token({ grant_type: 'refresh_token', refresh_token: first.refreshToken ?? '' });
  assert.equal(world.stateOf(second), 'INACTIVE/uuid');
  assert.equal(world.stateOf(refreshed), 'ACTIVE/NONE');
  // It is not carried over once it expires before the new access token.
  world.moveTo(84_000);
  const third = await world.token(bob);
  world.moveTo(84_000 + 84_000);
  assert.notEqual((await world.token(bob)).refreshToken, third.refreshToken);
});

test('48 renewRefreshTokenToo: a new refresh token each time, and the old one stops working', async (t) => {
  const world = await openWorld(t, { renewRefreshTokenToo: true });
  await world.call('keys.update', { ...world.production, issueBehaviour: 'renew' });
  const first = await world.token(bob);
  const next = await world.token(bob);
  assert.notEqual(next.refreshToken, first.refreshToken);
  assert.equal(next.reason.refreshTokenKept, undefined);
  await assert.rejects(
    world.token({ grant_type: 'refresh_token', refresh_token: first.refreshToken ?? '' }),
    refused(400, 'invalid_grant', 'Invalid refresh token state'),
  );
});

test('renew: an expired token becomes EXPIRED, and its refresh token stays', async (t) => {
  const world = await openWorld(t);
  await world.call('keys.update', { ...world.production, issueBehaviour: 'renew' });
  const first = await world.token(bob);
  world.moveTo(3700);
  const next = await world.token(bob);
  assert.equal(next.reason.rule, 'issued_after_expiry');
  assert.equal(next.refreshToken, first.refreshToken);
  assert.equal(world.stateOf(first), 'EXPIRED/uuid');
});

test('multiple: each request issues its own token, and all stay live', async (t) => {
  const world = await openWorld(t);
  await world.call('keys.update', { ...world.production, issueBehaviour: 'multiple' });
  const tokens = [await world.token(bob), await world.token(bob), await world.token(bob)];
  const refs = tokens.map((token) => world.rowOf(token).bindingRef);
  assert.equal(new Set(refs).size, 3);
  assert.ok(!refs.includes('NONE'));
  for (const { accessToken } of tokens) assert.equal(world.introspect(accessToken).active, true);
});

test('multiple: a refresh keeps the binding reference, and does not touch other tokens', async (t) => {
  const world = await openWorld(t);
  await world.call('keys.update', { ...world.production, issueBehaviour: 'multiple' });
  const one = await world.token(bob);
  const other = await world.token(bob);
  const next = await world.token({ grant_type: 'refresh_token', refresh_token: one.refreshToken ?? '' });
  assert.equal(world.rowOf(next).bindingRef, world.rowOf(one).bindingRef);
  assert.equal(world.stateOf(one), 'INACTIVE/uuid');
  assert.equal(world.stateOf(other), 'ACTIVE/NONE');
});

test('multiple: regenerating revokes all with the same scopes; deleting the user revokes all', async (t) => {
  const world = await openWorld(t);
  await world.call('keys.update', { ...world.production, issueBehaviour: 'multiple' });
  const olds = [await world.token(bob), await world.token(bob)];
  const device = await world.token({ ...bob, scope: 'device_ipad' });
  const next = await world.call('tokens.regenerate', { ...world.production, username: 'bob' });
  for (const old of olds) assert.equal(world.stateOf(old), 'REVOKED/uuid');
  assert.equal(world.stateOf(device), 'ACTIVE/NONE');
  await world.token(bob);
  const { tokensRevoked } = await world.call('users.delete', { user: 'bob' });
  assert.equal(tokensRevoked, 3);
  assert.equal(world.introspect(next.accessToken).active, false);
});

test('changing the lifetimes of a key set does not change its tokens', async (t) => {
  const world = await openWorld(t);
  await world.token(bob);
  await world.call('keys.update', { ...world.production, userTokenValiditySeconds: 60 });
  world.moveTo(10);
  assert.equal((await world.token(bob)).expiresInSeconds, 3590);
  assert.equal((await world.token({ ...bob, scope: 'a' })).expiresInSeconds, 60);
});

test('changing a default affects only key sets generated later', async (t) => {
  const world = await openWorld(t);
  await world.call('settings.write', { applicationTokenValiditySeconds: 7200, refreshTokenValiditySeconds: -1 });
  assert.equal((await world.token(cc)).expiresInSeconds, 3600);
  await world.call('applications.create', { name: 'Later' });
  const keys = await world.call('keys.generate', { application: 'Later', keyType: 'PRODUCTION' });
  assert.equal(keys.token.expiresInSeconds, 7200);
  assert.equal(keys.refreshTokenValiditySeconds, -1);
  const [old] = (await world.call('keys.list', { application: 'Shop' })).items;
  assert.equal(old?.applicationTokenValiditySeconds, 3600);
});

test('moving the clock back makes an expired token valid again', async (t) => {
  const world = await openWorld(t);
  const token = await world.token(bob);
  await world.call('settings.write', { clockOffsetSeconds: 3601 });
  assert.equal(world.introspect(token.accessToken).active, false);
  assert.equal(world.stateOf(token), 'ACTIVE/NONE');
  await world.call('settings.write', { clockOffsetSeconds: 0 });
  assert.equal((await world.token(bob)).accessToken, token.accessToken);
  assert.equal(world.introspect(token.accessToken).active, true);
});
