import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ApiRow } from '../../main/engine/ports/store/apis.ts';
import { openTestStore, seed, startMs } from './stores.ts';

const orders: Omit<ApiRow, 'id'> = {
  name: 'orders',
  version: '1',
  context: '/orders',
  isDefaultVersion: true,
  state: 'PUBLISHED',
  description: 'd',
  tier: 'Unlimited',
  productionBackend: 'http://a',
  sandboxBackend: null,
  backendCa: 'pem',
  open: true,
  authorizationHeader: 'X-Auth',
  createdAtMs: startMs,
  cors: { enabled: true, methods: ['GET'], headers: ['*'], exposedHeaders: [] },
  resources: [{ verb: 'GET', template: '/{id}', authType: 'None', scopes: ['a'], tier: 'Unlimited' }],
};

test('APIs, subscriptions and tiers come back as they were written, also within their transaction', async (t) => {
  const opened = await openTestStore(t);
  const { store, commit } = opened;
  const { application } = await seed(opened);
  const api = await commit.submit(() => {
    const row = store.apis.insert(orders);
    assert.deepEqual(store.apis.byId(row.id), row);
    return row;
  });
  const { id, ...written } = api;
  assert.deepEqual(written, orders);
  assert.deepEqual(store.apis.byId(id), api);
  assert.equal(store.apis.list(), store.apis.list(), 'rows are cached');
  const changed = { ...api, state: 'BLOCKED', cors: null, isDefaultVersion: false } as const;
  await commit.submit(() => store.apis.update(changed));
  assert.deepEqual(store.apis.byId(id), changed);

  const fresh = { applicationId: application.id, apiId: id, tier: 'Gold', state: 'UNBLOCKED', createdAtMs: 7 } as const;
  const subscription = await commit.submit(() => store.subscriptions.insert(fresh));
  assert.deepEqual(store.subscriptions.ofApplication(application.id), [subscription]);
  await commit.submit(() => store.subscriptions.update({ ...subscription, state: 'BLOCKED' }));
  assert.deepEqual(store.subscriptions.ofApplication(application.id), [{ ...subscription, state: 'BLOCKED' }]);

  const { id: _, ...gold } = store.tiers.byName('subscription', 'Gold') ?? { id: 0 };
  assert.ok('level' in gold);
  const mine = { ...gold, name: 'Mine', stopOnQuota: false, perUser: true, burstLimit: 4, builtIn: false };
  const tier = await commit.submit(() => store.tiers.insert(mine));
  assert.deepEqual(store.tiers.byName('subscription', 'Mine'), { ...mine, id: tier.id });
  await commit.submit(() => store.tiers.delete(tier.id));
  assert.equal(store.tiers.byName('subscription', 'Mine'), undefined);

  await commit.submit(() => store.apis.delete(id));
  assert.equal(store.apis.byId(id), undefined);
  assert.deepEqual(store.subscriptions.ofApplication(application.id), []);
});

test('after a rollback, APIs, subscriptions and tiers are as before', async (t) => {
  const opened = await openTestStore(t);
  const { store, commit } = opened;
  const { application } = await seed(opened);
  const before = [store.apis.list(), store.tiers.list(), store.subscriptions.ofApplication(application.id)];
  const failed = commit.submit(() => {
    const { id: apiId } = store.apis.insert(orders);
    const { id: applicationId } = application;
    store.subscriptions.insert({ applicationId, apiId, tier: 'Gold', state: 'UNBLOCKED', createdAtMs: 7 });
    for (const tier of store.tiers.list()) store.tiers.delete(tier.id);
    throw new Error('on purpose');
  });
  await assert.rejects(failed, /on purpose/);
  const after = [store.apis.list(), store.tiers.list(), store.subscriptions.ofApplication(application.id)];
  assert.deepEqual(after, before);
});

test('purging an application deletes its subscriptions', async (t) => {
  const opened = await openTestStore(t);
  const { store, commit } = opened;
  const { application } = await seed(opened);
  const { application: other } = await seed(opened, 'bob');
  const [apiId = 0] = store.apis.list().map(({ id }) => id);
  const fresh = { apiId, tier: 'Gold', state: 'UNBLOCKED', createdAtMs: 7 } as const;
  await commit.submit(() => store.subscriptions.insert({ ...fresh, applicationId: application.id }));
  const kept = await commit.submit(() => store.subscriptions.insert({ ...fresh, applicationId: other.id }));
  await commit.submit(() => store.applications.purge(application.id));
  assert.deepEqual(store.subscriptions.list(), [kept]);
});
