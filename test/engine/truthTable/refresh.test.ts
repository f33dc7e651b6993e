import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TokenAnswer } from '../../../main/engine/tokens/insertion.ts';
import { openWorld, refused } from '../../helpers/engine.ts';

const admin = { grant_type: 'password', username: 'admin', password: 'admin-secret' };
const refresh = ({ refreshToken }: TokenAnswer) => ({
  grant_type: 'refresh_token',
  refresh_token: refreshToken ?? '',
});

test('20 a refresh always issues, and retires the old row as INACTIVE', async (t) => {
  const world = await openWorld(t);
  const a1 = await world.token(admin);
  world.moveTo(10);
  const a10 = await world.token(refresh(a1));
  assert.notEqual(a10.accessToken, a1.accessToken);
  assert.notEqual(a10.refreshToken, a1.refreshToken);
  assert.equal(a10.expiresInSeconds, 3600);
  assert.equal(a10.scope, 'default');
  assert.equal(a10.deactivatedAccessToken, a1.accessToken);
  assert.equal(a10.reason.rule, 'refreshed');
  assert.equal(world.stateOf(a1), 'INACTIVE/uuid');
});

test('20 with revokeHeaders off: the old token is not named', async (t) => {
  const world = await openWorld(t, { revokeHeaders: false });
  const a10 = await world.token(refresh(await world.token(admin)));
  assert.equal(a10.deactivatedAccessToken, undefined);
});

test('21 after a refresh the password grant reuses the refreshed token', async (t) => {
  const world = await openWorld(t);
  const a1 = await world.token(admin);
  world.moveTo(10);
  const a10 = await world.token(refresh(a1));
  world.moveTo(20);
  const again = await world.token(admin);
  assert.equal(again.accessToken, a10.accessToken);
  assert.equal(again.refreshToken, a10.refreshToken);
  assert.equal(again.expiresInSeconds, 3590);
});

test('22 a refresh token works once', async (t) => {
  const world = await openWorld(t);
  const a1 = await world.token(admin);
  const a10 = await world.token(refresh(a1));
  await assert.rejects(world.token(refresh(a1)), refused(400, 'invalid_grant', 'Invalid refresh token state'));
  assert.equal(world.stateOf(a10), 'ACTIVE/NONE');
});

test('23 a refresh after the access token expired retires its row as INACTIVE', async (t) => {
  const world = await openWorld(t);
  const a1 = await world.token(admin);
  world.moveTo(3700);
  const next = await world.token(refresh(a1));
  assert.notEqual(next.accessToken, a1.accessToken);
  assert.notEqual(next.refreshToken, a1.refreshToken);
  assert.equal(next.expiresInSeconds, 3600);
  assert.equal(world.stateOf(a1), 'INACTIVE/uuid');
});

test('24 a refresh token on two rows retires the newer one; the EXPIRED one stays', async (t) => {
  const world = await openWorld(t);
  const a1 = await world.token(admin);
  world.moveTo(3700);
  const a8 = await world.token(admin);
  assert.equal(a8.refreshToken, a1.refreshToken);
  const next = await world.token(refresh(a1));
  assert.notEqual(next.refreshToken, a1.refreshToken);
  assert.equal(world.stateOf(a8), 'INACTIVE/uuid');
  assert.equal(world.stateOf(a1), 'EXPIRED/uuid');
});

test('25 an expired refresh token is refused, and nothing changes', async (t) => {
  const world = await openWorld(t);
  const a1 = await world.token(admin);
  for (const seconds of [86_399, 86_400, 86_401]) {
    world.moveTo(seconds);
    await assert.rejects(world.token(refresh(a1)), refused(400, 'invalid_grant', 'Refresh token is expired.'));
  }
  assert.equal(world.stateOf(a1), 'ACTIVE/NONE');
  world.moveTo(86_398.9);
  assert.notEqual((await world.token(refresh(a1))).accessToken, a1.accessToken);
});

test('25 a skew of 300 s adds to the refresh token too', async (t) => {
  const world = await openWorld(t, { skewSeconds: 300 });
  const a1 = await world.token(admin);
  world.moveTo(86_698);
  assert.equal((await world.token(refresh(a1))).expiresInSeconds, 3600);
});

test('26 with renewRefreshToken off: the same refresh token, with its original expiry', async (t) => {
  const world = await openWorld(t, { renewRefreshToken: false });
  const a1 = await world.token(admin);
  world.moveTo(1000);
  const next = await world.token(refresh(a1));
  assert.notEqual(next.accessToken, a1.accessToken);
  assert.equal(next.refreshToken, a1.refreshToken);
  assert.equal(next.expiresInSeconds, 3600);
  assert.equal(world.stateOf(a1), 'INACTIVE/uuid');
  world.moveTo(2000);
  const third = await world.token(refresh(next));
  assert.equal(third.refreshToken, a1.refreshToken);
  world.moveTo(86_399.5);
  await assert.rejects(world.token(refresh(third)), refused(400, 'invalid_grant', 'Refresh token is expired.'));
});

