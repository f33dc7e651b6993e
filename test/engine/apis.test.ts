import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { InputOf } from '../../preload/contract/define.ts';
import type { MethodOf } from '../../preload/contract/index.ts';
import { failing, openWorld } from '../helpers/engine.ts';

type NewApi = InputOf<MethodOf<'apis.create'>>;

const orders = { name: 'orders', version: '1.0.0', productionBackend: 'http://localhost:7001' } as const;

test('creates, changes and deletes an API, and finds it by name/version, name or id', async (t) => {
  const world = await openWorld(t);
  const made = await world.call('apis.create', { ...orders, sandboxBackend: null });
  assert.partialDeepStrictEqual(made, {
    ...{ name: 'orders', version: '1.0.0', context: '/orders', basePath: '/orders/1.0.0', state: 'PUBLISHED' },
    ...{ url: 'https://localhost:8243/orders/1.0.0', open: false, subscriptions: 0, sandboxBackend: null },
  });
  assert.deepEqual(
    made.resources.map(({ verb, template }) => `${verb} ${template}`),
    ['GET /*', 'POST /*', 'PUT /*', 'DELETE /*', 'PATCH /*', 'HEAD /*'],
  );
  assert.deepEqual(world.sent.at(-1), { name: 'apis.changed', data: { apiId: made.id } });
  for (const api of ['orders/1.0.0', 'orders', String(made.id)]) {
    assert.deepEqual(await world.call('apis.read', { api }), made, api);
  }

  const changed = await world.call('apis.update', { api: 'orders', context: '/{version}/o', version: '2', open: true });
  assert.deepEqual(changed, {
    ...{ ...made, context: '/{version}/o', version: '2', open: true },
    ...{ basePath: '/2/o', url: 'https://localhost:8243/2/o' },
  });
  assert.deepEqual(
    (await world.call('apis.list', {})).items.map(({ name }) => name),
    ['echo', 'orders'],
  );

  assert.deepEqual(await world.call('apis.delete', { api: 'orders' }), {
    id: made.id,
    name: 'orders',
    version: '2',
    subscriptions: 0,
    scopes: [],
  });
  await assert.rejects(world.call('apis.read', { api: 'orders' }), failing('not_found', 'api'));
});

test('a name alone means the only version, or the default version', async (t) => {
  const world = await openWorld(t);
  await world.call('apis.create', orders);
  await world.call('apis.create', { ...orders, version: '2.0.0' });
  await assert.rejects(
    world.call('apis.read', { api: 'orders' }),
    failing('conflict', 'api', /several versions.*"orders\/1\.0\.0", "orders\/2\.0\.0"/),
  );
  await world.call('apis.update', { api: 'orders/2.0.0', isDefaultVersion: true });
  assert.equal((await world.call('apis.read', { api: 'orders' })).version, '2.0.0');
  await assert.rejects(
    world.call('apis.read', { api: 'order/2.0.0' }),
    failing('not_found', 'api', /Did you mean "orders\/2\.0\.0"/),
  );
});

test('a new API without a context gets one from its name', async (t) => {
  const world = await openWorld(t);
  assert.equal((await world.call('apis.create', { name: 'Pizza Shack' })).context, '/pizza-shack');
  await assert.rejects(world.call('apis.create', { name: '注文' }), failing('bad_input', 'context'));
});

test('refuses an API that no request could reach without doubt', async (t) => {
  const world = await openWorld(t);
  await world.call('apis.create', { ...orders, isDefaultVersion: true });
  await world.call('apis.create', { name: 'old', context: '/old', state: 'RETIRED' });
  const rows: readonly (readonly [NewApi, 'conflict' | 'bad_input' | 'not_found', string, RegExp])[] = [
    [orders, 'conflict', 'version', /already exists/],
    [{ name: 'mine', context: '/orders' }, 'conflict', 'context', /\/orders\/1\.0\.0 belongs to orders\/1\.0\.0/],
    [{ name: 'mine', version: 'orders', context: '/{version}' }, 'conflict', 'context', /The path \/orders belongs/],
    [
      { name: 'mine', version: '2', context: '/orders', isDefaultVersion: true },
      'conflict',
      'isDefaultVersion',
      /orders\/1\.0\.0 is already the default version at \/orders/,
    ],
    [{ name: 'mine', context: '/{version}', isDefaultVersion: true }, 'bad_input', 'isDefaultVersion', /empty/],
    [{ name: 'mine', tier: 'Gold' }, 'not_found', 'tier', /No advanced tier named "Gold"/],
    [
      { name: 'mine', resources: [{ verb: 'GET', template: '/*', authType: 'Any', scopes: [], tier: '10KPreMin' }] },
      'not_found',
      'resources',
      /Did you mean "10KPerMin"/,
    ],
    ...[
      '/token',
      '/revoke',
      '/oauth2',
      '/oidc/a',
      '/authorize',
      '/userinfo',
      '/.well-known',
      '/jwks',
      '/introspect',
    ].map((context) => [{ name: 'mine', context }, 'bad_input', 'context', /belong to the token endpoint/] as const),
    [{ name: 'mine', version: 'token', context: '/{version}/a' }, 'bad_input', 'context', /token endpoint/],
    [{ name: 'mine', context: 'orders' }, 'bad_input', 'context', /starts with a slash/],
    [{ name: 'mine', context: '/a/../b' }, 'bad_input', 'context', /segments \. and \.\./],
    [{ name: 'mine', version: '..' }, 'bad_input', 'version', /more than dots/],
    [{ name: 'mine', productionBackend: 'ftp://localhost' }, 'bad_input', 'productionBackend', /http or https/],
    [{ name: 'mine', productionBackend: 'http://u:p@localhost' }, 'bad_input', 'productionBackend', /no user/],
  ];
  for (const [input, code, field, message] of rows) {
    await assert.rejects(world.call('apis.create', input), failing(code, field, message), JSON.stringify(input));
  }
  // The paths of a retired API are free, and contexts differ by case.
  await world.call('apis.create', { name: 'new', context: '/old' });
  await world.call('apis.create', { name: 'mine', context: '/Orders' });
  await world.call('apis.create', { name: 'tokens', context: '/tokens' });
  await assert.rejects(
    world.call('apis.update', { api: 'old', state: 'PUBLISHED' }),
    failing('conflict', 'context', /\/old\/1\.0\.0 belongs to new/),
  );
});

