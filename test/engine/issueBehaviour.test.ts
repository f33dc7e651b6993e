import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openWorld } from '../helpers/engine.ts';

const bob = { grant_type: 'password', username: 'bob', password: 'bob-secret' };
const cc = { grant_type: 'client_credentials' };

test('renew: each request issues a new token and revokes the one before, refresh token included', async (t) => {
  const world = await openWorld(t);
  await world.call('keys.update', { ...world.production, issueBehaviour: 'renew' });
  for (const form of [bob, cc]) {
    const first = await world.token(form);
    const next = await world.token(form);
    assert.notEqual(next.accessToken, first.accessToken);
    if (form === bob) assert.notEqual(next.refreshToken, first.refreshToken);
    assert.equal(next.reason.rule, 'issued_renew');
    assert.equal(world.stateOf(first), 'REVOKED/uuid');
    assert.equal(world.stateOf(next), 'ACTIVE/NONE');
  }
});

test('renew: what ran out expires, and its refresh token stays', async (t) => {
  const world = await openWorld(t);
  await world.call('keys.update', { ...world.production, issueBehaviour: 'renew' });
  const first = await world.token(bob);
  world.moveTo(3700);
  const next = await world.token(bob);
  assert.equal(next.reason.rule, 'issued_after_expiry');
  assert.equal(next.refreshToken, first.refreshToken);
  assert.equal(world.stateOf(first), 'EXPIRED/uuid');
});

test('multiple: each request issues a token of its own, and all live', async (t) => {
  const world = await openWorld(t);
  await world.call('keys.update', { ...world.production, issueBehaviour: 'multiple' });
  const tokens = [await world.token(bob), await world.token(bob), await world.token(bob)];
  const refs = tokens.map((token) => world.rowOf(token).bindingRef);
  assert.equal(new Set(refs).size, 3);
  assert.ok(!refs.includes('NONE'));
  for (const { accessToken } of tokens) assert.equal(world.introspect(accessToken).active, true);
});

test('multiple: a refresh keeps the binding reference, and leaves the others alone', async (t) => {
  const world = await openWorld(t);
  await world.call('keys.update', { ...world.production, issueBehaviour: 'multiple' });
  const one = await world.token(bob);
  const other = await world.token(bob);
  const next = await world.token({ grant_type: 'refresh_token', refresh_token: one.refreshToken ?? '' });
  assert.equal(world.rowOf(next).bindingRef, world.rowOf(one).bindingRef);
  assert.equal(world.stateOf(one), 'INACTIVE/uuid');
  assert.equal(world.stateOf(other), 'ACTIVE/NONE');
});

test('multiple: re-generating revokes all of the same scopes; deleting the user revokes all', async (t) => {
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

test('changing the lifetimes of a key set leaves its tokens as they are', async (t) => {
  const world = await openWorld(t);
  await world.token(bob);
  await world.call('keys.update', { ...world.production, userTokenValiditySeconds: 60 });
  world.moveTo(10);
  assert.equal((await world.token(bob)).expiresInSeconds, 3590);
  assert.equal((await world.token({ ...bob, scope: 'a' })).expiresInSeconds, 60);
});

test('changing a default touches only key sets generated afterwards', async (t) => {
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

test('moving the clock back makes an overdue token valid again', async (t) => {
  const world = await openWorld(t);
  const token = await world.token(bob);
  await world.call('settings.write', { clockOffsetSeconds: 3601 });
  assert.equal(world.introspect(token.accessToken).active, false);
  assert.equal(world.stateOf(token), 'ACTIVE/NONE');
  await world.call('settings.write', { clockOffsetSeconds: 0 });
  assert.equal((await world.token(bob)).accessToken, token.accessToken);
  assert.equal(world.introspect(token.accessToken).active, true);
});
