import assert from 'node:assert/strict';
import { test } from 'node:test';
import { failing, openWorld, startMs } from '../helpers/engine.ts';

const bob = { grant_type: 'password', username: 'bob', password: 'bob-secret' };

type World = Awaited<ReturnType<typeof openWorld>>;

/** The next expiries as `seconds kind count`, in seconds from the start of the test. */
async function expiries(world: World) {
  const { items } = await world.call('tokens.expiries', {});
  return items.map(({ expiresAtMs, expires, count }) => `${(expiresAtMs - startMs) / 1000} ${expires} ${count}`);
}

test('lists the next expiries of active tokens and their refresh tokens, one entry for each second', async (t) => {
  const world = await openWorld(t, { userTokenValiditySeconds: 600, refreshTokenValiditySeconds: 1200 });
  await world.call('tokens.revokeAll', { user: 'admin' });
  const { items } = await world.call('devices.mint', { ...world.production, username: 'bob', device: ['ipad', 'ip'] });
  const [ipad = 0, ip = 0] = items.map(({ id }) => id);
  await world.call('tokens.issue', { ...world.sandbox, scope: 'b', validitySeconds: -1 });
  const { accessToken } = await world.token({ ...bob, scope: 'b' });
  await world.revoke({ token: accessToken });
  assert.deepEqual(await expiries(world), ['600 access_token 2', '1200 refresh_token 2']);

  await world.call('tokens.setExpiry', { token: `${ipad}`, inSeconds: 5 });
  assert.deepEqual(await expiries(world), ['5 access_token 1', '600 access_token 1', '1200 refresh_token 2']);
  const { items: listed, later } = await world.call('tokens.expiries', { limit: 2 });
  assert.deepEqual(
    listed.map(({ id, device, application, keyType, user }) => ({ id, device, application, keyType, user })),
    [
      { id: ipad, device: 'ipad', ...world.production, user: 'bob' },
      { id: ip, device: 'ip', ...world.production, user: 'bob' },
    ],
  );
  assert.equal(later, 1);

  // The refresh token of an expired access token still works, so its end is an expiry.
  world.moveTo(600);
  assert.deepEqual(await expiries(world), ['1200 refresh_token 2']);
  await world.call('settings.write', { skewSeconds: 10 });
  assert.deepEqual(await expiries(world), ['600 access_token 1', '1200 refresh_token 2']);
  await world.call('settings.write', { clockOffsetSeconds: 650 });
  assert.deepEqual(await expiries(world), []);
});

test('expiries are of the chosen application, user and device, and of none that was deleted', async (t) => {
  const world = await openWorld(t);
  await world.call('devices.mint', { ...world.production, username: 'bob', device: ['ipad'] });
  await world.call('tokens.issue', { ...world.production, validitySeconds: 100_000 });
  const ids = async (input: { application?: string; user?: string; device?: string }) =>
    (await world.call('tokens.expiries', input)).items.map(({ device, user }) => device ?? user);
  assert.deepEqual(await ids({ device: 'ipad' }), ['ipad', 'ipad']);
  assert.deepEqual(await ids({ user: 'bob' }), ['ipad', 'ipad']);
  assert.deepEqual(await ids({ application: world.production.application }), ['ipad', 'ipad', 'admin']);
  await assert.rejects(ids({ application: 'nothing' }), failing('not_found', 'application'));
  await world.call('applications.delete', { application: world.production.application });
  assert.deepEqual(await ids({}), []);
});
