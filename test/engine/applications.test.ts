import assert from 'node:assert/strict';
import { test } from 'node:test';
import { failing, openWorld } from '../helpers/engine.ts';

test('creates an application for an owner, finds it by name or id, and changes it', async (t) => {
  const world = await openWorld(t);
  const made = await world.call('applications.create', {
    name: 'Desk',
    owner: 'bob',
    description: 'd',
    tier: '20PerMin',
  });
  assert.deepEqual([made.owner, made.keyTypes, made.activeTokens], ['bob', [], 0]);
  assert.deepEqual(await world.call('applications.read', { application: String(made.id) }), made);
  assert.deepEqual(await world.call('applications.read', { application: 'Desk' }), made);

  await world.call('applications.create', { name: String(made.id) });
  const byName = await world.call('applications.read', { application: String(made.id) });
  assert.notEqual(byName.id, made.id, 'a name wins over a number');

  const changed = await world.call('applications.update', { application: 'Desk', name: 'Table', owner: 'admin' });
  assert.deepEqual(changed, { ...made, name: 'Table', owner: 'admin' });
  const { items } = await world.call('applications.list', {});
  assert.deepEqual(
    items.map(({ name, activeTokens }) => [name, activeTokens]),
    [
      ['Shop', 2],
      ['Table', 0],
      [String(made.id), 0],
    ],
  );
});

test('an impossible input names the field at fault', async (t) => {
  const world = await openWorld(t);
  await world.call('applications.create', { name: 'Desk' });
  await assert.rejects(world.call('applications.create', { name: 'Shop' }), failing('conflict', 'name'));
  await assert.rejects(world.call('applications.create', { name: 'X', owner: 'eve' }), failing('not_found', 'owner'));
  await assert.rejects(
    world.call('applications.update', { application: 'Desk', name: 'Shop' }),
    failing('conflict', 'name'),
  );
  await world.call('applications.update', { application: 'Desk', name: 'Desk' });
  for (const application of ['Chair', '99']) {
    await assert.rejects(world.call('applications.read', { application }), failing('not_found', 'application'));
  }
});

test('a deleted application is gone at once, and can be restored for 8 seconds of real time', async (t) => {
  const world = await openWorld(t);
  const token = await world.token({ grant_type: 'client_credentials' });
  const gone = await world.call('applications.delete', { application: 'Shop' });
  assert.equal(gone.tokensRevoked, 3);
  assert.deepEqual((await world.call('applications.list', {})).items, []);
  assert.deepEqual((await world.call('tokens.list', {})).items, []);
  for (const application of ['Shop', String(gone.id)]) {
    await assert.rejects(world.call('applications.read', { application }), failing('not_found', 'application'));
  }
  await assert.rejects(world.call('tokens.read', { token: token.accessToken }), failing('not_found', 'token'));
  await assert.rejects(world.call('keys.reveal', world.production), failing('not_found', 'application'));

  world.moveTo(8);
  assert.equal(await world.transact(() => world.engine.purgeDeletedApplications()), true);
  const back = await world.call('applications.restore', { application: 'Shop' });
  assert.equal(back.activeTokens, 3);
  assert.equal(world.introspect(token.accessToken).active, true);
  assert.deepEqual(await world.call('applications.restore', { application: String(gone.id) }), back);
});

test('after 8 seconds an undo is refused, and the purge deletes everything', async (t) => {
  const world = await openWorld(t);
  const token = await world.token({ grant_type: 'password', username: 'bob', password: 'bob-secret' });
  const device = Array.from({ length: 1500 }, (_, index) => `d${index}`);
  await world.call('devices.mint', { ...world.production, device });
  const { id } = await world.call('applications.delete', { application: 'Shop' });
  world.moveTo(8.001);
  await assert.rejects(
    world.call('applications.restore', { application: String(id) }),
    failing('not_found', 'application'),
  );
  // 1503 tokens take two steps: 1000 tokens, and the rest with the application. 1502 scope sets take four.
  for (const over of [false, false, false, false, false, true]) {
    assert.equal(await world.transact(() => world.engine.purgeDeletedApplications()), over);
  }
  assert.deepEqual(world.sent.at(-1), { name: 'applications.changed', data: { applicationId: id } });
  assert.equal(world.store.tokens.byId(token.tokenId), undefined);
  assert.equal(world.store.keySets.byConsumerKey(world.client.id), undefined);
  await assert.rejects(
    world.call('applications.restore', { application: String(id) }),
    failing('not_found', 'application'),
  );
});

test('restores a deleted application by name or id, the last deleted of several', async (t) => {
  const world = await openWorld(t);
  const { call } = world;
  const first = await call('applications.delete', { application: 'Shop' });
  const other = await call('applications.create', { name: 'Shop' });
  await call('applications.delete', { application: 'Shop' });
  assert.equal((await call('applications.restore', { application: 'Shop' })).id, other.id);
  assert.equal((await call('applications.restore', { application: String(other.id) })).id, other.id);
  await call('applications.update', { application: 'Shop', name: 'Store' });
  assert.equal((await call('applications.restore', { application: 'Shop' })).id, first.id);
  await assert.rejects(call('applications.restore', { application: 'Nosuch' }), failing('not_found', 'application'));
});

test('moving the clock does not shorten an undo', async (t) => {
  const world = await openWorld(t);
  const { id } = await world.call('applications.delete', { application: 'Shop' });
  await world.call('settings.write', { clockOffsetSeconds: 86_400 });
  assert.equal(await world.transact(() => world.engine.purgeDeletedApplications()), true);
  await world.call('applications.restore', { application: String(id) });
});

test('an application cannot be restored once its name is taken', async (t) => {
  const world = await openWorld(t);
  const { id } = await world.call('applications.delete', { application: 'Shop' });
  const other = await world.call('applications.create', { name: 'Shop' });
  assert.notEqual(other.id, id);
  for (const application of [String(id), 'Shop']) {
    await assert.rejects(world.call('applications.restore', { application }), failing('conflict', 'name'));
  }
});
