import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Store } from '../../main/engine/ports/store/store.ts';
import type { TokenFilter } from '../../main/engine/ports/store/tokenFilter.ts';
import type { TokenRow } from '../../main/engine/ports/store/tokens.ts';
import { newToken, openTestStore, random, retirement, seed, startMs, tupleOf } from './stores.ts';

const idsOf = (rows: readonly TokenRow[]) => rows.map(({ id }) => id);

const isForOneDevice = ({ scope }: TokenRow) =>
  scope.split(' ').filter((name) => name.startsWith('device_')).length === 1;

const endMs = ({ issuedAtMs, validityMs }: TokenRow) => (validityMs < 0 ? Infinity : issuedAtMs + validityMs);

/** The meaning of a filter, for one row. */
const matches = (filter: TokenFilter, row: TokenRow): boolean =>
  [
    filter.keySetIds === undefined || filter.keySetIds.includes(row.keySetId),
    filter.userId === undefined || filter.userId === row.userId,
    filter.state === undefined || filter.state === row.state,
    filter.userType === undefined || filter.userType === row.userType,
    filter.grantType === undefined || filter.grantType === row.grantType,
    (filter.scopes ?? []).every((scope) => ` ${row.scope} `.includes(` ${scope} `)),
    filter.forDevice === undefined || filter.forDevice === isForOneDevice(row),
    filter.expiresAfterMs === undefined || endMs(row) > filter.expiresAfterMs,
    filter.expiresUntilMs === undefined || endMs(row) <= filter.expiresUntilMs,
    filter.neverExpires === undefined || endMs(row) === Infinity,
    (filter.words ?? []).every(
      ({ text, keySetIds, userIds }) =>
        row.scope.toLowerCase().includes(text) ||
        text === `${row.id}` ||
        keySetIds.includes(row.keySetId) ||
        userIds.includes(row.userId),
    ),
    filter.beforeId === undefined || row.id < filter.beforeId,
  ].every(Boolean);

