import type { Database } from 'better-sqlite3';
import type { Store } from '../../engine/ports/store/store.ts';
import { stateCodes } from './codes.ts';
import { conditionsOf, ofKeySets } from './tokenFilter.ts';

const realTime = 'ifnull(real_at_ms, at_ms)';
/** History entries per call. */
const entriesPerCall = 500;

/**
 * Finds retired tokens by time of retirement, without an index that each retirement would pay for. The history is already in that order.
 * So a search scans it in batches from the oldest entry. It stops at a batch without an old entry.
 */
export function createRetiredTokens(db: Database): Pick<Store['tokens'], 'retired' | 'newestPlace'> {
  const selectBatch = db
    .prepare<[number, number], [lastId: number | null, oldestMs: number | null]>(
      `SELECT max(id), min(at) FROM
        (SELECT id, ${realTime} AS at FROM token_history WHERE id > ? ORDER BY id LIMIT ?)`,
    )
    .raw();
  const newest = db.prepare<[], number | null>('SELECT max(id) FROM token_history').pluck();
  const statements = new Map<string, ReturnType<typeof prepare>>();
  const prepare = (source: string) => db.prepare<(string | number)[], number>(source).pluck();

  return {
    newestPlace: () => newest.get() ?? 0,
    retired(filter, untilMs, place) {
      const [lastId = null, oldestMs = null] = selectBatch.get(place, entriesPerCall) ?? [];
      if (lastId === null || oldestMs === null || oldestMs > untilMs) return { ids: [], nextPlace: undefined };
      const { keySetIds } = filter;
      const conditions = [...(keySetIds === undefined ? [] : [ofKeySets(keySetIds)]), ...conditionsOf(filter)];
      // Only the newest entry of a token counts.
      const source = [
        `SELECT id FROM tokens NOT INDEXED
        WHERE id IN (SELECT token_id FROM token_history WHERE token_history.id > ? AND token_history.id <= ?)
        AND history_id > ? AND history_id <= ? AND state <> ${stateCodes.ACTIVE}
        AND (SELECT ${realTime} FROM token_history WHERE token_history.id = history_id) <= ?`,
        ...conditions.map(({ sql }) => sql),
      ].join(' AND ');
      const statement = statements.get(source) ?? prepare(source);
      statements.set(source, statement);
      const values = [place, lastId, place, lastId, untilMs, ...conditions.flatMap((one) => one.values)];
      return { ids: statement.all(...values), nextPlace: lastId };
    },
  };
}
