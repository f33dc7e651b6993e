import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newUser, openTestStore, seed, startMs } from './stores.ts';

test('a consumer secret is matched and shown, until there is a new one', async (t) => {
  const opened = await openTestStore(t);
  const { store, commit } = opened;
  const { keySet } = await seed(opened);
  assert.equal(store.keySets.secretMatches(keySet.id, 'a consumer secret'), true);
  assert.equal(store.keySets.secretMatches(keySet.id, 'a consumer secre'), false);
  assert.equal(store.keySets.secretMatches(99, 'a consumer secret'), false);
  assert.equal(store.keySets.revealSecret(keySet.id), 'a consumer secret');

  await commit.submit(() => store.keySets.setSecret(keySet.id, 'the next'));
  assert.equal(store.keySets.secretMatches(keySet.id, 'a consumer secret'), false);
  assert.equal(store.keySets.secretMatches(keySet.id, 'the next'), true);
  assert.equal(store.keySets.revealSecret(keySet.id), 'the next');
  assert.throws(() => store.keySets.revealSecret(99), /no key set 99/);
});

test('living users are found by name, whatever its case; a name is free again after a deletion', async (t) => {
  const opened = await openTestStore(t);
  const { store, commit, dropCaches } = opened;
  const { users } = store;
  const [ann, other] = await commit.submit(() => [
    users.insert({ ...newUser('Änn'), roles: ['buyer'] }, 'a password'),
    users.insert({ ...newUser('Änn'), userStore: 'SECONDARY' }, null),
  ]);
  assert.ok(ann && other);
  assert.equal(other.hasPassword, false);
  for (let again = 0; again < 2; again++) {
    assert.deepEqual(users.byName('äNN', 'PRIMARY', 'carbon.super'), ann);
    assert.deepEqual(users.byName('änn', 'SECONDARY', 'carbon.super'), other);
    assert.equal(users.byName('änn', 'PRIMARY', 'other.tenant'), undefined);
    dropCaches();
  }
  await assert.rejects(
    commit.submit(() => users.insert(newUser('ÄNN'), null)),
    { code: 'SQLITE_CONSTRAINT_UNIQUE' },
  );

  const deleted = { ...ann, deletedAtMs: startMs + 5 };
  await commit.submit(() => users.update(deleted));
  assert.equal(users.byName('änn', 'PRIMARY', 'carbon.super'), undefined);
  assert.deepEqual(users.byId(ann.id), { ...deleted, hasPassword: false });
  assert.equal(users.passwordMatches(ann.id, 'a password'), false);
  assert.equal(users.revealPassword(ann.id), undefined);

  const next = await commit.submit(() => users.insert(newUser('änn'), 'a password'));
  assert.deepEqual(users.byName('Änn', 'PRIMARY', 'carbon.super'), next);
  assert.deepEqual(users.list(), [other, next]);
});
