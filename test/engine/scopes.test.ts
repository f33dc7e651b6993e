import assert from 'node:assert/strict';
import { test } from 'node:test';
import { explain } from '../../main/engine/decisions/reasons.ts';
import { failing, openWorld } from '../helpers/engine.ts';

const bob = { grant_type: 'password', username: 'bob', password: 'bob-secret' };

test('creates, changes and deletes scopes; issued tokens keep theirs', async (t) => {
  const world = await openWorld(t);
  const made = await world.call('scopes.create', { name: 'read', description: 'd', roles: ['reader', 'reader'] });
  assert.deepEqual(made, { id: made.id, name: 'read', description: 'd', roles: ['reader'], apis: [] });
  await assert.rejects(world.call('scopes.create', { name: 'read' }), failing('conflict', 'name'));
  const token = await world.token({ ...bob, scope: 'read' });
  assert.equal(token.scope, 'read');
  assert.deepEqual((await world.call('scopes.update', { name: 'read', description: 'e' })).roles, ['reader']);
  assert.deepEqual(await world.call('scopes.delete', { name: 'read' }), { ...made, description: 'e' });
  assert.equal((await world.token({ ...bob, scope: 'read' })).scope, 'default');
  const seen = world.introspect(token.accessToken);
  assert.equal(seen.active && seen.scope, 'read');
  for (const method of ['scopes.update', 'scopes.delete'] as const) {
    await assert.rejects(world.call(method, { name: 'read' }), failing('not_found', 'name'));
  }
  const { items } = await world.call('scopes.list', {});
  assert.deepEqual(
    items.map(({ name }) => name),
    ['a', 'b', 'c'],
  );
});

