import assert from 'node:assert/strict';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import type { Database } from 'better-sqlite3';
import type { TokenFilter } from '../../main/engine/ports/store/tokenFilter.ts';
import { openDatabase } from '../../main/store/database/open.ts';
import { createStore } from '../../main/store/store.ts';
import { isActive } from '../../main/store/tokens/codes.ts';
import { newSealer, temporaryFolder } from './stores.ts';

/** Opens a store and records each statement that it prepares. */
async function openNoting(t: TestContext) {
  const db = await openDatabase(join(temporaryFolder(t), 'keyfob.db'));
  const sources: string[] = [];
  const noting = new Proxy(db, {
    get(target, name) {
      const value = Reflect.get(target, name, target);
      if (typeof value !== 'function') return value;
      return (...values: unknown[]) => {
        if (name === 'prepare') sources.push(String(values[0]));
        return Reflect.apply(value, target, values);
      };
    },
  });
  const opened = createStore(noting, newSealer());
  t.after(() => opened.close());
  return { db, sources, store: opened.store };
}

/** SQLite's query plan, step by step. */
function planOf(db: Database, source: string): string[] {
  const names = [...source.matchAll(/@(\w+)/g)].map(([, name]) => [name, null]);
  const places = [...source.matchAll(/\?/g)].map(() => null);
  return db
    .prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${source}`)
    .all(...(names.length > 0 ? [Object.fromEntries(names)] : places))
    .map(({ detail }) => detail);
}

test('no statement scans a growing table', async (t) => {
  const { db, sources } = await openNoting(t);
  const reads = sources.filter((source) => /^\s*(SELECT|WITH|UPDATE|DELETE|INSERT)/.test(source));
  assert.ok(reads.length > 40);
  for (const source of reads) {
    for (const step of planOf(db, source)) {
      assert.doesNotMatch(step, /SCAN (tokens|refresh_tokens|token_history|token_reuses|key_sets|scope_sets)$/, source);
    }
  }
});

test('hot statements use their intended index', async (t) => {
  const { db, sources } = await openNoting(t);
  const plan = (...parts: readonly string[]) => {
    const found = sources.filter((source) => parts.every((part) => source.includes(part)));
    assert.equal(found.length, 1, parts.join(' … '));
    return planOf(db, found[0] ?? '').join('; ');
  };
  const byRowId = (table: string) => `SEARCH ${table} USING INTEGER PRIMARY KEY (rowid=?)`;
  // For retired tokens only.
  const stateId = `CORRELATED SCALAR SUBQUERY 2; ${byRowId('token_history')}`;
  const scope = `CORRELATED SCALAR SUBQUERY 1; ${byRowId('scope_sets')}`;
  assert.equal(
    plan('SELECT id, key_set_id', isActive, 'binding_ref = ?'),
    `SEARCH tokens USING INDEX tokens_active (key_set_id=? AND user_id=? AND for_user=? AND scope_set_id=? AND binding_ref=?); ${scope}; ${stateId}`,
  );
  assert.equal(plan('access_token_digest AS digest'), `${byRowId('tokens')}; ${scope}; ${stateId}`);
  assert.equal(plan('SELECT access_token FROM'), byRowId('tokens'));
  assert.equal(plan('refresh_token_digest AS digest'), byRowId('refresh_tokens'));
  assert.equal(plan('UPDATE tokens SET state'), byRowId('tokens'));
  assert.equal(plan('INSERT INTO token_history', 'unhex', 'SELECT'), byRowId('tokens'));
  assert.equal(
    plan('INSERT INTO token_history', 'state, (SELECT'),
    `${byRowId('tokens')}; ${stateId.replace('2', '1')}`,
  );
  assert.match(plan('SELECT id FROM key_sets WHERE consumer_key'), /INDEX sqlite_autoindex_key_sets_1/);
  assert.match(
    plan('SELECT id FROM users'),
    /INDEX users_living \(name_lower=\? AND user_store=\? AND tenant_domain=\?\)/,
  );
  assert.match(
    plan('count(*)', `${isActive} AND key_set_id = ?`),
    /^SEARCH tokens USING COVERING INDEX tokens_active \(key_set_id=\?\)$/,
  );
  assert.match(plan('UNION ALL', 'ORDER BY id DESC LIMIT'), /^MERGE \(UNION ALL\)(?!.*TEMP B-TREE FOR ORDER BY.*TEMP)/);
});

test('a search scans rows by id, and sorts live ones only', async (t) => {
  const { db, sources, store } = await openNoting(t);
  const planOfSearch = (filter: TokenFilter) => {
    store.tokens.ids(filter, 10);
    return planOf(db, sources.at(-1) ?? '').filter(
      (step) => !/json_each|LIST SUBQUERY|BLOOM FILTER|FOR IN-OPERATOR/.test(step),
    );
  };
  const downTheRows = ['SEARCH tokens USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)'];
  assert.deepEqual(planOfSearch({}), downTheRows);
  const oneSetPerRow = 'SEARCH scope_sets EXISTS USING INTEGER PRIMARY KEY (rowid=?)';
  assert.deepEqual(planOfSearch({ state: 'REVOKED', userId: 1, scopes: ['a'], expiresAfterMs: 1 }), [
    ...downTheRows,
    oneSetPerRow,
  ]);
  const words = [{ text: 'a', keySetIds: [1], userIds: [1] }];
  assert.deepEqual(planOfSearch({ words, forDevice: true }), [
    ...downTheRows,
    'CORRELATED SCALAR SUBQUERY 2',
    'SEARCH scope_sets USING INTEGER PRIMARY KEY (rowid=?)',
    oneSetPerRow,
  ]);
  assert.deepEqual(planOfSearch({ keySetIds: [1] }), [
    'SEARCH tokens USING COVERING INDEX tokens_by_key_set (key_set_id=? AND id>? AND id<?)',
  ]);
  assert.deepEqual(planOfSearch({ keySetIds: [1], state: 'REVOKED', userId: 1 }), [
    'SEARCH tokens USING INDEX tokens_by_key_set (key_set_id=? AND id>? AND id<?)',
  ]);
  for (const keySetIds of [undefined, [1]]) {
    assert.deepEqual(planOfSearch({ keySetIds, state: 'ACTIVE', userId: 1 }), [
      'SEARCH tokens USING COVERING INDEX tokens_active (key_set_id=? AND user_id=?)',
      'USE TEMP B-TREE FOR ORDER BY',
    ]);
  }
});

test('a count scans one range of rows, or the index of live ones', async (t) => {
  const { db, sources, store } = await openNoting(t);
  const planOfCount = (filter: TokenFilter) => {
    store.tokens.countByState(filter);
    return planOf(db, sources.at(-1) ?? '').filter(
      (step) => !/json_each|LIST SUBQUERY|BLOOM FILTER|FOR IN-OPERATOR/.test(step),
    );
  };
  assert.deepEqual(planOfCount({}), ['SEARCH tokens USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)']);
  assert.deepEqual(planOfCount({ state: 'ACTIVE', keySetIds: [1] }), [
    'SEARCH tokens USING COVERING INDEX tokens_active (key_set_id=?)',
  ]);
});

test('finds retired tokens through one batch of history entries', async (t) => {
  const { db, sources, store } = await openNoting(t);
  db.exec("INSERT INTO token_history (token_id, at_ms, real_at_ms, state, reason) VALUES (1, 1, 1, 5, '')");
  for (const filter of [{}, { keySetIds: [1], userId: 1, scopes: ['device_ipad'], forDevice: true }]) {
    assert.deepEqual(store.tokens.retired(filter, 1, 0), { ids: [], nextPlace: 1 });
    const plan = planOf(db, sources.at(-1) ?? '');
    assert.ok(plan.includes('SEARCH tokens USING INTEGER PRIMARY KEY (rowid=?)'), plan.join('; '));
    assert.ok(plan.includes('SEARCH token_history USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)'), plan.join('; '));
    assert.doesNotMatch(plan.join('\n'), /SCAN (?:tokens|token_history)/);
  }
});
