import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openWorld, refused } from '../../helpers/engine.ts';

const cc = { grant_type: 'client_credentials' };

test('29 client credentials: an application token, without a refresh token', async (t) => {
  const world = await openWorld(t);
  const a1 = await world.token({ grant_type: 'password', username: 'admin', password: 'admin-secret' });
  const c1 = await world.token(cc);
  assert.equal(c1.scope, 'am_application_scope default');
  assert.equal(c1.expiresInSeconds, 3600);
  assert.equal(c1.refreshToken, undefined);
  assert.equal(c1.reason.tuple?.userType, 'APPLICATION');
  assert.equal(c1.reason.tuple?.user, 'admin');
  assert.equal(world.stateOf(a1), 'ACTIVE/NONE');
});

test('30 client credentials again at t=10: the same token', async (t) => {
  const world = await openWorld(t);
  const c1 = await world.token(cc);
  world.moveTo(10);
  const again = await world.token(cc);
  assert.equal(again.accessToken, c1.accessToken);
  assert.equal(again.expiresInSeconds, 3590);
  assert.equal(again.refreshToken, undefined);
});

test('31 validity_period changes nothing while a token is live', async (t) => {
  const world = await openWorld(t);
  const c1 = await world.token(cc);
  world.moveTo(10);
  const again = await world.token({ ...cc, validity_period: '60' });
  assert.equal(again.accessToken, c1.accessToken);
  assert.equal(again.expiresInSeconds, 3590);
});

test('32 validity_period=60 on a fresh tuple', async (t) => {
  const world = await openWorld(t);
  const c1 = await world.token({ ...cc, validity_period: '60' });
  assert.equal(c1.expiresInSeconds, 60);
  world.moveTo(60);
  assert.equal(world.introspect(c1.accessToken).active, false);
});

test('33 validity_period=-1 means never (documentation)', async (t) => {
  const world = await openWorld(t);
  assert.equal((await world.token({ ...cc, validity_period: '-1' })).expiresInSeconds, null);
});

test('33 with minusOneMeans default: the default lifetime (code)', async (t) => {
  const world = await openWorld(t, { minusOneMeans: 'default' });
  assert.equal((await world.token({ ...cc, validity_period: '-1' })).expiresInSeconds, 3600);
});

const rule =
  'validity_period is a whole number of seconds from 1 to 31536000000, or negative for a token that never expires.';

test('33b validity_period=0 is refused with the allowed values', async (t) => {
  const world = await openWorld(t);
  for (const value of ['0', '-0', '00']) {
    await assert.rejects(world.token({ ...cc, validity_period: value }), refused(400, 'invalid_request', rule), value);
  }
});

test('33c a validity_period that is not a whole number, or too large, is refused', async (t) => {
  const world = await openWorld(t);
  await world.token(cc);
  const values = ['abc', '1.5', '1e3', ' 60', '+60', '0x10', '31536000001', '-31536000001', '9'.repeat(400), '６０'];
  for (const value of values) {
    await assert.rejects(world.token({ ...cc, validity_period: value }), refused(400, 'invalid_request', rule), value);
  }
  assert.equal(
    (await world.token({ ...cc, scope: 'device_x', validity_period: '31536000000' })).expiresInSeconds,
    31_536_000_000,
  );
});

test('34 validity_period=-2 means never, and the token is reused', async (t) => {
  const world = await openWorld(t, { minusOneMeans: 'default' });
  const c1 = await world.token({ ...cc, validity_period: '-2' });
  assert.equal(c1.expiresInSeconds, null);
  world.moveTo(10_000_000);
  const again = await world.token({ ...cc, validity_period: '-2' });
  assert.equal(again.accessToken, c1.accessToken);
  assert.equal(again.expiresInSeconds, null);
  assert.equal(world.introspect(c1.accessToken).active, true);
});

test('34 never-expiring application tokens are reused with infiniteUserTokenReuse on or off', async (t) => {
  const world = await openWorld(t, { infiniteUserTokenReuse: false });
  const c1 = await world.token({ ...cc, validity_period: '-2' });
  assert.equal((await world.token(cc)).accessToken, c1.accessToken);
});

test('35 after expiry: a new token, the old row EXPIRED', async (t) => {
  const world = await openWorld(t);
  const c1 = await world.token(cc);
  world.moveTo(3600);
  const next = await world.token(cc);
  assert.notEqual(next.accessToken, c1.accessToken);
  assert.equal(next.expiresInSeconds, 3600);
  assert.equal(next.refreshToken, undefined);
  assert.equal(world.stateOf(c1), 'EXPIRED/uuid');
});

test('35b a device scope: am_application_scope is added, without "default"', async (t) => {
  const world = await openWorld(t);
  const c1 = await world.token(cc);
  const device = await world.token({ ...cc, scope: 'device_ipad' });
  assert.notEqual(device.accessToken, c1.accessToken);
  assert.equal(device.scope, 'am_application_scope device_ipad');
  assert.equal(device.expiresInSeconds, 3600);
  assert.equal(world.stateOf(c1), 'ACTIVE/NONE');
});

test('35c a scope whose role the owner lacks is dropped: the token without it', async (t) => {
  const world = await openWorld(t);
  const c1 = await world.token(cc);
  world.moveTo(10);
  const again = await world.token({ ...cc, scope: 'c' });
  assert.equal(again.accessToken, c1.accessToken);
  assert.equal(again.scope, 'am_application_scope default');
  assert.equal(again.expiresInSeconds, 3590);
  assert.deepEqual(again.reason.scopesDropped, [{ scope: 'c', why: 'role_missing' }]);
});

test('36 regenerating revokes the live token and issues another', async (t) => {
  const world = await openWorld(t);
  const c1 = await world.token(cc);
  const c2 = await world.call('tokens.regenerate', { ...world.production, validitySeconds: 120 });
  assert.notEqual(c2.accessToken, c1.accessToken);
  assert.equal(c2.expiresInSeconds, 120);
  assert.equal(c2.refreshToken, undefined);
  assert.equal(c2.reason.rule, 'issued_regenerated');
  assert.equal(c2.reason.otherTokenId, c1.tokenId);
  assert.equal(world.stateOf(c1), 'REVOKED/uuid');
  assert.equal((await world.token(cc)).accessToken, c2.accessToken);
});

test('36 regenerating without a live token still issues one', async (t) => {
  const world = await openWorld(t);
  const c1 = await world.call('tokens.regenerate', world.production);
  assert.equal((await world.token(cc)).accessToken, c1.accessToken);
});
