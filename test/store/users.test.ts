import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newUser, openTestStore, startMs } from './stores.ts';

test('finds undeleted users by name in any case, and frees the name after a deletion', async (t) => {
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

test('keeps claims, and a password through other changes, and digests equal passwords differently', async (t) => {
  const { store, commit, db, dropCaches } = await openTestStore(t);
  const { users } = store;
  const [ann, bob] = await commit.submit(() => [
    users.insert(newUser('ann'), 'a password'),
    users.insert(newUser('bob'), 'a password'),
  ]);
  assert.ok(ann && bob);
  await commit.submit(() => users.update({ ...ann, name: 'Anna', enabled: false, roles: ['buyer'] }));
  assert.deepEqual(users.byName('anna', 'PRIMARY', 'carbon.super'), {
    ...ann,
    name: 'Anna',
    enabled: false,
    roles: ['buyer'],
  });
  assert.equal(users.byName('ann', 'PRIMARY', 'carbon.super'), undefined);
  const claims = { ...ann.claims, email: 'ann@shop.test', otherClaims: { level: 3 } };
  await commit.submit(() => users.update({ ...ann, claims }));
  dropCaches();
  assert.deepEqual(users.byId(ann.id), { ...ann, claims });
  assert.equal(
    db.prepare('SELECT claims FROM users WHERE id = ?').pluck().get(ann.id),
    '{"email":"ann@shop.test","otherClaims":{"level":3}}',
  );
  assert.equal(users.passwordMatches(ann.id, 'a password'), true);
  assert.equal(users.passwordMatches(ann.id, 'A password'), false);
  assert.equal(users.revealPassword(ann.id), 'a password');
  assert.equal(db.prepare('SELECT count(DISTINCT password_digest) FROM users').pluck().get(), 2);

  await commit.submit(() => users.setPassword(ann.id, 'the next'));
  assert.equal(users.passwordMatches(ann.id, 'a password'), false);
  assert.equal(users.passwordMatches(ann.id, 'the next'), true);
});
