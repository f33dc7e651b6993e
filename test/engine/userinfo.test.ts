import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openWorld, refused } from '../helpers/engine.ts';

const bob = { grant_type: 'password', username: 'bob', password: 'bob-secret' };

test('userinfo refuses a token whose user is deleted', async (t) => {
  const world = await openWorld(t, { allowedScopePatterns: ['openid'] });
  const token = await world.token({ ...bob, scope: 'openid' });
  assert.deepEqual(world.engine.oauth.userinfo(token.accessToken), {
    tokenId: token.tokenId,
    claims: { sub: 'bob@carbon.super' },
  });
  const user = world.store.users.byName('bob', 'PRIMARY', 'carbon.super');
  assert.ok(user);
  // A user's deletion revokes tokens. An imported backup may still hold a live one.
  await world.transact(() => world.store.users.update({ ...user, deletedAtMs: 1 }));
  const text = 'Access token is not valid. No authorized user found. Invalid grant';
  assert.throws(
    () => world.engine.oauth.userinfo(token.accessToken),
    refused(401, 'invalid_token', text, 'user_deleted'),
  );
});
