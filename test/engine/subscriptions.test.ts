import assert from 'node:assert/strict';
import { test } from 'node:test';
import { apiState } from '../../preload/contract/apis.ts';
import { failing, openWorld, startMs } from '../helpers/engine.ts';

test('subscribes an application to an API at one or several tiers', async (t) => {
  const world = await openWorld(t);
  const made = await world.call('subscriptions.create', { application: 'Shop', api: 'echo/1.0', tier: 'Gold' });
  assert.deepEqual(made, {
    ...{ id: made.id, application: 'Shop', applicationId: made.applicationId, api: 'echo/1.0', apiId: made.apiId },
    ...{ tier: 'Gold', state: 'UNBLOCKED', createdAtMs: startMs },
  });
  const { applicationId, apiId } = made;
  assert.deepEqual(world.sent.at(-1), { name: 'subscriptions.changed', data: { applicationId, apiId } });
  await assert.rejects(
    world.call('subscriptions.create', { application: 'Shop', api: 'echo', tier: 'Gold' }),
    failing('conflict', 'tier', /already subscribed to this API at Gold/),
  );
  const silver = await world.call('subscriptions.create', { application: 'Shop', api: 'echo', tier: 'Silver' });
  await assert.rejects(
    world.call('subscriptions.update', { subscription: silver.id, tier: 'Gold' }),
    failing('conflict', 'tier'),
  );
  const blocked = await world.call('subscriptions.update', { subscription: silver.id, state: 'BLOCKED' });
  assert.deepEqual(blocked, { ...silver, state: 'BLOCKED' });

  await world.call('applications.create', { name: 'Other' });
  await world.call('apis.create', { name: 'orders' });
  const foreign = await world.call('subscriptions.create', { application: 'Other', api: 'orders' });
  const list = async (filter: object) => (await world.call('subscriptions.list', filter)).items;
  assert.deepEqual(await list({}), [made, blocked, foreign]);
  assert.deepEqual(await list({ application: 'Shop' }), [made, blocked]);
  assert.deepEqual(await list({ api: 'orders' }), [foreign]);
  assert.deepEqual(await list({ application: 'Shop', api: 'orders' }), []);

  assert.deepEqual(await world.call('subscriptions.delete', { subscription: made.id }), made);
  assert.deepEqual(await list({ application: 'Shop' }), [blocked]);
  await assert.rejects(
    world.call('subscriptions.delete', { subscription: made.id }),
    failing('not_found', 'subscription'),
  );
});

test('gateway reference 3.1: only a published API takes new subscriptions', async (t) => {
  const world = await openWorld(t);
  await world.call('apis.create', { name: 'orders' });
  const subscribe = (tier: string) => world.call('subscriptions.create', { application: 'Shop', api: 'orders', tier });
  const early = await subscribe('Gold');
  for (const state of apiState.options.filter((one) => one !== 'PUBLISHED')) {
    await world.call('apis.update', { api: 'orders', state });
    await assert.rejects(
      subscribe('Silver'),
      failing('conflict', 'api', new RegExp(`orders/1\\.0\\.0 is ${state}`)),
      state,
    );
    // Existing subscriptions can still be blocked and change their tier.
    await world.call('subscriptions.update', { subscription: early.id, tier: 'Bronze', state: 'ON_HOLD' });
  }
});

test('names a missing application, API or tier', async (t) => {
  const world = await openWorld(t);
  const rows = [
    [{ application: 'Shpo', api: 'echo' }, 'application', /Did you mean "Shop"/],
    [{ application: 'Shop', api: 'ehco/1.0' }, 'api', /Did you mean "echo\/1\.0"/],
    [
      { application: 'Shop', api: 'echo', tier: 'Glod' },
      'tier',
      /subscription tier named "Glod"\. Did you mean "Gold"/,
    ],
    [{ application: 'Shop', api: 'echo', tier: '10KPerMin' }, 'tier', /subscription tiers are Bronze, Gold/],
  ] as const;
  for (const [input, field, message] of rows) {
    await assert.rejects(world.call('subscriptions.create', input), failing('not_found', field, message));
  }
});

test('a deleted application keeps its subscriptions until it is purged', async (t) => {
  const world = await openWorld(t);
  const made = await world.call('subscriptions.create', { application: 'Shop', api: 'echo' });
  const { id } = await world.call('applications.delete', { application: 'Shop' });
  assert.deepEqual((await world.call('subscriptions.list', {})).items, []);
  assert.equal((await world.call('apis.read', { api: 'echo' })).subscriptions, 0);
  await world.call('applications.restore', { application: String(id) });
  assert.deepEqual((await world.call('subscriptions.list', {})).items, [made]);

  await world.call('applications.delete', { application: 'Shop' });
  world.moveTo(9);
  while (!(await world.transact(() => world.engine.purgeDeletedApplications()))) {}
  assert.deepEqual(world.store.subscriptions.list(), []);
});
