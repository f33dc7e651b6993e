import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newConsumerKey, newKeySet, openTestStore, seed } from './stores.ts';

test('stores one key set per key type of an application', async (t) => {
  const opened = await openTestStore(t);
  const { store, commit, dropCaches } = opened;
  const { application, keySet } = await seed(opened);
  const sandbox = await commit.submit(() =>
    store.keySets.insert(
      {
        ...newKeySet,
        applicationId: application.id,
        keyType: 'SANDBOX',
        consumerKey: newConsumerKey(),
        grantTypes: ['refresh_token'],
        allowedOrigins: ['https://app.test'],
        callbackUrl: 'http://localhost/callback',
        issueBehaviour: 'multiple',
        userTokenValiditySeconds: -1,
      },
      'another secret',
    ),
  );
  for (let again = 0; again < 2; again++) {
    assert.deepEqual(store.keySets.byConsumerKey(keySet.consumerKey), keySet);
    assert.deepEqual(store.keySets.byConsumerKey(sandbox.consumerKey), sandbox);
    assert.deepEqual(store.keySets.byId(sandbox.id), sandbox);
    assert.deepEqual(store.keySets.ofApplication(application.id), [keySet, sandbox]);
    dropCaches();
  }
  assert.equal(store.keySets.byConsumerKey('nobody'), undefined);
  assert.equal(store.keySets.byId(99), undefined);
  await assert.rejects(
    commit.submit(() => store.keySets.insert({ ...sandbox, consumerKey: newConsumerKey() }, 'secret')),
    { code: 'SQLITE_CONSTRAINT_UNIQUE' },
  );

  const changed = {
    ...keySet,
    state: 'REVOKED' as const,
    grantTypes: ['password' as const],
    allowedOrigins: ['http://a'],
  };
  await commit.submit(() => store.keySets.update(changed));
  assert.deepEqual(store.keySets.byConsumerKey(keySet.consumerKey), changed);
});

test('matches and reveals a consumer secret until it is replaced', async (t) => {
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

test('a copied digest does not match in another row or column', async (t) => {
  const opened = await openTestStore(t);
  const { store, commit, db, dropCaches } = opened;
  const { keySet, application, user } = await seed(opened);
  const other = await commit.submit(() => {
    const row = { ...newKeySet, applicationId: application.id, keyType: 'SANDBOX' as const };
    return store.keySets.insert({ ...row, consumerKey: newConsumerKey() }, "another's secret");
  });
  const copyDigest = (from: string) => {
    db.exec(`UPDATE key_sets SET consumer_secret_digest = (${from})`);
    dropCaches();
  };
  copyDigest(`SELECT consumer_secret_digest FROM key_sets WHERE id = ${keySet.id}`);
  assert.equal(store.keySets.secretMatches(keySet.id, 'a consumer secret'), true);
  assert.equal(store.keySets.secretMatches(other.id, 'a consumer secret'), false);
  assert.equal(user.id, keySet.id);
  copyDigest('SELECT password_digest FROM users');
  assert.equal(store.keySets.secretMatches(keySet.id, 'a password'), false);
});
