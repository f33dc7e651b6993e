import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openWorld, refused } from '../../helpers/engine.ts';

const admin = { grant_type: 'password', username: 'admin', password: 'admin-secret' };
const bob = { grant_type: 'password', username: 'bob', password: 'bob-secret' };
const cc = { grant_type: 'client_credentials' };

test("43 a changed password revokes all the user's tokens, the application tokens of the owner too", async (t) => {
  const world = await openWorld(t);
  const a1 = await world.token(admin);
  const a2 = await world.token({ ...admin, scope: 'a' });
  const c1 = await world.token(cc);
  const others = await world.token(bob);
  const { tokensRevoked } = await world.call('users.setPassword', { user: 'admin', password: 'new-secret' });
  assert.equal(tokensRevoked, 3 + world.firstTokens);
  const next = await world.token({ ...admin, password: 'new-secret' });
  assert.notEqual(next.accessToken, a1.accessToken);
  assert.notEqual(next.refreshToken, a1.refreshToken);
  assert.equal(next.expiresInSeconds, 3600);
  for (const old of [a1, a2, c1]) {
    assert.equal(world.stateOf(old), 'REVOKED/uuid');
    assert.equal(world.rulesOf(old).at(-1), 'retired_password_changed');
  }
  assert.equal(world.stateOf(others), 'ACTIVE/NONE');
  await assert.rejects(
    world.token(admin),
    refused(400, 'invalid_grant', 'Authentication failed for admin', 'password_wrong'),
  );
});

test('44 a deleted user: all tokens REVOKED and invalid, no new ones', async (t) => {
  const world = await openWorld(t);
  const token = await world.token(bob);
  assert.equal(world.introspect(token.accessToken).active, true);
  await world.call('users.delete', { user: 'bob' });
  assert.equal(world.stateOf(token), 'REVOKED/uuid');
  assert.equal(world.introspect(token.accessToken).active, false);
  await assert.rejects(
    world.token(bob),
    refused(400, 'invalid_grant', 'Authentication failed for bob', 'user_unknown'),
  );
});

test('45 a lost role does not change the token; the next request gets fewer scopes', async (t) => {
  const world = await openWorld(t);
  await world.call('scopes.update', { name: 'a', roles: ['reader'] });
  await world.call('users.setRoles', { user: 'bob', roles: ['reader'] });
  const token = await world.token({ ...bob, scope: 'a' });
  assert.equal(token.scope, 'a');
  await world.call('users.setRoles', { user: 'bob', roles: ['writer'] });
  assert.equal(world.stateOf(token), 'ACTIVE/NONE');
  const seen = world.introspect(token.accessToken);
  assert.equal(seen.active && seen.scope, 'a');
  const next = await world.token({ ...bob, scope: 'a' });
  assert.equal(next.scope, 'default');
  assert.notEqual(next.accessToken, token.accessToken);
});

test('45b a refresh after the loss of the role still has the scope', async (t) => {
  const world = await openWorld(t);
  await world.call('scopes.update', { name: 'a', roles: ['reader'] });
  await world.call('users.setRoles', { user: 'bob', roles: ['reader'] });
  const token = await world.token({ ...bob, scope: 'a' });
  await world.call('users.setRoles', { user: 'bob', roles: [] });
  const next = await world.token({ grant_type: 'refresh_token', refresh_token: token.refreshToken ?? '' });
  assert.equal(next.scope, 'a');
  assert.equal(next.expiresInSeconds, 3600);
  assert.notEqual(next.refreshToken, token.refreshToken);
  assert.equal(world.stateOf(token), 'INACTIVE/uuid');
});

test("46 a regenerated secret revokes all of the key set's tokens, and only those", async (t) => {
  const world = await openWorld(t);
  const c1 = await world.token(cc);
  const a1 = await world.token(admin);
  const elsewhere = await world.token(cc, world.sandboxClient);
  const { consumerKey, consumerSecret } = await world.call('keys.regenerateSecret', world.production);
  assert.equal(world.stateOf(c1), 'REVOKED/uuid');
  assert.equal(world.stateOf(a1), 'REVOKED/uuid');
  assert.equal(world.stateOf(elsewhere), 'ACTIVE/NONE');
  await assert.rejects(
    world.token(cc),
    refused(401, 'invalid_client', 'Client Authentication failed.', 'secret_wrong'),
  );
  const next = await world.token(cc, { id: consumerKey, secret: consumerSecret });
  assert.notEqual(next.accessToken, c1.accessToken);
  assert.equal(next.expiresInSeconds, 3600);
});
