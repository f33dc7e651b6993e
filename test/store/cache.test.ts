import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createCaches } from '../../main/store/database/cache.ts';
import { newToken, openTestStore, retirement, seed, tupleOf } from './stores.ts';

test('keeps new and used entries, and stays bounded', () => {
  const cache = createCaches(() => true).create<number, string>(10);
  for (let key = 1; key <= 1000; key++) {
    cache.set(key, `value ${key}`);
    assert.equal(cache.get(1), 'value 1');
  }
  const kept = Array.from({ length: 1000 }, (_, at) => at + 1).filter((key) => cache.get(key) !== undefined);
  assert.ok(kept.length <= 20);
  for (let key = 995; key <= 1000; key++) assert.ok(kept.includes(key));
});

test('is filled only when allowed, but always cleared', () => {
  let mayFill = true;
  const caches = createCaches(() => mayFill);
  const cache = caches.create<string, number>(1);
  for (const [at, key] of ['old', 'young'].entries()) cache.set(key, at + 1);
  mayFill = false;
  cache.set('other', 3);
  assert.deepEqual([cache.get('old'), cache.get('young'), cache.get('other')], [1, 2, undefined]);
  cache.delete('old');
  assert.equal(cache.get('old'), undefined);
  caches.drop();
  assert.equal(cache.get('young'), undefined);
});

test('caches match the disk after a write, a failure and a lost batch', async (t) => {
  const opened = await openTestStore(t);
  const { store, commit, db } = opened;
  const { tokens, keySets, users, settings, scopes, applications } = store;
  const seeded = await seed(opened);
  const { user, keySet, application } = seeded;
  const tuple = tupleOf(seeded);
  const { row, accessToken } = await commit.submit(() => {
    scopes.insert({ name: 'read', description: '', roles: [], apiIds: [] });
    return tokens.insert(newToken(tuple));
  });
  const look = () => [
    tokens.findActive(tuple),
    tokens.byValue(accessToken),
    tokens.byId(row.id),
    keySets.byConsumerKey(keySet.consumerKey),
    users.byName(user.name, user.userStore, user.tenantDomain),
    applications.byId(application.id),
    scopes.byName('read'),
    settings.read(),
  ];
  const change = () => {
    tokens.retire([retirement(row.id)]);
    keySets.update({ ...keySet, state: 'REVOKED' });
    users.update({ ...user, enabled: false });
    applications.update({ ...application, tier: 'Gold' });
    scopes.update({ id: 1, name: 'read', description: 'changed', roles: [], apiIds: [] });
    settings.write({ ...settings.read(), skewSeconds: 300 });
  };
  const before = look();
  const [found] = before;
  assert.deepEqual(found, row);

  await assert.rejects(
    commit.submit(() => {
      change();
      assert.notDeepEqual(look(), before);
      throw new Error('no');
    }),
    /no/,
  );
  assert.deepEqual(look(), before);

  await assert.rejects(
    commit.submit(() => {
      change();
      assert.notDeepEqual(look(), before);
      db.exec('ROLLBACK');
    }),
    { code: 'database_damaged' },
  );
  assert.deepEqual(look(), before);

  await commit.submit(change);
  const after = look();
  for (const [at, value] of before.entries()) assert.notDeepEqual(after[at], value);
  assert.equal(after[0], undefined);
});

test('rolls back a batch on a full disk, and keeps the caches correct', async (t) => {
  const opened = await openTestStore(t);
  const { store, commit, db } = opened;
  const tuple = tupleOf(await seed(opened));
  const { row } = await commit.submit(() => store.tokens.insert(newToken(tuple)));
  assert.deepEqual(store.tokens.findActive(tuple), row);

  db.pragma(`max_page_count = ${Number(db.pragma('page_count', { simple: true })) + 2}`);
  const insert = (at: number) =>
    commit.submit(() => store.tokens.insert(newToken({ ...tuple, scope: `device_${at} ${'x'.repeat(2000)}` })));
  const results = await Promise.allSettled([
    commit.submit(() => store.tokens.retire([retirement(row.id)])),
    ...Array.from({ length: 20 }, (_, at) => insert(at)),
  ]);
  for (const result of results) assert.equal(result.status === 'rejected' && result.reason.code, 'storage_full');
  assert.deepEqual(store.tokens.findActive(tuple), row);
  assert.deepEqual(store.tokens.list({}, 10).found, [row]);

  db.pragma('max_page_count = 1000000');
  const next = await insert(1);
  assert.deepEqual(store.tokens.byValue(next.accessToken), next.row);
  assert.ok(next.row.id > row.id + 1);
  assert.deepEqual(db.pragma('integrity_check'), [{ integrity_check: 'ok' }]);
});

test('reads from disk after the caches were dropped', async (t) => {
  const opened = await openTestStore(t);
  const { store, commit, db, dropCaches } = opened;
  const tuple = tupleOf(await seed(opened));
  const { row } = await commit.submit(() => store.tokens.insert(newToken(tuple)));
  const value = store.tokens.reveal(row.id);
  db.exec("UPDATE tokens SET access_token = x'00'");
  assert.equal(store.tokens.reveal(row.id), value);
  dropCaches();
  assert.throws(() => store.tokens.reveal(row.id), { code: 'sealed_value_damaged' });
});
