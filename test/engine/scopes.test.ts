import assert from 'node:assert/strict';
import { test } from 'node:test';
import { explain } from '../../main/engine/decisions/reasons.ts';
import { failing, openWorld } from '../helpers/engine.ts';

const bob = { grant_type: 'password', username: 'bob', password: 'bob-secret' };

test('creates, changes and deletes scopes; issued tokens keep theirs', async (t) => {
  const world = await openWorld(t);
  const made = await world.call('scopes.create', { name: 'read', description: 'd', roles: ['reader', 'reader'] });
  assert.deepEqual(made, { id: made.id, name: 'read', description: 'd', roles: ['reader'] });
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
    [bob, 'openid device_x', 'device_x', [['openid', 'no_id_token']]],
    [bob, 'openid', 'default', [['openid', 'no_id_token']]],
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
  assert.match(explain(openid.reason), /openid \(requests an ID token, which Keyfob does not issue yet\)/);
});

test('echo grants unknown scopes, but none that needs a role, and never am_application_scope', async (t) => {
  const world = await openWorld(t, { scopePolicy: 'echo' });
  const token = await world.token({ ...bob, scope: 'x c am_application_scope openid' });
  assert.equal(token.scope, 'x');
  assert.deepEqual(
    token.reason.scopesDropped?.map(({ scope }) => scope),
    ['am_application_scope', 'c', 'openid'],
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
