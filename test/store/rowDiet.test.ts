import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { explain } from '../../main/engine/decisions/reasons.ts';
import type { HistoryRow } from '../../main/engine/ports/store/tokens.ts';
import { migrations } from '../../main/store/database/migrate.ts';
import { openDatabase } from '../../main/store/database/open.ts';
import { isActive } from '../../main/store/tokens/codes.ts';
import { readReason, storedReason } from '../../main/store/tokens/storedReason.ts';
import { type Reason, reason as reasonSchema, rule as rules } from '../../preload/contract/audit.ts';
import { newToken, openTestStore, random, retirement, seed, startMs, temporaryFolder, tupleOf } from './stores.ts';

const tuple = {
  consumerKey: 'consumer_key_of_version_9',
  user: 'SHOP/Ann@a.test',
  userType: 'APPLICATION_USER',
  scope: 'device_ipad read',
  bindingRef: 'NONE',
} as const;

const candidates = [
  undefined,
  { state: 'ACTIVE', secondsLeft: 1234.567 },
  { state: 'ACTIVE', secondsLeft: null, refreshSecondsLeft: null },
  { state: 'ACTIVE', secondsLeft: 0, refreshSecondsLeft: 0 },
  { state: 'ACTIVE', secondsLeft: -3.2, refreshSecondsLeft: 86_399.999 },
  { state: 'EXPIRED', secondsLeft: -0.001, refreshSecondsLeft: 12 },
] as const;
const scopesDropped = [{ scope: 'a "quoted" ☃', why: 'role_missing' }] as const;

/** Each reason that a version before stored, and some more, with the members in its order. */
const issueReasons: readonly Reason[] = rules.options.flatMap((rule) =>
  candidates.flatMap((candidate) =>
    [{}, { scopesDropped: [...scopesDropped] }, { refreshTokenKept: true }, { refreshTokenKept: false }].map(
      (more) => ({
        ...{ rule, atMs: startMs, tuple },
        ...(candidate && { candidate: { tokenId: 7, ...candidate } }),
        ...more,
        ...(candidate && { otherTokenId: 7 }),
      }),
    ),
  ),
);

const entryReasons = (tokenId: number, atMs: number): readonly Reason[] =>
  rules.options.flatMap((rule) =>
    candidates.flatMap((candidate) =>
      [{}, { otherTokenId: 99 }].map((more) => ({
        ...{ rule, atMs },
        ...(candidate && { candidate: { tokenId, ...candidate } }),
        ...more,
      })),
    ),
  );

const words = ({ atMs, state, reason }: HistoryRow) => ({ atMs, state, reason, text: explain(reason) });

