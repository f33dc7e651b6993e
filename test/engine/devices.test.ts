import assert from 'node:assert/strict';
import { test } from 'node:test';
import { failing, openWorld } from '../helpers/engine.ts';

test('mints one token per device, in steps of at most 25, and each name once', async (t) => {
  const world = await openWorld(t);
  const device = Array.from({ length: 101 }, (_, index) => `d${index}`);
  const input = { ...world.production, username: 'bob', device: [...device, 'd0', 'd100'], scope: 'b a' };
  const steps = world.engine.handlers.devices.mint(input);
  const seen: unknown[] = [];
  for (;;) {
    const before = world.store.tokens.list({}, 1000).found.length;
    const step = await world.transact(() => steps.next());
    assert.ok(world.store.tokens.list({}, 1000).found.length - before <= 25);
    seen.push(step.done ? step.value.items.map((item) => item.device) : step.value);
    if (step.done) break;
  }
  const told = [25, 50, 75, 100].map((done) => ({ done, total: 101 }));
  assert.deepEqual(seen, [...told, device]);
  const { items } = await world.call('devices.list', world.production);
  assert.equal(items.filter(({ user, scope }) => user === 'bob' && scope.startsWith('a b device_')).length, 101);
});

test('a device with a live token gets it again', async (t) => {
  const world = await openWorld(t);
  const mint = (device: string[]) => world.call('devices.mint', { ...world.production, username: 'bob', device });
  const first = await mint(['ipad']);
  const next = await mint(['ipad', 'iphone']);
  assert.deepEqual(
    next.items.map(({ device, reused }) => [device, reused]),
    [
      ['ipad', true],
      ['iphone', false],
    ],
  );
  assert.equal(next.items[0]?.accessToken, first.items[0]?.accessToken);
});

test('a device token has exactly one device scope', async (t) => {
  const world = await openWorld(t);
  const mint = world.call('devices.mint', { ...world.production, device: ['ipad'], scope: 'a device_x' });
  await assert.rejects(mint, failing('bad_input', 'scope'));
});

test('a refusal half-way keeps the tokens minted before', async (t) => {
  const world = await openWorld(t);
  const device = Array.from({ length: 60 }, (_, index) => `d${index}`);
  const steps = world.engine.handlers.devices.mint({ ...world.production, username: 'bob', device, scope: '' });
  await world.transact(() => steps.next());
  await world.call('keys.update', { ...world.production, grantTypes: ['client_credentials'] });
  await assert.rejects(
    world.transact(() => steps.next()),
    failing('refused'),
  );
  const listed = await world.call('devices.list', { ...world.production, username: 'bob' });
  assert.equal(listed.items.length, 25);
});

test('lists and revokes by device, separately for each user and the application', async (t) => {
  const world = await openWorld(t);
  const device = ['ipad', 'iphone'];
  await world.call('devices.mint', { ...world.production, device });
  await world.call('devices.mint', { ...world.production, username: 'bob', device });
  await world.token({ grant_type: 'password', username: 'bob', password: 'bob-secret' });
  const list = async (input: object) =>
    (await world.call('devices.list', { ...world.production, ...input })).items.map((token) => [
      token.user,
      token.device,
    ]);
  // The token of `first` was issued with the keys.
  assert.deepEqual((await list({})).sort(), [
    ['admin', 'first'],
    ['admin', 'ipad'],
    ['admin', 'iphone'],
    ['bob', 'ipad'],
    ['bob', 'iphone'],
  ]);
  const revoke = { ...world.production, device: 'ipad' };
  assert.equal((await world.call('devices.revoke', revoke)).revoked.length, 1);
  assert.deepEqual((await list({ username: 'bob' })).sort(), [
    ['bob', 'ipad'],
    ['bob', 'iphone'],
  ]);
  assert.equal((await world.call('devices.revoke', { ...revoke, username: 'bob' })).revoked.length, 1);
  assert.deepEqual(await list({ username: 'bob' }), [['bob', 'iphone']]);
  assert.deepEqual(await world.call('devices.revoke', revoke), { revoked: [] });
});

test('new tokens have the chosen lifetime, and live tokens keep their own', async (t) => {
  const world = await openWorld(t);
  const mint = async (device: string[], validitySeconds?: number) =>
    (await world.call('devices.mint', { ...world.production, username: 'bob', device, validitySeconds })).items.map(
      ({ reused, expiresInSeconds, why }) => ({ reused, expiresInSeconds, why }),
    );
  const [plain] = await mint(['ipad']);
  assert.ok(plain && !/The request chose/.test(plain.why));
  const [kept, fresh] = await mint(['ipad', 'iphone'], 600);
  assert.deepEqual([kept?.reused, kept?.expiresInSeconds], [true, plain.expiresInSeconds]);
  assert.match(kept?.why ?? '', /The request chose a lifetime of 10 min, but a reused token keeps its own expiry\.$/);
  assert.deepEqual([fresh?.reused, fresh?.expiresInSeconds], [false, 600]);
  assert.match(fresh?.why ?? '', /^New: .* The request chose a lifetime of 10 min\.$/);
  const [endless] = await mint(['pixel'], -1);
  assert.equal(endless?.expiresInSeconds, null);
  assert.match(endless?.why ?? '', /The request chose no expiry\.$/);
  world.moveTo(601);
  const [after] = await mint(['iphone']);
  assert.deepEqual([after?.reused, after?.expiresInSeconds], [false, plain.expiresInSeconds]);
});
