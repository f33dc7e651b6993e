import type { Database } from 'better-sqlite3';
import type { TokenFilter } from '../../engine/ports/store/tokenFilter.ts';
import { isActive, stateCodes } from './codes.ts';
import { type Condition, ofKeySets } from './tokenFilter.ts';

/** Rows per call, so that other requests do not wait for long. The caller continues with another call. */
const rowsPerCall = 10_000;

/** A range of rows to scan. */
export interface Range {
  readonly from: string;
  readonly where: readonly Condition[];
}

/** The ranges that one call scans. */
export interface SearchWindow {
  readonly ranges: readonly Range[];
  /** The oldest scanned row; undefined if no older ones are left. */
  readonly floorId: number | undefined;
}

const withNumber = (sql: string, value: number): Condition => ({ sql, values: [value] });

/**
 * Chooses the rows to scan for a filter. If live tokens are wanted and few, their index is read whole. Otherwise it is the newest rows,
 * or the newest rows of the wanted key sets, up to {@link rowsPerCall}.
 */
export function createSearchWindows(db: Database): (filter: TokenFilter) => SearchWindow {
  const newestBefore = db.prepare<[number], number | null>('SELECT max(id) FROM tokens WHERE id < ?').pluck();
  const countSomeLive = db
    .prepare<[number], number>(
      `SELECT count(*) FROM (SELECT 1 FROM tokens INDEXED BY tokens_active WHERE ${isActive} LIMIT ?)`,
    )
    .pluck();
  const countSomeLiveOfKeySets = db
    .prepare<[string, number], number>(
      `SELECT count(*) FROM (SELECT 1 FROM tokens INDEXED BY tokens_active
      WHERE ${isActive} AND key_set_id IN (SELECT value FROM json_each(?)) LIMIT ?)`,
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

  const liveRows = ({ keySetIds, beforeId }: TokenFilter): SearchWindow => ({
    ranges: [
      {
        from: 'tokens INDEXED BY tokens_active',
        where: [
          { sql: isActive, values: [] },
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

  const newestRows = (state: readonly Condition[], beforeId: number): SearchWindow => {
    const topId = newestBefore.get(beforeId) ?? 0;
    const floorId = topId - rowsPerCall + 1;
    const where = [...state, withNumber('id >= ?', floorId), withNumber('id <= ?', topId)];
    const more = (newestBefore.get(floorId) ?? null) !== null;
    return { ranges: [{ from: 'tokens NOT INDEXED', where }], floorId: more ? floorId : undefined };
  };

  const newestOfKeySets = (
    state: readonly Condition[],
    beforeId: number,
    keySetIds: readonly number[],
  ): SearchWindow => {
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

  return (filter) => {
    const { keySetIds, state, beforeId = Number.MAX_SAFE_INTEGER } = filter;
    if (state === 'ACTIVE' && liveAreFew(keySetIds)) return liveRows(filter);
    const inState = state === undefined ? [] : [withNumber('state = ?', stateCodes[state])];
    return keySetIds === undefined ? newestRows(inState, beforeId) : newestOfKeySets(inState, beforeId, keySetIds);
  };
}
