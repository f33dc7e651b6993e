import type { Database } from 'better-sqlite3';
import type { Store } from '../../engine/ports/store.ts';
import type { TokenFilter } from '../../engine/ports/tokenFilter.ts';
import { type Condition, conditionsOf, ofKeySets } from './tokenFilter.ts';

type TokenSearch = Pick<Store['tokens'], 'ids' | 'countByState'>;

/** Rows that one call looks at, at most: nobody waits for long, and who searches on calls again. */
const rowsAtOnce = 10_000;

/** Some rows to look at: all of them match but for the conditions. */
interface Place {
  readonly from: string;
  readonly where: readonly Condition[];
}

interface Window {
  readonly places: readonly Place[];
  /** The oldest row that is looked at, when there are older ones. */
  readonly floorId: number | undefined;
}

const byNumber = (sql: string, value: number): Condition => ({ sql, values: [value] });

/**
 * Searches among many tokens without an index of their own: few live rows are read from the index of live rows, others
 * by a walk down the rows, or down those of the key sets asked for, so many a call.
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
    const limit = rowsAtOnce + 1;
    const count =
      keySetIds === undefined ? countSomeLive.get(limit) : countSomeLiveOfKeySets.get(JSON.stringify(keySetIds), limit);
    return (count ?? 0) <= rowsAtOnce;
  };

  const live = ({ keySetIds, beforeId }: TokenFilter): Window => ({
    places: [
      {
        from: 'tokens INDEXED BY tokens_active',
        where: [
          { sql: "state = 'ACTIVE'", values: [] },
          // The index begins with the key set.
          keySetIds === undefined
            ? { sql: 'key_set_id IN (SELECT id FROM key_sets)', values: [] }
            : ofKeySets(keySetIds),
          ...(beforeId === undefined ? [] : [byNumber('id < ?', beforeId)]),
        ],
      },
    ],
    floorId: undefined,
  });

  const downTheRows = (state: readonly Condition[], beforeId: number): Window => {
    const topId = newestBefore.get(beforeId) ?? 0;
    const floorId = topId - rowsAtOnce + 1;
    const where = [...state, byNumber('id >= ?', floorId), byNumber('id <= ?', topId)];
    const more = (newestBefore.get(floorId) ?? null) !== null;
    return { places: [{ from: 'tokens NOT INDEXED', where }], floorId: more ? floorId : undefined };
  };

  const downTheKeySets = (state: readonly Condition[], beforeId: number, keySetIds: readonly number[]): Window => {
    const share = Math.max(1, Math.floor(rowsAtOnce / keySetIds.length));
    const floors = keySetIds.map((id) => nthOfKeySet.get(id, beforeId, share - 1)).filter((id) => id !== undefined);
    // What one key set was not looked through for, none can give: the order is one of all together.
    const floorId = floors.length === 0 ? undefined : Math.max(...floors);
    const between = [byNumber('id >= ?', floorId ?? 0), byNumber('id < ?', beforeId)];
    const places = keySetIds.map((id) => ({
      from: 'tokens INDEXED BY tokens_by_key_set',
      where: [byNumber('key_set_id = ?', id), ...state, ...between],
    }));
    return { places, floorId };
  };

  const windowOf = (filter: TokenFilter): Window => {
    const { keySetIds, state, beforeId = Number.MAX_SAFE_INTEGER } = filter;
    if (state === 'ACTIVE' && liveAreFew(keySetIds)) return live(filter);
    const inState = state === undefined ? [] : [{ sql: 'state = ?', values: [state] }];
    return keySetIds === undefined ? downTheRows(inState, beforeId) : downTheKeySets(inState, beforeId, keySetIds);
  };

  const clauseOf = (place: Place, filter: TokenFilter) => {
    const conditions = [...place.where, ...conditionsOf(filter)];
    return {
      source: `FROM ${place.from} WHERE ${conditions.map(({ sql }) => sql).join(' AND ')}`,
      values: conditions.flatMap(({ values }) => values),
    };
  };

  const idsAt = (place: Place, filter: TokenFilter, limit: number): number[] => {
    const { source, values } = clauseOf(place, filter);
    const whole = `SELECT id ${source} ORDER BY id DESC LIMIT ?`;
    const statement = idStatements.get(whole) ?? prepareIds(whole);
    idStatements.set(whole, statement);
    return statement.all(...values, limit);
  };

  const countAt = (place: Place, filter: TokenFilter) => {
    const { source, values } = clauseOf(place, filter);
    const whole = `SELECT total(state = 'ACTIVE') AS ACTIVE, total(state = 'INACTIVE') AS INACTIVE,
      total(state = 'EXPIRED') AS EXPIRED, total(state = 'REVOKED') AS REVOKED ${source}`;
    const statement = countStatements.get(whole) ?? prepareCounts(whole);
    countStatements.set(whole, statement);
    return statement.get(...values);
  };

  return {
    ids(filter, limit) {
      const { places, floorId } = windowOf(filter);
      const ids = places
        .flatMap((place) => idsAt(place, filter, limit))
        .sort((a, b) => b - a)
        .slice(0, limit);
      return { found: ids, olderThanId: ids.length < limit ? floorId : ids.at(-1) };
    },
    countByState(filter) {
      const { places, floorId } = windowOf(filter);
      const found = { ACTIVE: 0, INACTIVE: 0, EXPIRED: 0, REVOKED: 0 };
      for (const place of places) {
        const counts = countAt(place, filter);
        for (const state of ['ACTIVE', 'INACTIVE', 'EXPIRED', 'REVOKED'] as const) found[state] += counts?.[state] ?? 0;
      }
      return { found, olderThanId: floorId };
    },
  };
}
