import assert from 'node:assert/strict';
import { test } from 'node:test';
import { failing, openWorld } from '../helpers/engine.ts';

test('a set keeps devices in their order, with what their tokens need, and mints them in that order', async (t) => {
  const world = await openWorld(t);
  const { application } = world.production;
  const device = ['pixel-021', 'ipad', 'pixel-022', 'ipad'];
  const { replaced, ...saved } = await world.call('deviceSets.save', {
    ...world.production,
    ...{ username: 'bob', name: 'Release 4 phones', device, scope: 'a', validitySeconds: 600 },
  });
  assert.equal(replaced, false);
  assert.deepEqual(saved.devices, ['pixel-021', 'ipad', 'pixel-022'], 'each once');
  assert.deepEqual((await world.call('deviceSets.list', { application })).items, [saved]);
  assert.deepEqual((await world.call('deviceSets.list', {})).items, [saved]);
  const ref = { application, set: 'Release 4 phones' };
  const { items } = await world.call('deviceSets.mint', ref);
  assert.deepEqual(
    items.map(({ device: name, scope, expiresInSeconds }) => [name, scope, expiresInSeconds]),
    saved.devices.map((name) => [name, `a device_${name}`, 600]),
  );
  const explained = await world.call('tokens.explain', { token: String(items[0]?.id) });
  assert.match(explained.text, /The request chose a lifetime of 10 min\.\n/);
  assert.equal(explained.token.user, 'bob');
  const other = await world.call('deviceSets.mint', { ...ref, validitySeconds: -1 });
  assert.ok(other.items.every(({ reused, expiresInSeconds }) => reused && expiresInSeconds === 600));
});

test('saving again replaces a set, and other sets of the application keep their names', async (t) => {
  const world = await openWorld(t);
  const { application } = world.production;
  const save = (name: string, device: string[]) =>
    world.call('deviceSets.save', { ...world.production, username: 'bob', name, device, validitySeconds: 60 });
  const first = await save('Phones', ['a']);
  await save('Tablets', ['b']);
  const again = await world.call('deviceSets.save', { ...world.production, name: 'Phones', device: ['c', 'a'] });
  const { user: _, validitySeconds: __, ...kept } = first;
  assert.deepEqual(again, { ...kept, devices: ['c', 'a'], replaced: true }, 'nothing of the earlier set is left');
  await assert.rejects(
    world.call('deviceSets.rename', { application, set: 'Phones', name: 'Tablets' }),
    failing('conflict', 'name', /already has a device set named "Tablets"/),
  );
  await assert.rejects(
    world.call('deviceSets.rename', { application, set: 'Phnes', name: 'x' }),
    failing('not_found', 'set', /has no device set named "Phnes"\. Did you mean "Phones"\?/),
  );
  assert.equal((await world.call('deviceSets.rename', { application, set: 'Phones', name: 'Phones' })).name, 'Phones');
  await world.call('deviceSets.rename', { application, set: 'Phones', name: 'Watches' });
  await world.call('deviceSets.delete', { application, set: 'Tablets' });
  const names = (await world.call('deviceSets.list', {})).items.map(({ name }) => name);
  assert.deepEqual(names, ['Watches']);
  const { applicationId } = first;
  assert.deepEqual(
    world.sent.filter(({ name }) => name === 'deviceSets.changed').map(({ data }) => data),
    Array.from({ length: 6 }, () => ({ applicationId })),
  );
});

test('refuses device scopes, unknown users and sets without devices', async (t) => {
  const world = await openWorld(t);
  const set = { ...world.production, name: 'Phones', device: ['a'] };
  const save = (change: object) => world.call('deviceSets.save', { ...set, ...change });
  await assert.rejects(save({ scope: 'device_b' }), failing('bad_input', 'scope'));
  await assert.rejects(save({ username: 'nobody' }), failing('not_found', 'username'));
  await assert.rejects(save({ device: [] }), failing('bad_input', 'device'));
  await assert.rejects(save({ name: ' ' }), failing('bad_input', 'name'));
  await assert.rejects(save({ validitySeconds: 0 }), failing('bad_input', 'validitySeconds'));
  assert.deepEqual((await world.call('deviceSets.list', {})).items, []);
});

test('sets go with their application and come back with an undo; they go with their user', async (t) => {
  const world = await openWorld(t);
  const { application } = world.production;
  await world.call('deviceSets.save', { ...world.production, username: 'bob', name: 'of bob', device: ['a'] });
  await world.call('deviceSets.save', { ...world.production, name: 'of the application', device: ['a'] });
  const names = async () => (await world.call('deviceSets.list', {})).items.map(({ name }) => name);
  const { id } = await world.call('applications.delete', { application });
  assert.deepEqual(await names(), []);
  await world.call('applications.restore', { application: String(id) });
  assert.deepEqual(await names(), ['of bob', 'of the application']);
  await world.call('users.delete', { user: 'bob' });
  assert.deepEqual(await names(), ['of the application']);
  await world.call('applications.delete', { application });
  world.moveTo(9);
  await world.transact(() => world.engine.purgeDeletedApplications());
  while (!(await world.transact(() => world.engine.purgeDeletedApplications())));
  assert.deepEqual(world.store.deviceSets.list(), []);
});
