import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newUser, openTestStore } from './stores.ts';

test('a user keeps the password through other changes, and equal passwords do not look alike', async (t) => {
  const { store, commit, db } = await openTestStore(t);
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
  assert.equal(users.passwordMatches(ann.id, 'a password'), true);
  assert.equal(users.passwordMatches(ann.id, 'A password'), false);
  assert.equal(users.revealPassword(ann.id), 'a password');
  assert.equal(db.prepare('SELECT count(DISTINCT password_digest) FROM users').pluck().get(), 2);

  await commit.submit(() => users.setPassword(ann.id, 'the next'));
  assert.equal(users.passwordMatches(ann.id, 'a password'), false);
  assert.equal(users.passwordMatches(ann.id, 'the next'), true);
});
