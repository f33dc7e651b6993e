import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openWorld } from '../helpers/engine.ts';

test('settings not named stay, and those named are told of', async (t) => {
  const world = await openWorld(t);
  const before = await world.call('settings.read', {});
  const after = await world.call('settings.write', { skewSeconds: 300, httpPort: 8280, port: undefined });
  assert.deepEqual(after, { ...before, skewSeconds: 300, httpPort: 8280 });
  assert.deepEqual(await world.call('settings.read', {}), after);
  assert.deepEqual(world.sent.at(-1), { name: 'settings.changed', data: {} });
  assert.equal((await world.call('settings.write', { httpPort: null })).httpPort, null);
});
