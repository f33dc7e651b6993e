import assert from 'node:assert/strict';
import { test } from 'node:test';
import { endSet, newToken, openTestStore, retirement, seed, startMs, tupleOf } from './stores.ts';

test('a purge deletes all dependent rows, and their ids are never reused', async (t) => {
  const opened = await openTestStore(t);
  const { store, commit, db } = opened;
  const tuple = tupleOf(await seed(opened));
  const { carried, first, second } = await commit.submit(() => {
    const carried = store.refreshTokens.insert({ keySetId: tuple.keySetId, issuedAtMs: startMs, validityMs: 1 });
    const first = store.tokens.insert(newToken(tuple, carried.row.id));
    store.refreshTokens.attach(carried.row.id, first.row.id);
    store.tokens.setValidity(first.row.id, 1, endSet());
    store.tokens.retire([retirement(first.row.id, 'EXPIRED')]);
    const second = store.tokens.insert(newToken(tuple, carried.row.id));
    store.refreshTokens.attach(carried.row.id, second.row.id);
    return { carried, first, second };
  });
  store.tokens.countReuse(first.row.id, startMs);
  const count = (table: string) => db.prepare(`SELECT count(*) FROM ${table}`).pluck().get();
  assert.equal(store.tokens.byValue(first.accessToken)?.state, 'EXPIRED');
  await commit.submit(() => store.tokens.purge([first.row.id]));
  assert.equal(store.tokens.byValue(first.accessToken), undefined);
  assert.equal(store.tokens.byId(first.row.id), undefined);
  assert.throws(() => store.tokens.reveal(first.row.id), /There is no access token/);
  // The refresh token belongs to the second token.
  assert.equal(store.refreshTokens.byValue(carried.refreshToken)?.tokenId, second.row.id);
  assert.equal(count('token_history'), 0);

  await commit.submit(() => store.tokens.retire([retirement(second.row.id)]));
  await commit.submit(() => store.tokens.purge([second.row.id]));
  assert.deepEqual(['tokens', 'refresh_tokens', 'token_history'].map(count), [0, 0, 0]);
  assert.equal(store.refreshTokens.byValue(carried.refreshToken), undefined);
  await opened.close();

  const again = await openTestStore(t, { file: opened.file, sealer: opened.sealer });
  assert.equal(again.db.prepare('SELECT count(*) FROM token_reuses').pluck().get(), 0);
  const next = await again.commit.submit(() => again.store.tokens.insert(newToken(tuple)));
  assert.ok(next.row.id > second.row.id);
  assert.equal(again.store.tokens.byValue(second.accessToken), undefined);
});

test('a purge can be rolled back', async (t) => {
  const opened = await openTestStore(t);
  const { store, commit } = opened;
  const tuple = tupleOf(await seed(opened));
  const { row, accessToken } = await commit.submit(() => store.tokens.insert(newToken(tuple)));
  await commit.submit(() => store.tokens.retire([retirement(row.id)]));
  const failed = commit.submit(() => {
    store.tokens.purge([row.id]);
    throw new Error('no');
  });
  await assert.rejects(failed, /no/);
  assert.equal(store.tokens.byValue(accessToken)?.state, 'REVOKED');
  assert.equal(store.tokens.reveal(row.id), accessToken);
});

test('finds retired tokens by real time of retirement, in batches', async (t) => {
  const opened = await openTestStore(t);
  const { store, commit } = opened;
  const seeded = await seed(opened);
  const ids: number[] = [];
  for (let at = 0; at < 1200; at += 1) {
    await commit.submit(() => {
      const { row } = store.tokens.insert(newToken(tupleOf(seeded, `device_${at}`)));
      // Token time runs in the other direction.
      const times = { atMs: startMs - at, realTimeMs: startMs + at };
      store.tokens.retire([{ ...retirement(row.id), ...times }]);
      ids.push(row.id);
    });
  }
  const found: number[] = [];
  let looks = 0;
  for (let place: number | undefined = 0; place !== undefined; looks += 1) {
    const page: ReturnType<typeof store.tokens.retired> = store.tokens.retired({}, startMs + 699, place);
    assert.ok(page.ids.length <= 500);
    found.push(...page.ids);
    place = page.nextPlace;
  }
  assert.deepEqual(found, ids.slice(0, 700));
  assert.equal(looks, 3);
  // No entry is old enough, which one call finds out.
  assert.deepEqual(store.tokens.retired({}, startMs - 1, 0), { ids: [], nextPlace: undefined });
});

test('counts from the last retirement', async (t) => {
  const opened = await openTestStore(t);
  const { store, commit } = opened;
  const tuple = tupleOf(await seed(opened));
  const { row } = await commit.submit(() => store.tokens.insert(newToken(tuple)));
  await commit.submit(() => store.tokens.retire([retirement(row.id, 'EXPIRED')]));
  await commit.submit(() => store.tokens.retire([{ ...retirement(row.id), realTimeMs: startMs + 5000 }]));
  assert.deepEqual(store.tokens.retired({}, startMs + 4999, 0).ids, []);
  assert.deepEqual(store.tokens.retired({}, startMs + 5000, 0).ids, [row.id]);
});
