import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newConsumerKey, newKeySet, newToken, openTestStore, retirement, seed, startMs, tupleOf } from './stores.ts';

test('a purge takes all that belongs to the application, and nothing else', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const opened = await openTestStore(t);
  const { store, commit, db } = opened;
  const doomed = await seed(opened, 'ann');
  const spared = await seed(opened, 'bob');
  const countRows = () =>
    Object.fromEntries(
      ['applications', 'key_sets', 'tokens', 'refresh_tokens', 'token_history', 'token_reuses', 'users'].map(
        (table) => [table, db.prepare(`SELECT count(*) FROM ${table}`).pluck().get()],
      ),
    );
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
      store.tokens.setValidity(first.row.id, 1, startMs, { rule: 'end_set', atMs: startMs });
      store.tokens.retire([retirement(first.row.id, 'EXPIRED')]);
    });
    store.tokens.countReuse(first.row.id, startMs);
    t.mock.timers.tick(1000);
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

test('key sets come with what they hold, one for each key type of an application', async (t) => {
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