test('refuses a backend that is this endpoint', async (t) => {
  const world = await openWorld(t, { port: 8243, httpPort: 80, extraNames: ['keyfob.test', '10.0.2.2'] });
  const own = [
    'https://localhost:8243',
    'http://LOCALHOST/a',
    'https://a.localhost:8243',
    'http://127.0.0.1:80',
    'https://127.1:8243/a',
    'https://0x7f000001:8243',
    'https://2130706433:8243',
    'https://[::1]:8243/x',
    'https://[::ffff:127.0.0.1]:8243',
    'https://0.0.0.0:8243',
    'https://Keyfob.test:8243',
    'https://10.0.2.2:8243',
  ];
  for (const sandboxBackend of own) {
    const input = { name: 'loop', sandboxBackend };
    await assert.rejects(
      world.call('apis.create', input),
      failing('bad_input', 'sandboxBackend', /loop/),
      sandboxBackend,
    );
  }
  const foreign = [
    'https://localhost',
    'http://localhost:8244',
    'https://keyfob.example:8243',
    'https://10.0.2.3:8243',
  ];
  for (const [at, productionBackend] of foreign.entries()) {
    await world.call('apis.create', { name: `foreign${at}`, productionBackend });
  }
  // The address became this endpoint's later. Other changes must remain possible.
  await world.call('settings.write', { port: 8244 });
  await world.call('apis.update', { api: 'foreign1', description: 'd' });
});

test('sets and deletes resources in their declared order', async (t) => {
  const world = await openWorld(t);
  await world.call('apis.create', { ...orders, resources: [] });
  const set = (verb: 'GET' | 'POST', template: string, more = {}) =>
    world.call('apis.setResource', { api: 'orders', verb, template, ...more });
  await set('GET', '/orders/{id}');
  await set('GET', '/*');
  const changed = await set('GET', '/orders/{id}', { authType: 'None', scopes: ['a'], tier: '10KPerMin' });
  assert.deepEqual(changed.resources, [
    { verb: 'GET', template: '/orders/{id}', authType: 'None', scopes: ['a'], tier: '10KPerMin' },
    { verb: 'GET', template: '/*', authType: 'Any', scopes: [], tier: 'Unlimited' },
  ]);
  await assert.rejects(set('GET', '/*', { tier: 'Gold' }), failing('not_found', 'tier', /advanced/));
  const deleted = await world.call('apis.deleteResource', { api: 'orders', verb: 'GET', template: '/*' });
  assert.deepEqual(deleted.resources, changed.resources.slice(0, 1));
  await assert.rejects(
    world.call('apis.deleteResource', { api: 'orders', verb: 'GET', template: '/orders/{ID}' }),
    failing('not_found', 'template', /no resource GET \/orders\/\{ID\}\. Did you mean "\/orders\/\{id\}"/),
  );

  const full = Array.from({ length: 500 }, (_, at) => ({
    ...{ verb: 'GET', template: `/${at}`, authType: 'Any', scopes: [], tier: 'Unlimited' },
  })) as NewApi['resources'];
  await world.call('apis.update', { api: 'orders', resources: full });
  await assert.rejects(set('POST', '/0'), failing('bad_input', 'template', /at most 500/));
  await set('GET', '/0', { authType: 'None' });
});

test('deleting an API deletes its subscriptions, and tells their applications', async (t) => {
  const world = await openWorld(t);
  const { id } = await world.call('apis.create', orders);
  const other = await world.call('subscriptions.create', { application: 'Shop', api: 'echo' });
  const subscribed = await world.call('subscriptions.create', { application: 'Shop', api: 'orders' });
  assert.equal((await world.call('apis.read', { api: 'orders' })).subscriptions, 1);
  await world.call('apis.delete', { api: 'orders' });
  assert.deepEqual((await world.call('subscriptions.list', {})).items, [other]);
  assert.deepEqual(world.sent.slice(-2), [
    { name: 'apis.changed', data: { apiId: id } },
    { name: 'subscriptions.changed', data: { applicationId: subscribed.applicationId, apiId: id } },
  ]);
});