test('migration 10 keeps tokens and histories: the program says the same of them, word for word', async (t) => {
  const file = join(temporaryFolder(t), 'keyfob.db');
  const before = await openDatabase(file, { migrations: migrations.slice(0, 9) });
  // One transaction, as syncing each row would take seconds.
  before.exec(`BEGIN;
    INSERT INTO users (id, name, name_lower, user_store, tenant_domain, roles, enabled, created_at_ms)
      VALUES (1, 'Ann', 'ann', 'SHOP', 'a.test', '[]', 1, 5);
    INSERT INTO applications (id, name, owner_id, description, tier, created_at_ms) VALUES (3, 'Shop', 1, '', 'Gold', 6);
    INSERT INTO key_sets (id, application_id, key_type, consumer_key, consumer_secret, consumer_secret_digest, state,
      grant_types, callback_url, issue_behaviour, application_token_validity_seconds, user_token_validity_seconds,
      refresh_token_validity_seconds, allowed_origins, created_at_ms)
      VALUES (4, 3, 'PRODUCTION', '${tuple.consumerKey}', x'01', zeroblob(32), 'ACTIVE', '[]', '', 'reuse', 1, 2, 3, '[]', 7);
  `);
  const insertToken = before.prepare(
    `INSERT INTO tokens (id, key_set_id, user_id, for_user, scope_hash, binding_ref, state, issued_at_ms, validity_ms,
      grant_type, refresh_token_id, history_id, scope, access_token, access_token_digest, reason, format)
    VALUES (@id, 4, 1, @forUser, randomblob(16), @bindingRef, @state, ${startMs}, @validityMs, @grantType, @refreshTokenId,
      @historyId, @scope, x'0203', zeroblob(32), @reason, @format)`,
  );
  const insertEntry = before.prepare(
    `INSERT INTO token_history (id, previous_id, token_id, at_ms, state, reason, state_id, real_at_ms)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const noHistory = -(2 ** 40);
  const insert = (id: number, reason: Reason | string, more: object = {}) =>
    insertToken.run({
      ...{ id, forUser: 1, bindingRef: 'NONE', state: 'ACTIVE', validityMs: 3_600_000, grantType: 'password' },
      ...{ refreshTokenId: null, historyId: noHistory, scope: `${tuple.scope}`, format: null },
      ...{ reason: typeof reason === 'string' ? reason : JSON.stringify(reason) },
      ...more,
    });
  const known = new Map<number, readonly HistoryRow[]>();
  let lastId = 9;
  for (const reason of issueReasons) {
    lastId += 1;
    insert(lastId, { ...reason, tuple: { ...tuple, bindingRef: `b${lastId}` } }, { bindingRef: `b${lastId}` });
    const issue = { ...reason, tuple: { ...tuple, bindingRef: `b${lastId}` } };
    known.set(lastId, [{ atMs: startMs, state: 'ACTIVE', reason: issue }]);
  }
  const stateId = random.uuid();
  const manyId = lastId + 1;
  const many: HistoryRow[] = entryReasons(manyId, startMs + 5).map((reason, at, { length }) => ({
    ...{ atMs: startMs + 5, state: at < length - 1 ? 'EXPIRED' : 'REVOKED', reason },
  }));
  for (const [at, { atMs, state, reason }] of many.entries()) {
    const previous = at === 0 ? noHistory : at;
    const realMs = at % 2 === 0 ? atMs : atMs + 1000;
    insertEntry.run(at + 1, previous, manyId, atMs, state, JSON.stringify(reason), stateId, realMs);
  }
  const first: Reason = {
    rule: 'issued_first',
    atMs: startMs,
    tuple: { ...tuple, userType: 'APPLICATION', scope: 'b' },
  };
  insert(manyId, first, {
    ...{ forUser: 0, state: 'REVOKED', validityMs: -1, grantType: 'authorization_code', refreshTokenId: 55 },
    ...{ historyId: many.length, scope: 'b', format: 'rfc9068' },
  });
  known.set(manyId, [{ atMs: startMs, state: 'ACTIVE', reason: first }, ...many]);
  const damagedId = manyId + 1;
  insert(damagedId, '{"rule"', { bindingRef: 'damaged' });
  before.exec('COMMIT');
  before.close();

  const { store, db } = await openTestStore(t, { file });
  for (const [id, history] of known) {
    const now = store.tokens.history(id);
    assert.deepEqual(now.map(words), history.map(words), JSON.stringify(history));
    assert.equal(JSON.stringify(now), JSON.stringify(history), 'even the order of members stays');
  }
  assert.throws(() => store.tokens.history(damagedId), { code: 'database_damaged' });
  assert.deepEqual(store.tokens.byId(manyId), {
    ...{ id: manyId, keySetId: 4, userId: 1, userType: 'APPLICATION', scope: 'b', bindingRef: 'NONE' },
    ...{ grantType: 'authorization_code', state: 'REVOKED', stateId, issuedAtMs: startMs, validityMs: -1 },
    ...{ refreshTokenId: 55, format: 'rfc9068', persistence: 'encrypted' },
  });
  assert.partialDeepStrictEqual(store.tokens.byId(10), { state: 'ACTIVE', stateId: 'NONE', scope: tuple.scope });
  const shared = { keySetId: 4, userId: 1, userType: 'APPLICATION_USER', scope: tuple.scope } as const;
  assert.equal(store.tokens.findActive({ ...shared, bindingRef: 'b10' })?.id, 10);
  assert.equal(
    store.tokens.countByState({ scopes: ['device_ipad'], forDevice: true }).found.ACTIVE,
    issueReasons.length + 1,
  );
  assert.deepEqual(store.tokens.ids({ state: 'REVOKED', grantType: 'authorization_code' }, 9).found, [manyId]);
  // The purge still counts real time.
  assert.deepEqual(store.tokens.retired({}, startMs + 1004, 0).ids, []);
  assert.deepEqual(store.tokens.retired({}, startMs + 1005, 0).ids, [manyId]);
  assert.equal(db.pragma('integrity_check', { simple: true }), 'ok');
});

test('a stored reason holds what its row does not say, and reads as it was', () => {
  const usual: Reason = {
    ...{ rule: 'issued_renew', atMs: startMs, tuple },
    ...{ candidate: { tokenId: 7, state: 'ACTIVE', secondsLeft: 1.5, refreshSecondsLeft: null }, otherTokenId: 7 },
  };
  assert.equal(storedReason(usual), `${rules.options.indexOf('issued_renew')},7,1500,null`);
  fc.assert(
    fc.property(
      fc.record(
        {
          rule: fc.constantFrom(...rules.options),
          candidate: fc.record(
            {
              tokenId: fc.integer({ min: 1, max: 3 }),
              state: fc.constantFrom('ACTIVE' as const, 'EXPIRED' as const),
              secondsLeft: fc.option(fc.integer().map((ms) => ms / 1000)),
              refreshSecondsLeft: fc.option(fc.integer().map((ms) => ms / 1000)),
            },
            { requiredKeys: ['tokenId', 'state', 'secondsLeft'] },
          ),
          otherTokenId: fc.integer({ min: 1, max: 3 }),
          refreshTokenKept: fc.boolean(),
          scopesDropped: fc.constant([...scopesDropped]),
          errorDescription: fc.string(),
        },
        { requiredKeys: ['rule'] },
      ),
      fc.constantFrom(undefined, 1, 2),
      (members, tokenId) => {
        const reason = reasonSchema.parse({ atMs: startMs, ...members });
        const row = { atMs: startMs, ...(tokenId !== undefined && { tokenId }) };
        assert.deepEqual(readReason(storedReason(reason, tokenId), 'tokens.reason', row), reason);
      },
    ),
  );
});

test('drops scope sets that no token has since a purge, and only these', async (t) => {
  const first = await openTestStore(t);
  const seeded = await seed(first);
  const of = (scope: string, bindingRef = 'NONE') => newToken(tupleOf(seeded, scope, bindingRef));
  const purged = await first.commit.submit(() =>
    ['alone', 'shared', 'again', 'imported'].map((scope) => {
      const { row } = first.store.tokens.insert(of(scope));
      first.store.tokens.retire([retirement(row.id)]);
      return row.id;
    }),
  );
  await first.commit.submit(() => first.store.tokens.insert(of('shared')));
  // More rows than one step scans.
  first.db.exec(`WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 25000)
    INSERT INTO tokens (id, key_set_id, user_id, for_user, scope_set_id, binding_ref, state, issued_at_ms, validity_ms,
      grant_type, access_token, access_token_digest, reason)
    SELECT 10 + n, key_set_id, user_id, for_user, scope_set_id, 'b' || n, state, issued_at_ms, validity_ms, grant_type,
      access_token, access_token_digest, reason FROM tokens, numbers WHERE ${isActive}`);
  await first.close();

  const { store, commit, db } = await openTestStore(t, first);
  const sets = () => db.prepare('SELECT scope FROM scope_sets ORDER BY id').pluck().all();
  const drop = () => commit.submit(() => store.tokens.dropUnusedScopeSets());
  assert.equal(await drop(), true);
  assert.deepEqual(sets(), ['alone', 'shared', 'again', 'imported'], 'nothing was purged yet');
  await commit.submit(() => store.tokens.purge(purged));
  assert.equal(await drop(), false);
  // While the steps run, two tokens get sets that purged ones had. The steps have passed the reserved id of one.
  const { row } = await commit.submit(() => {
    const { reason, ...imported } = of('imported');
    const carried = { value: 'v'.repeat(28), reason, history: [], realTimeMs: startMs, reuses: undefined };
    store.backup.insertToken({ ...imported, id: 7, state: 'ACTIVE', stateId: 'NONE' }, carried);
    return store.tokens.insert(of('again'));
  });
  while (!(await drop())) assert.ok(sets().length > 0);
  assert.deepEqual(sets(), ['shared', 'again', 'imported']);
  assert.deepEqual([store.tokens.byId(row.id)?.scope, store.tokens.byId(7)?.scope], ['again', 'imported']);
  await commit.submit(() => store.tokens.insert(of('alone')));
  assert.equal(store.tokens.findActive(tupleOf(seeded, 'alone'))?.scope, 'alone');
});
