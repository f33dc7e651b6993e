import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { TokenFilter, TokenRow } from '../../main/engine/storePort.ts';
import { newToken, openTestStore, random, retirement, seed, tupleOf } from './stores.ts';

const idsOf = (rows: readonly TokenRow[]) => rows.map(({ id }) => id);

test('a page of tokens holds what the filter says, newest first, and the next page goes on', async (t) => {
  const opened = await openTestStore(t);
  const { store, commit } = opened;
  const ann = await seed(opened, 'ann');
  const bob = await seed(opened, 'bob');
  const scopes = ['default', 'a', 'a b', 'aa', 'b device_ipad', 'a% _'];
  const rows = await commit.submit(() =>
    [ann, bob].flatMap((of) =>
      scopes.flatMap((scope) =>
        (['APPLICATION', 'APPLICATION_USER'] as const).map(
          (userType) =>
            store.tokens.insert({
              ...newToken({ ...tupleOf(of, scope), userType }),
              grantType: userType === 'APPLICATION' ? 'client_credentials' : 'password',
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

  const filters = fc.record(
    {
      keySetIds: fc.uniqueArray(fc.constantFrom(ann.keySet.id, bob.keySet.id, 99)),
      userId: fc.constantFrom(ann.user.id, bob.user.id, 99),
      state: fc.constantFrom('ACTIVE', 'REVOKED', 'EXPIRED', 'INACTIVE'),
      userType: fc.constantFrom('APPLICATION', 'APPLICATION_USER'),
      grantType: fc.constantFrom('client_credentials', 'password', 'refresh_token'),
      scope: fc.constantFrom('a', 'b', 'aa', 'device_ipad', 'device_%', '%', '_', 'a b', "'", ''),
      beforeId: fc.integer({ min: 1, max: 30 }),
      limit: fc.integer({ min: 1, max: 30 }),
    },
    { requiredKeys: ['limit'] },
  );
  const matches = (filter: TokenFilter, row: TokenRow): boolean =>
    (filter.keySetIds === undefined || filter.keySetIds.includes(row.keySetId)) &&
    (filter.userId === undefined || filter.userId === row.userId) &&
    (filter.state === undefined || filter.state === row.state) &&
    (filter.userType === undefined || filter.userType === row.userType) &&
    (filter.grantType === undefined || filter.grantType === row.grantType) &&
    (filter.scope === undefined || ` ${row.scope} `.includes(` ${filter.scope} `)) &&
    (filter.beforeId === undefined || row.id < filter.beforeId);
  fc.assert(
    fc.property(filters, (filter) => {
      const expected = all.filter((row) => matches(filter, row)).toReversed();
      assert.deepEqual(store.tokens.list(filter), expected.slice(0, filter.limit));
    }),
    { numRuns: 500 },
  );
});

test('the rows of a tuple come newest first, whatever their binding reference and state', async (t) => {
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

test('live tokens are listed and counted by key set, and by user', async (t) => {
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

test('of each scope set of a user the newest live or expired row is given (reference 9)', async (t) => {
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
