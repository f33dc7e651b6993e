import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openTestStore, seed, startMs } from './stores.ts';

test('applications are found by name while they live, and by id while they are there', async (t) => {
  const opened = await openTestStore(t);
  const { store, commit } = opened;
  const { application, user } = await seed(opened);
  assert.deepEqual(store.applications.byName(application.name), application);
  assert.deepEqual(store.applications.byId(application.id), application);

  const deleted = { ...application, deletedAtMs: startMs + 5 };
  const namesake = await commit.submit(() => {
    store.applications.update(deleted);
    return store.applications.insert({ ...application, ownerId: user.id, description: 'the next' });
  });
  assert.deepEqual(store.applications.byId(application.id), deleted);
  assert.deepEqual(store.applications.byName(application.name), namesake);
  assert.deepEqual(store.applications.list(), [deleted, namesake]);
  await assert.rejects(
    commit.submit(() => store.applications.update(application)),
    { code: 'SQLITE_CONSTRAINT_UNIQUE' },
  );
});
