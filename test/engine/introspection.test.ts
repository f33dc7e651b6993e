import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openWorld, refused, startMs } from '../helpers/engine.ts';

const bob = { grant_type: 'password', username: 'bob', password: 'bob-secret' };
const inactive = { active: false };

test('describes an active token', async (t) => {
  const world = await openWorld(t);
  world.moveTo(0.7);
  const token = await world.token({ ...bob, scope: 'b a' });
  assert.deepEqual(world.introspect(token.accessToken), {
    active: true,
    tokenId: token.tokenId,
    scope: 'a b',
    tokenType: 'Bearer',
    clientId: world.client.id,
    username: 'bob@carbon.super',
    userType: 'APPLICATION_USER',
    issuedAtSeconds: startMs / 1000,
    expiresAtSeconds: startMs / 1000 + 3600,
  });
  const application = await world.token({ grant_type: 'client_credentials', validity_period: '-2' });
  const seen = world.introspect(application.accessToken);
  assert.ok(seen.active);
  assert.deepEqual([seen.username, seen.userType, seen.expiresAtSeconds], ['admin@carbon.super', 'APPLICATION', null]);
});

test('refresh tokens and unknown, expired or retired tokens are inactive', async (t) => {
  const world = await openWorld(t);
  const token = await world.token(bob);
  const ask = (form: Readonly<Record<string, string>>) => {
    const request = { parameters: new Map(Object.entries(form)), credentials: { basic: world.client } };
    return world.engine.oauth.introspect(request);
  };
  assert.deepEqual(ask({ token: token.refreshToken ?? '' }), inactive);
  assert.deepEqual(ask({ token: token.accessToken, token_type_hint: 'refresh_token' }), inactive);
  assert.equal(ask({ token: token.accessToken, token_type_hint: 'nonsense' }).active, true);
  const last = token.accessToken.endsWith('_') ? '-' : '_';
  for (const value of ['', 'nothing', `${token.accessToken.slice(0, -1)}${last}`])
    assert.deepEqual(ask({ token: value }), inactive);
  world.moveTo(3600);
  assert.deepEqual(ask({ token: token.accessToken }), inactive);
  world.moveTo(0);
  await world.revoke({ token: token.accessToken });
  assert.deepEqual(ask({ token: token.accessToken }), inactive);
});

test('any active key set can introspect, and so can a user with the role admin', async (t) => {
  const world = await openWorld(t);
  const { accessToken } = await world.token(bob);
  const ask = (basic: { id: string; secret: string }) => world.introspect(accessToken, { basic });
  assert.equal(ask(world.sandboxClient).active, true);
  assert.equal(world.introspect(accessToken, { body: world.sandboxClient }).active, true);
  assert.equal(ask({ id: 'admin', secret: 'admin-secret' }).active, true);
  assert.equal(ask({ id: 'ADMIN@carbon.super', secret: 'admin-secret' }).active, true);

  const failed = refused(401, 'invalid_client', 'Client Authentication failed.');
  assert.throws(() => world.introspect(accessToken, {}), failed);
  assert.throws(() => ask({ id: 'admin', secret: 'wrong' }), failed);
  assert.throws(() => ask({ id: 'bob', secret: 'bob-secret' }), failed);
  assert.throws(() => ask({ id: 'nobody', secret: 'x' }), failed);
  assert.throws(() => ask({ ...world.client, secret: 'wrong' }), failed);
  await world.call('users.disable', { user: 'admin' });
  assert.throws(() => ask({ id: 'admin', secret: 'admin-secret' }), failed);
  await world.call('keys.revoke', world.sandbox);
  const text = 'Oauth application is not in active state';
  assert.throws(() => ask(world.sandboxClient), refused(401, 'invalid_client', text));
});
