import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openTestStore } from './stores.ts';

test('finds scopes by name, also within the transaction that changes them', async (t) => {
  const { store, commit } = await openTestStore(t);
  const { scopes } = store;
  assert.equal(scopes.byName('read'), undefined);
  const read = await commit.submit(() => {
    const row = scopes.insert({ name: 'read', description: '', roles: ['buyer'], apiIds: [] });
    assert.deepEqual(scopes.byName('read'), row);
    assert.equal(scopes.byName('write'), undefined);
    return row;
  });
  assert.deepEqual(scopes.byName('read'), read);
  const changed = { ...read, description: 'reads', roles: [], apiIds: [7, 8] };
  await commit.submit(() => scopes.update(changed));
  assert.deepEqual(scopes.byName('read'), changed);
  assert.deepEqual(scopes.list(), [changed]);
  await commit.submit(() => scopes.delete(read.id));
  assert.equal(scopes.byName('read'), undefined);
});
