import type { Database } from 'better-sqlite3';
import type { Store } from '../../engine/ports/store.ts';
import type { TokenFilter } from '../../engine/ports/tokenFilter.ts';
import { type Condition, conditionsOf, ofKeySets } from './tokenFilter.ts';

type TokenSearch = Pick<Store['tokens'], 'ids' | 'countByState'>;

/** Rows per call, so that other requests do not wait for long. The caller continues with another call. */
const rowsPerCall = 10_000;

/** A range of rows to scan. */
interface Range {
  readonly from: string;
  readonly where: readonly Condition[];
}

interface Window {
  readonly ranges: readonly Range[];
  /** The oldest scanned row; undefined if no older ones are left. */
  readonly floorId: number | undefined;
}

const withNumber = (sql: string, value: number): Condition => ({ sql, values: [value] });

/**
 * Searches many tokens without an index of its own. If live tokens are wanted and few, their index is read whole. Otherwise the newest
 * rows, or the newest rows of the wanted key sets, are scanned downwards, up to {@link rowsPerCall}.
 */
export function createTokenSearch(db: Database): TokenSearch {
  const prepareIds = (source: string) => db.prepare<(string | number)[], number>(source).pluck();
  const prepareCounts = (source: string) =>
    db.prepare<(string | number)[], Record<'ACTIVE' | 'INACTIVE' | 'EXPIRED' | 'REVOKED', number>>(source);
  const idStatements = new Map<string, ReturnType<typeof prepareIds>>();
  const countStatements = new Map<string, ReturnType<typeof prepareCounts>>();

  const newestBefore = db.prepare<[number], number | null>('SELECT max(id) FROM tokens WHERE id < ?').pluck();
  const countSomeLive = db
    .prepare<[number], number>(
      `SELECT count(*) FROM (SELECT 1 FROM tokens INDEXED BY tokens_active WHERE state = 'ACTIVE' LIMIT ?)`,
    )
    .pluck();
  const countSomeLiveOfKeySets = db
    .prepare<[string, number], number>(
      `SELECT count(*) FROM (SELECT 1 FROM tokens INDEXED BY tokens_active
      WHERE state = 'ACTIVE' AND key_set_id IN (SELECT value FROM json_each(?)) LIMIT ?)`,
    )
    .pluck();
  const nthOfKeySet = db
    .prepare<[number, number, number], number>(
      `SELECT id FROM tokens INDEXED BY tokens_by_key_set WHERE key_set_id = ? AND id < ?
      ORDER BY id DESC LIMIT 1 OFFSET ?`,
    )
    .pluck();

  const liveAreFew = (keySetIds: readonly number[] | undefined): boolean => {
    const limit = rowsPerCall + 1;
    const count =
      keySetIds === undefined ? countSomeLive.get(limit) : countSomeLiveOfKeySets.get(JSON.stringify(keySetIds), limit);
    return (count ?? 0) <= rowsPerCall;
  };

  const live = ({ keySetIds, beforeId }: TokenFilter): Window => ({
    ranges: [
      {
        from: 'tokens INDEXED BY tokens_active',
        where: [
          { sql: "state = 'ACTIVE'", values: [] },
          // The index starts with the key set.
          keySetIds === undefined
            ? { sql: 'key_set_id IN (SELECT id FROM key_sets)', values: [] }
            : ofKeySets(keySetIds),
          ...(beforeId === undefined ? [] : [withNumber('id < ?', beforeId)]),
        ],
      },
    ],
    floorId: undefined,
  });

  const downTheRows = (state: readonly Condition[], beforeId: number): Window => {
    const topId = newestBefore.get(beforeId) ?? 0;
    const floorId = topId - rowsPerCall + 1;
    const where = [...state, withNumber('id >= ?', floorId), withNumber('id <= ?', topId)];
    const more = (newestBefore.get(floorId) ?? null) !== null;
    return { ranges: [{ from: 'tokens NOT INDEXED', where }], floorId: more ? floorId : undefined };
  };

  const downTheKeySets = (state: readonly Condition[], beforeId: number, keySetIds: readonly number[]): Window => {
    const share = Math.max(1, Math.floor(rowsPerCall / keySetIds.length));
    const floors = keySetIds.map((id) => nthOfKeySet.get(id, beforeId, share - 1)).filter((id) => id !== undefined);
    // Results are merged by id across key sets, so all scans stop where the first one was cut short.
    const floorId = floors.length === 0 ? undefined : Math.max(...floors);
    const between = [withNumber('id >= ?', floorId ?? 0), withNumber('id < ?', beforeId)];
    const ranges = keySetIds.map((id) => ({
      from: 'tokens INDEXED BY tokens_by_key_set',
      where: [withNumber('key_set_id = ?', id), ...state, ...between],
    }));
    return { ranges, floorId };
  };

  const windowOf = (filter: TokenFilter): Window => {
    const { keySetIds, state, beforeId = Number.MAX_SAFE_INTEGER } = filter;
    if (state === 'ACTIVE' && liveAreFew(keySetIds)) return live(filter);
    const inState = state === undefined ? [] : [{ sql: 'state = ?', values: [state] }];
    return keySetIds === undefined ? downTheRows(inState, beforeId) : downTheKeySets(inState, beforeId, keySetIds);
  };

  const clauseOf = (range: Range, filter: TokenFilter) => {
    const conditions = [...range.where, ...conditionsOf(filter)];
    return {
      source: `FROM ${range.from} WHERE ${conditions.map(({ sql }) => sql).join(' AND ')}`,
      values: conditions.flatMap(({ values }) => values),
    };
  };

  const idsIn = (range: Range, filter: TokenFilter, limit: number): number[] => {
    const { source, values } = clauseOf(range, filter);
    const whole = `SELECT id ${source} ORDER BY id DESC LIMIT ?`;
    const statement = idStatements.get(whole) ?? prepareIds(whole);
    idStatements.set(whole, statement);
    return statement.all(...values, limit);
  };

  const countIn = (range: Range, filter: TokenFilter) => {
    const { source, values } = clauseOf(range, filter);
    const whole = `SELECT total(state = 'ACTIVE') AS ACTIVE, total(state = 'INACTIVE') AS INACTIVE,
      total(state = 'EXPIRED') AS EXPIRED, total(state = 'REVOKED') AS REVOKED ${source}`;
    const statement = countStatements.get(whole) ?? prepareCounts(whole);
    countStatements.set(whole, statement);
    return statement.get(...values);
  };

  return {
    ids(filter, limit) {
      const { ranges, floorId } = windowOf(filter);
      const ids = ranges
        .flatMap((range) => idsIn(range, filter, limit))
        .sort((a, b) => b - a)
        .slice(0, limit);
      return { found: ids, olderThanId: ids.length < limit ? floorId : ids.at(-1) };
    },
    countByState(filter) {
      const { ranges, floorId } = windowOf(filter);
      const found = { ACTIVE: 0, INACTIVE: 0, EXPIRED: 0, REVOKED: 0 };
      for (const range of ranges) {
        const counts = countIn(range, filter);
        for (const state of ['ACTIVE', 'INACTIVE', 'EXPIRED', 'REVOKED'] as const) found[state] += counts?.[state] ?? 0;
      }
      return { found, olderThanId: floorId };
    },
  };
}
