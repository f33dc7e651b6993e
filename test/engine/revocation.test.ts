import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openWorld, refused } from '../helpers/engine.ts';

const bob = { grant_type: 'password', username: 'bob', password: 'bob-secret' };

test('either value revokes its whole row, and no other', async (t) => {
  const world = await openWorld(t);
  for (const by of ['accessToken', 'refreshToken'] as const) {
    for (const hint of ['', 'access_token', 'refresh_token', 'nonsense']) {
      const token = await world.token(bob);
      const other = await world.token({ ...bob, scope: 'device_ipad' });
      const answer = await world.revoke({ token: token[by] ?? '', token_type_hint: hint });
      assert.deepEqual(answer, {
        revoked: {
          tokenId: token.tokenId,
          accessToken: token.accessToken,
          refreshToken: token.refreshToken,
          authorizedUser: 'bob@carbon.super',
        },
      });
      assert.equal(world.stateOf(token), 'REVOKED/uuid');
      assert.equal(world.rulesOf(token).at(-1), 'retired_revoked');
      assert.equal(world.introspect(other.accessToken).active, true);
      const refresh = { grant_type: 'refresh_token', refresh_token: token.refreshToken ?? '' };
      await assert.rejects(world.token(refresh), refused(400, 'invalid_grant', 'Invalid refresh token state'));
    }
  }
});

test('revokes an application token, which has no refresh token', async (t) => {
  const world = await openWorld(t);
  const token = await world.token({ grant_type: 'client_credentials' });
  const { revoked } = await world.revoke({ token: token.accessToken });
  assert.equal(revoked?.refreshToken, undefined);
  assert.equal(revoked?.authorizedUser, 'admin@carbon.super');
});

test('an unknown or retired token gets an empty answer, and nothing is written', async (t) => {
  const world = await openWorld(t);
  const token = await world.token(bob);
  await world.revoke({ token: token.accessToken });
  const before = world.rowOf(token);
  for (const value of [token.accessToken, token.refreshToken ?? '', 'nothing', `${token.accessToken}x`]) {
    assert.deepEqual(await world.revoke({ token: value }), {});
    assert.deepEqual(await world.revoke({ token: value }, world.sandboxClient), {});
  }
  assert.deepEqual(world.rowOf(token), before);
});

test('revokes an EXPIRED row too, because its refresh token works', async (t) => {
  const world = await openWorld(t);
  const old = await world.token(bob);
  world.moveTo(84_000);
  await world.token(bob);
  assert.equal(world.stateOf(old), 'EXPIRED/uuid');
  assert.equal((await world.revoke({ token: old.accessToken })).revoked?.tokenId, old.tokenId);
  assert.equal(world.stateOf(old), 'REVOKED/uuid');
  const refresh = { grant_type: 'refresh_token', refresh_token: old.refreshToken ?? '' };
  await assert.rejects(world.token(refresh), refused(400, 'invalid_grant', 'Invalid refresh token state'));
});

test("authenticates the client first, and refuses another client's token", async (t) => {
  const world = await openWorld(t);
  const token = await world.token(bob);
  const failed = 'Client Authentication failed.';
  await assert.rejects(world.revoke({}, {}), refused(401, 'invalid_client', failed, 'no_credentials'));
  await assert.rejects(
    world.revoke({ token: token.accessToken }, { ...world.client, secret: 'wrong' }),
    refused(401, 'invalid_client', failed, 'secret_wrong'),
  );
  for (const form of [{}, { token: '' }] as Readonly<Record<string, string>>[]) {
    await assert.rejects(world.revoke(form), refused(400, 'invalid_request', 'Invalid revocation request'));
  }
  for (const value of [token.accessToken, token.refreshToken ?? '']) {
    await assert.rejects(
      world.revoke({ token: value }, world.sandboxClient),
      refused(401, 'unauthorized_client', failed, 'token_of_another_client'),
    );
  }
  assert.equal(world.stateOf(token), 'ACTIVE/NONE');
});

test('with revokeHeaders off it revokes without naming the token', async (t) => {
  const world = await openWorld(t, { revokeHeaders: false });
  const token = await world.token(bob);
  assert.deepEqual(await world.revoke({ token: token.accessToken }), {});
  assert.equal(world.stateOf(token), 'REVOKED/uuid');
});
