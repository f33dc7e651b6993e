import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { InputOf } from '../../preload/contract/define.ts';
import type { MethodOf } from '../../preload/contract/index.ts';
import { failing, openWorld } from '../helpers/engine.ts';

const trial = { level: 'subscription', name: 'Trial' } as const;

test('creates, changes and deletes a tier; a level has each name once', async (t) => {
  const world = await openWorld(t);
  const made = await world.call('tiers.create', { ...trial, limit: 3, burstLimit: 2 });
  assert.deepEqual(made, {
    ...{ ...trial, id: made.id, description: '', limit: 3, counts: 'requests', windowLength: 1, windowUnit: 'minute' },
    ...{ burstLimit: 2, burstSeconds: 1, stopOnQuota: true, perUser: false, builtIn: false },
  });
  assert.deepEqual(world.sent.at(-1), { name: 'tiers.changed', data: { tierId: made.id } });
  await assert.rejects(
    world.call('tiers.create', { ...trial, limit: 4 }),
    failing('conflict', 'name', /Trial already/),
  );
  await world.call('tiers.create', { level: 'application', name: 'Trial', limit: 4 });

  const changed = await world.call('tiers.update', { ...trial, limit: null, burstLimit: null, windowUnit: 'hour' });
  assert.deepEqual(changed, { ...made, limit: null, burstLimit: null, windowUnit: 'hour' });
  assert.deepEqual(await world.call('tiers.delete', trial), changed);
  await assert.rejects(world.call('tiers.delete', trial), failing('not_found', 'tier'));
  const { items } = await world.call('tiers.list', {});
  assert.deepEqual(
    items.filter(({ builtIn }) => !builtIn).map(({ level, name }) => `${level} ${name}`),
    ['application Trial'],
  );
});

test('the Unlimited tiers cannot change, and Unauthenticated cannot be deleted', async (t) => {
  const world = await openWorld(t);
  for (const level of ['application', 'subscription', 'advanced'] as const) {
    const one = { level, name: 'Unlimited' };
    await assert.rejects(world.call('tiers.update', { ...one, limit: 5 }), failing('conflict', 'name'), level);
    await assert.rejects(world.call('tiers.delete', one), failing('conflict', 'name'), level);
  }
  const unauthenticated = { level: 'subscription', name: 'Unauthenticated' } as const;
  assert.equal((await world.call('tiers.update', { ...unauthenticated, limit: 5 })).limit, 5);
  await assert.rejects(world.call('tiers.delete', unauthenticated), failing('conflict', 'name', /without a token/));
});

test('gateway reference 4.1 and 4.2: each option belongs to one level', async (t) => {
  const world = await openWorld(t);
  const rows: readonly (readonly [Partial<InputOf<MethodOf<'tiers.create'>>>, string])[] = [
    [{ level: 'application', burstLimit: 5 }, 'burstLimit'],
    [{ level: 'advanced', burstLimit: 5 }, 'burstLimit'],
    [{ level: 'application', stopOnQuota: false }, 'stopOnQuota'],
    [{ level: 'application', perUser: true }, 'perUser'],
    [{ level: 'subscription', perUser: true }, 'perUser'],
    [{ limit: 0 }, 'limit'],
    [{ name: 'a b' }, 'name'],
  ];
  for (const [more, field] of rows) {
    const input = { level: 'advanced', name: 'Mine', limit: 5, ...more } as const;
    await assert.rejects(world.call('tiers.create', input), failing('bad_input', field), JSON.stringify(more));
  }
  await world.call('tiers.create', { level: 'advanced', name: 'Mine', limit: 5, perUser: true, counts: 'bytes' });
  await world.call('tiers.create', { ...trial, limit: 5, burstLimit: 1, stopOnQuota: false });
});

test('a tier in use stays, and the error names its users', async (t) => {
  const world = await openWorld(t);
  await world.call('tiers.create', { ...trial, limit: 3 });
  await world.call('tiers.create', { level: 'application', name: 'Slow', limit: 3 });
  await world.call('tiers.create', { level: 'advanced', name: 'Slow', limit: 3 });
  await world.call('subscriptions.create', { application: 'Shop', api: 'echo', tier: 'Trial' });
  await world.call('applications.update', { application: 'Shop', tier: 'Slow' });
  await world.call('apis.create', { name: 'orders', tier: 'Slow' });
  await world.call('apis.setResource', { api: 'echo', verb: 'GET', template: '/slow', tier: 'Slow' });
  const rows = [
    [trial, /in use by the subscription of "Shop" to echo\/1\.0\. Give/],
    [{ level: 'application', name: 'Slow' }, /in use by application "Shop"\./],
    [{ level: 'advanced', name: 'Slow' }, /in use by API echo\/1\.0, API orders\/1\.0\.0\./],
  ] as const;
  for (const [tier, message] of rows) {
    await assert.rejects(world.call('tiers.delete', tier), failing('conflict', 'name', message));
  }
  for (const name of ['A', 'B', 'C', 'D', 'E', 'F']) await world.call('applications.create', { name, tier: 'Slow' });
  await assert.rejects(
    world.call('tiers.delete', { level: 'application', name: 'Slow' }),
    failing('conflict', 'name', /application "D" and 2 more\./),
  );
});

test('an application takes a tier of its level; a text of an earlier version stays', async (t) => {
  const world = await openWorld(t);
  await assert.rejects(
    world.call('applications.create', { name: 'Other', tier: 'Gold' }),
    failing('not_found', 'tier', /No application tier named "Gold"\. The application tiers are 10PerMin/),
  );
  const { id } = await world.call('applications.read', { application: 'Shop' });
  const row = world.store.applications.byId(id);
  assert.ok(row);
  await world.transact(() => world.store.applications.update({ ...row, tier: 'Our own text' }));
  const kept = await world.call('applications.update', { application: 'Shop', tier: 'Our own text', description: 'd' });
  assert.deepEqual([kept.tier, kept.description], ['Our own text', 'd']);
  await assert.rejects(
    world.call('applications.update', { application: 'Shop', tier: 'Another' }),
    failing('not_found', 'tier'),
  );
});