test('a search returns matching tokens, newest first, in pages', async (t) => {
  const opened = await openTestStore(t);
  const { store, commit } = opened;
  const ann = await seed(opened, 'ann');
  const bob = await seed(opened, 'bob');
  const scopes = ['default', 'A', 'A b', 'AA', 'b device_ipad', 'a% _', 'device_a device_b', 'a_device_x'];
  const rows = await commit.submit(() =>
    [ann, bob].flatMap((of) =>
      scopes.flatMap((scope, at) =>
        (['APPLICATION', 'APPLICATION_USER'] as const).map(
          (userType) =>
            store.tokens.insert({
              ...newToken({ ...tupleOf(of, scope), userType }),
              grantType: userType === 'APPLICATION' ? 'client_credentials' : 'password',
              validityMs: at % 3 === 0 ? -1 : at * 1000,
            }).row,
        ),
      ),
    ),
  );
  await commit.submit(() => {
    for (const [at, { id }] of rows.entries()) {
      if (at % 3 !== 0) store.tokens.retire([retirement(id, at % 3 === 1 ? 'REVOKED' : 'EXPIRED')]);
    }
  });
  const all = rows.map(({ id }) => store.tokens.byId(id)).filter((row) => row !== undefined);

  const keySetIds = fc.uniqueArray(fc.constantFrom(ann.keySet.id, bob.keySet.id, 99));
  const userIds = fc.uniqueArray(fc.constantFrom(ann.user.id, bob.user.id, 99));
  const scope = fc.constantFrom('A', 'b', 'AA', 'device_ipad', 'device_%', '%', '_', 'A b', "'", '');
  const atMs = fc.integer({ min: startMs, max: startMs + 9000 });
  const filters: fc.Arbitrary<TokenFilter> = fc.record(
    {
      keySetIds,
      userId: fc.constantFrom(ann.user.id, bob.user.id, 99),
      state: fc.constantFrom('ACTIVE', 'REVOKED', 'EXPIRED', 'INACTIVE'),
      userType: fc.constantFrom('APPLICATION', 'APPLICATION_USER'),
      grantType: fc.constantFrom('client_credentials', 'password', 'refresh_token'),
      scopes: fc.array(scope, { maxLength: 2 }),
      forDevice: fc.boolean(),
      expiresAfterMs: atMs,
      expiresUntilMs: atMs,
      neverExpires: fc.constant(true as const),
      words: fc.array(
        fc.record({ text: fc.constantFrom('a', 'b', '%', 'ipad', '7', '12', "'", '007'), keySetIds, userIds }),
        { maxLength: 2 },
      ),
      beforeId: fc.integer({ min: 1, max: 40 }),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(filters, fc.integer({ min: 1, max: 40 }), (filter, limit) => {
      const expected = all.filter((row) => matches(filter, row)).toReversed();
      assert.deepEqual(toTheEnd(store, filter, limit), expected);
      const page = store.tokens.list(filter, limit);
      assert.deepEqual(page.found, expected.slice(0, limit));
      assert.equal(page.olderThanId, expected.length < limit ? undefined : expected[limit - 1]?.id);
      const byState = { ACTIVE: 0, INACTIVE: 0, EXPIRED: 0, REVOKED: 0 };
      for (const { state } of expected) byState[state] += 1;
      assert.deepEqual(store.tokens.countByState(filter), { found: byState, olderThanId: undefined });
    }),
    { numRuns: 500 },
  );
  assert.equal(store.tokens.count(), all.length);
});

/** Collects all pages of a search. */
function toTheEnd({ tokens }: Store, filter: TokenFilter, limit: number): TokenRow[] {
  const rows: TokenRow[] = [];
  for (let beforeId = filter.beforeId; ; ) {
    const { found, olderThanId } = tokens.list({ ...filter, beforeId }, limit);
    rows.push(...found);
    if (olderThanId === undefined) return rows;
    beforeId = olderThanId;
  }
}

test('a search of many rows stops at its limit and continues from there', async (t) => {
  const opened = await openTestStore(t);
  const { store, commit, db } = opened;
  const { tokens } = store;
  const seeded = await seed(opened, 'ann');
  const bob = await seed(opened, 'bob');
  const first = await commit.submit(() => tokens.insert(newToken(tupleOf(seeded, 'needle'))).row);
  const ofBob = await commit.submit(() => tokens.insert(newToken(tupleOf(bob, 'needle'))).row);
  db.exec("INSERT INTO scope_sets VALUES (99, 'hay')");
  // Inserts 30,000 rows of one key set, without sealed values.
  db.exec(`WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 30000)
    INSERT INTO tokens (key_set_id, user_id, for_user, scope_set_id, binding_ref, state, issued_at_ms,
      validity_ms, grant_type, access_token, access_token_digest, reason)
    SELECT key_set_id, user_id, for_user, 99, 'b' || n, state, issued_at_ms,
      validity_ms, grant_type, access_token, access_token_digest, reason
    FROM tokens, numbers WHERE id = ${first.id}`);
  const asked: readonly TokenFilter[] = [
    { scopes: ['needle'] },
    { scopes: ['needle'], state: 'ACTIVE' },
    { scopes: ['needle'], keySetIds: [seeded.keySet.id] },
    { scopes: ['needle'], keySetIds: [bob.keySet.id, seeded.keySet.id], state: 'ACTIVE' },
  ];
  for (const filter of asked) {
    const page = tokens.list(filter, 10);
    assert.deepEqual(page.found, []);
    assert.ok(page.olderThanId !== undefined && page.olderThanId > 10_000 && page.olderThanId <= 30_000);
    const expected = [ofBob.id, first.id].filter((id) => filter.keySetIds?.length !== 1 || id === first.id);
    assert.deepEqual(idsOf(toTheEnd(store, filter, 10)), expected);
    let counted = 0;
    let calls = 0;
    for (let beforeId: number | undefined = 99_999; beforeId !== undefined; calls += 1) {
      const { found, olderThanId }: ReturnType<typeof tokens.countByState> = tokens.countByState({
        ...filter,
        beforeId,
      });
      counted += found.ACTIVE;
      beforeId = olderThanId;
    }
    assert.equal(counted, expected.length);
    assert.ok(calls > 1);
  }
  // The few rows of a key set or of a rare state are found in one call.
  assert.deepEqual(idsOf(tokens.list({ keySetIds: [bob.keySet.id] }, 10).found), [ofBob.id]);
  await commit.submit(() => db.exec('UPDATE tokens SET state = 5, history_id = 1 WHERE id > 10'));
  assert.deepEqual(idsOf(tokens.list({ state: 'ACTIVE', scopes: ['needle'] }, 10).found), [ofBob.id, first.id]);
  // A gap of many deleted rows costs no extra calls.
  await commit.submit(() => db.exec('DELETE FROM tokens WHERE id BETWEEN 10 AND 29000'));
  assert.equal(toTheEnd(store, {}, 1000).length, tokens.count());
});

test('lists the rows of a tuple newest first, for any binding reference and state', async (t) => {
  const opened = await openTestStore(t);
  const { store, commit } = opened;
  const { tokens } = store;
  const seeded = await seed(opened);
  const tuple = tupleOf(seeded);
  const insert = (bindingRef: string, scope = tuple.scope) =>
    tokens.insert(newToken({ ...tuple, scope, bindingRef })).row.id;
  const [revoked, expired, inactive, bound, live] = await commit.submit(() => {
    const ids: number[] = [];
    for (const state of ['REVOKED', 'EXPIRED', 'INACTIVE'] as const) {
      ids.push(insert('NONE'));
      tokens.retire([retirement(ids.at(-1) ?? 0, state)]);
    }
    ids.push(insert(random.uuid()), insert('NONE'));
    insert('NONE', 'other');
    return ids;
  });
  assert.deepEqual(idsOf(tokens.ofTuple(tuple, 10)), [live, bound, inactive, expired, revoked]);
  assert.deepEqual(idsOf(tokens.ofTuple(tuple, 2)), [live, bound]);
  assert.deepEqual(idsOf(tokens.liveOrExpiredOfTuple(tuple, 10)), [live, bound, expired]);
  assert.deepEqual(idsOf(tokens.liveOrExpiredOfTuple(tuple, 1)), [live]);
  assert.deepEqual(tokens.ofTuple({ ...tuple, userType: 'APPLICATION' }, 10), []);
});

test('lists and counts live tokens by key set and by user', async (t) => {
  const opened = await openTestStore(t);
  const { store, commit } = opened;
  const { tokens } = store;
  const ann = await seed(opened, 'ann');
  const bob = await seed(opened, 'bob');
  const [ofAnn, ofBob, atBobs] = await commit.submit(() => {
    const gone = tokens.insert(newToken(tupleOf(ann, 'gone'))).row.id;
    tokens.retire([retirement(gone)]);
    return [
      tokens.insert(newToken(tupleOf(ann))).row,
      tokens.insert(newToken(tupleOf(bob))).row,
      tokens.insert(newToken({ ...tupleOf(bob), userId: ann.user.id })).row,
    ];
  });
  assert.deepEqual(tokens.active({ keySetIds: [ann.keySet.id] }), [ofAnn]);
  assert.deepEqual(tokens.active({ userId: ann.user.id }), [ofAnn, atBobs]);
  assert.deepEqual(
    new Set(tokens.active({ keySetIds: [ann.keySet.id, bob.keySet.id] })),
    new Set([ofAnn, ofBob, atBobs]),
  );
  assert.equal(tokens.countActive([ann.keySet.id]), 1);
  assert.equal(tokens.countActive([ann.keySet.id, bob.keySet.id, 99]), 3);
  assert.deepEqual(tokens.active({ keySetIds: [] }), []);
});

test('gives the newest live or expired row per scope set of a user (reference 9)', async (t) => {
  const opened = await openTestStore(t);
  const { store, commit } = opened;
  const { tokens } = store;
  const ann = await seed(opened, 'ann');
  const bob = await seed(opened, 'bob');
  const issued = (scope: string, state?: 'EXPIRED' | 'REVOKED' | 'INACTIVE', of = ann) => {
    const { id } = tokens.insert(newToken(tupleOf(of, scope))).row;
    if (state) tokens.retire([retirement(id, state)]);
    return id;
  };
  const expected = await commit.submit(() => {
    issued('a', 'EXPIRED');
    const live = issued('a');
    issued('b', 'EXPIRED');
    const expired = issued('b', 'EXPIRED');
    issued('b', 'REVOKED');
    issued('c', 'REVOKED');
    issued('d', 'INACTIVE');
    issued('a', 'EXPIRED', bob);
    return [expired, live];
  });
  assert.deepEqual(idsOf(tokens.newestLiveOrExpired(ann.user.id)), expected);
});
