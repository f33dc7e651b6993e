import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openWorld, startMs } from '../helpers/engine.ts';

const bob = { grant_type: 'password', username: 'bob', password: 'bob-secret' };

test('today counts the tokens that expired in a time of the real clock, and its filter lists them', async (t) => {
  const world = await openWorld(t, { userTokenValiditySeconds: 3600 });
  const expiring: readonly (readonly [scope: string, inSeconds: number])[] = [
    ['device_before', 100],
    ['device_within', 200],
    ['device_end', 300],
    ['device_after', 301],
  ];
  const ids: number[] = [];
  for (const [scope, inSeconds] of expiring) {
    const { tokenId } = await world.token({ ...bob, scope });
    await world.call('tokens.setExpiry', { token: `${tokenId}`, inSeconds });
    ids.push(tokenId);
  }
  const within = { sinceMs: startMs + 100_000, untilMs: startMs + 300_000 };
  world.moveTo(150);
  assert.equal((await world.call('today.read', within)).expired, 0);
  world.moveTo(400);
  const news = await world.call('today.read', within);
  assert.deepEqual(news, { expired: 2, expiredSinceMs: within.sinceMs, refused: 0, recoveryKey: 'unconfirmed' });
  assert.equal((await world.call('today.read', {})).expired, 4);
  const { expiredSinceMs } = news;
  const { ids: listed } = await world.call('tokens.ids', { expiredSinceMs });
  assert.deepEqual(listed, [ids[3], ids[2], ids[1]]);
  assert.deepEqual(await world.call('tokens.ids', { expiredSinceMs, validity: 'overdue' }), { ids: listed });
  for (const other of [{ validity: 'valid' }, { state: 'REVOKED' }] as const) {
    assert.deepEqual(await world.call('tokens.ids', { expiredSinceMs, ...other }), { ids: [] });
  }

  // A replaced token is no news.
  await world.token({ ...bob, scope: 'device_within' });
  assert.equal((await world.call('today.read', within)).expired, 1);

  // The clock offset moves expiries, and not the time in which nobody looked.
  await world.call('settings.write', { clockOffsetSeconds: 50, skewSeconds: 0 });
  const moved = await world.call('today.read', { sinceMs: startMs + 50_000, untilMs: startMs + 250_000 });
  assert.deepEqual([moved.expired, moved.expiredSinceMs], [1, startMs + 100_000]);
});