test('grants allowed scopes, and tells why others are dropped', async (t) => {
  const world = await openWorld(t);
  await world.call('users.create', { username: 'ann', password: 'ann-secret' });
  const ann = { ...bob, username: 'ann', password: 'ann-secret' };
  const rows = [
    [bob, 'openid device_x', 'device_x openid', []],
    [bob, 'email', 'default', [['email', 'unknown']]],
    [bob, 'c a', 'a', [['c', 'role_missing']]],
    [ann, 'c a', 'a', [['c', 'no_roles']]],
    [ann, 'device_x c', 'device_x', [['c', 'no_roles']]],
    [bob, 'A', 'default', [['A', 'unknown']]],
    [bob, 'am_application_scope', 'default', [['am_application_scope', 'unknown']]],
    [bob, 'default a', 'a', [['default', 'unknown']]],
    [bob, 'default x', 'default', [['x', 'unknown']]],
  ] as const;
  for (const [form, scope, granted, dropped] of rows) {
    const token = await world.token({ ...form, scope });
    assert.equal(token.scope, granted, scope);
    assert.deepEqual(
      (token.reason.scopesDropped ?? []).map(({ scope: name, why }) => [name, why]),
      dropped,
      scope,
    );
  }
  const application = await world.token({ grant_type: 'client_credentials', scope: 'am_application_scope default' });
  assert.equal(application.scope, 'am_application_scope default');
  assert.equal(application.reason.scopesDropped, undefined);
  const openid = await world.token({ grant_type: 'client_credentials', scope: 'openid device_x' });
  assert.equal(openid.scope, 'am_application_scope device_x');
  assert.match(
    explain(openid.reason),
    /openid \(requests an ID token, which application tokens have only with the setting/,
  );
});

test('reference 3.2: a scope of APIs is known to the applications that subscribe to one of them', async (t) => {
  const world = await openWorld(t);
  await world.call('apis.create', { name: 'orders' });
  await world.call('apis.create', { name: 'stock', version: '2' });
  const {
    items: [echo],
  } = await world.call('apis.list', {});
  assert.ok(echo);
  await world.call('apis.update', { api: 'echo', open: false });
  const made = await world.call('scopes.create', { name: 'read', apis: ['orders', 'orders/1.0.0', 'stock/2'] });
  assert.deepEqual(made.apis, ['orders/1.0.0', 'stock/2']);
  await assert.rejects(
    world.call('scopes.create', { name: 'x', apis: ['ordres/1.0.0'] }),
    failing('not_found', 'apis', /Did you mean "orders/),
  );
  await world.call('scopes.create', { name: 'echoes', roles: ['boss'], apis: ['echo'] });
  const ask = async (scope: string) => {
    const token = await world.token({ ...bob, scope });
    return [token.scope, (token.reason.scopesDropped ?? []).map(({ why }) => why)];
  };
  assert.deepEqual(await ask('read a'), ['a', ['not_subscribed']]);
  assert.deepEqual(await ask('echoes'), ['default', ['not_subscribed']]);
  const refused = await world.token({ grant_type: 'client_credentials', scope: 'read' });
  assert.match(explain(refused.reason), /read \(belongs to an API that the application does not subscribe to\)/);

  const { id } = await world.call('subscriptions.create', { application: 'Shop', api: 'stock' });
  assert.deepEqual(await ask('read a'), ['a read', []]);
  // Whether the gateway lets it through is decided there.
  await world.call('subscriptions.update', { subscription: id, state: 'BLOCKED' });
  assert.deepEqual(await ask('read a'), ['a read', []]);
  await world.call('subscriptions.delete', { subscription: id });
  assert.deepEqual(await ask('read a'), ['a', ['not_subscribed']]);

  await world.call('apis.update', { api: 'stock', open: true });
  assert.deepEqual(await ask('read a'), ['a read', []]);
  await world.call('apis.update', { api: 'stock', open: false });
  assert.deepEqual((await world.call('scopes.update', { name: 'read', description: 'd' })).apis, made.apis);
  await world.call('scopes.update', { name: 'read', apis: [] });
  assert.deepEqual(await ask('read a'), ['a read', []]);

  await world.call('scopes.update', { name: 'read', apis: ['orders'] });
  await world.call('settings.write', { scopePolicy: 'echo' });
  assert.deepEqual(await ask('read a'), ['a read', []]);
  assert.deepEqual(await ask('echoes'), ['default', ['role_missing']]);
});

test('deleting an API deletes the scopes that belong to no other API', async (t) => {
  const world = await openWorld(t);
  await world.call('apis.create', { name: 'orders' });
  await world.call('scopes.create', { name: 'read', apis: ['orders'] });
  await world.call('scopes.create', { name: 'write', apis: ['orders', 'echo'] });
  const { scopes, subscriptions } = await world.call('apis.delete', { api: 'orders' });
  assert.deepEqual([scopes, subscriptions], [['read'], 0]);
  const { items } = await world.call('scopes.list', {});
  assert.deepEqual(
    items.map(({ name, apis }) => [name, apis]),
    [
      ['a', []],
      ['b', []],
      ['c', []],
      ['write', ['echo/1.0']],
    ],
  );
});

test('echo grants unknown scopes, but none that needs a role, and never am_application_scope', async (t) => {
  const world = await openWorld(t, { scopePolicy: 'echo' });
  const token = await world.token({ ...bob, scope: 'x c am_application_scope openid' });
  assert.equal(token.scope, 'openid x');
  assert.deepEqual(
    token.reason.scopesDropped?.map(({ scope }) => scope),
    ['am_application_scope', 'c'],
  );
});

test('patterns of allowed scopes match the whole scope', async (t) => {
  const world = await openWorld(t, { allowedScopePatterns: ['urn:.*', 'x|yy'] });
  const ask = async (scope: string) => (await world.token({ ...bob, scope })).scope;
  assert.equal(await ask('urn:a x yy'), 'urn:a x yy');
  assert.equal(await ask('my-urn:a xx y zyy'), 'default');
  await world.call('settings.write', { allowedScopePatterns: ['.*'] });
  assert.equal(await ask('anything am_application_scope openid'), 'anything openid');
});