test('27 a refresh that narrows onto a live tuple: both old rows INACTIVE, a new token', async (t) => {
  const world = await openWorld(t);
  const a2 = await world.token({ ...admin, scope: 'a b' });
  const a3 = await world.token({ ...admin, scope: 'a' });
  world.moveTo(60);
  const next = await world.token({ ...refresh(a2), scope: 'a' });
  assert.equal(new Set([a2, a3, next].map(({ accessToken }) => accessToken)).size, 3);
  assert.equal(next.scope, 'a');
  assert.equal(next.expiresInSeconds, 3600);
  assert.equal(world.stateOf(a2), 'INACTIVE/uuid');
  assert.equal(world.stateOf(a3), 'INACTIVE/uuid');
  assert.equal(world.rulesOf(a2).at(-1), 'retired_refreshed');
  assert.equal(world.rulesOf(a3).at(-1), 'retired_collided');
  await assert.rejects(world.token(refresh(a3)), refused(400, 'invalid_grant', 'Invalid refresh token state'));
});

test('27 a narrowed refresh moves to the tuple of the narrower set', async (t) => {
  const world = await openWorld(t);
  const a2 = await world.token({ ...admin, scope: 'a b' });
  const next = await world.token({ ...refresh(a2), scope: 'a' });
  assert.equal((await world.token({ ...admin, scope: 'a' })).accessToken, next.accessToken);
  assert.notEqual((await world.token({ ...admin, scope: 'a b' })).accessToken, a2.accessToken);
});

test('28 a refresh cannot add a scope', async (t) => {
  const world = await openWorld(t);
  const a1 = await world.token(admin);
  for (const scope of ['a', 'default a', 'openid']) {
    await assert.rejects(world.token({ ...refresh(a1), scope }), refused(400, 'invalid_scope', 'Invalid Scope!'));
  }
  assert.equal(world.stateOf(a1), 'ACTIVE/NONE');
  assert.equal((await world.token({ ...refresh(a1), scope: 'default' })).scope, 'default');
});

test('an EXPIRED row can be refreshed while it is among the last ten of its tuple', async (t) => {
  const world = await openWorld(t);
  const a1 = await world.token(admin);
  // R1 has 2400 s left: less than the new token, so the new row gets its own refresh token.
  world.moveTo(84_000);
  const a8 = await world.token(admin);
  const next = await world.token(refresh(a1));
  assert.equal(world.stateOf(a1), 'INACTIVE/uuid');
  assert.equal(world.stateOf(a8), 'INACTIVE/uuid');
  assert.equal(world.stateOf(next), 'ACTIVE/NONE');
});

test('an EXPIRED row with ten newer ones is refused', async (t) => {
  const world = await openWorld(t);
  const a1 = await world.token(admin);
  // An access token that outlives the refresh token gets a new one, so no row carries it over.
  await world.call('keys.update', { ...world.production, userTokenValiditySeconds: 100_000 });
  let newest = a1;
  const follow = async () => {
    await world.call('tokens.setExpiry', { token: newest.accessToken });
    newest = await world.token(admin);
    assert.notEqual(newest.refreshToken, a1.refreshToken);
  };
  const request = { parameters: new Map(Object.entries(refresh(a1))), credentials: { basic: world.client } };
  for (let count = 0; count < 9; count += 1) await follow();
  assert.equal(world.stateOf(a1), 'EXPIRED/uuid');
  assert.equal(world.engine.oauth.token(request).kind, 'write');
  await follow();
  await assert.rejects(
    world.token(refresh(a1)),
    refused(400, 'invalid_grant', 'Invalid refresh token value in the request'),
  );
});

test("refuses an unknown refresh token, and another client's", async (t) => {
  const world = await openWorld(t);
  const a1 = await world.token(admin);
  const text = 'Persisted access token data not found';
  await assert.rejects(
    world.token({ grant_type: 'refresh_token', refresh_token: 'nothing' }),
    refused(400, 'invalid_grant', text, 'refresh_token_unknown'),
  );
  await assert.rejects(
    world.token(refresh(a1), world.sandboxClient),
    refused(400, 'invalid_grant', text, 'refresh_token_of_another_client'),
  );
  await assert.rejects(
    world.token({ grant_type: 'refresh_token', refresh_token: a1.accessToken }),
    refused(400, 'invalid_grant', text),
  );
});
