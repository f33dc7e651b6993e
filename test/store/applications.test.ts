import assert from 'node:assert/strict';
import { test } from 'node:test';
import { endSet, newToken, openTestStore, retirement, seed, startMs, tupleOf } from './stores.ts';

test('finds undeleted applications by name, and all by id', async (t) => {
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

test('a purge deletes all rows of an application, and no others', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const opened = await openTestStore(t);
  const { store, commit, db } = opened;
  const doomed = await seed(opened, 'ann');
  const spared = await seed(opened, 'bob');
  const count = (table: string) => db.prepare(`SELECT count(*) FROM ${table}`).pluck().get();
  const countRows = () => ({
    applications: count('applications'),
    key_sets: count('key_sets'),
    tokens: count('tokens'),
    refresh_tokens: count('refresh_tokens'),
    token_history: count('token_history'),
    token_reuses: count('token_reuses'),
    users: count('users'),
  });
  const fill = async (of: typeof doomed) => {
    const rows = await commit.submit(() =>
      ['a', 'b', 'c'].map((scope) => {
        const refresh = store.refreshTokens.insert({ keySetId: of.keySet.id, issuedAtMs: startMs, validityMs: -1 });
        return store.tokens.insert(newToken(tupleOf(of, scope), refresh.row.id));
      }),
    );
    const [first] = rows;
    assert.ok(first);
    await commit.submit(() => {
      store.tokens.setValidity(first.row.id, 1, endSet());
      store.tokens.retire([retirement(first.row.id, 'EXPIRED')]);
    });
    store.tokens.countReuse(first.row.id, startMs);
    t.mock.timers.tick(5000);
    await commit.drain();
    return rows;
  };
  await fill(spared);
  const withoutDoomed = { ...countRows(), applications: 1, key_sets: 1 };
  const rows = await fill(doomed);
  for (const { accessToken } of rows) assert.ok(store.tokens.byValue(accessToken));

  assert.equal(await commit.submit(() => store.applications.purge(doomed.application.id, 2)), false);
  assert.notEqual(store.applications.byId(doomed.application.id), undefined);
  assert.equal(await commit.submit(() => store.applications.purge(doomed.application.id, 2)), true);
  assert.deepEqual(countRows(), withoutDoomed);
  assert.equal(withoutDoomed.token_reuses, 1);
  for (const { accessToken } of rows) assert.equal(store.tokens.byValue(accessToken), undefined);
  assert.equal(store.applications.byId(doomed.application.id), undefined);
  assert.equal(store.keySets.byConsumerKey(doomed.keySet.consumerKey), undefined);
  assert.equal(store.tokens.countActive([spared.keySet.id]), 2);

  assert.equal(await commit.submit(() => store.applications.purge(spared.application.id)), true);
  assert.deepEqual(db.pragma('foreign_key_check'), []);
});
