import type { Database } from 'better-sqlite3';
import type { Store } from '../../engine/ports/store.ts';
import { conditionsOf, ofKeySets } from './tokenFilter.ts';

/** Entries of the history that one call looks at. */
const entriesAtOnce = 500;

/**
 * Retired tokens by the time of their retirement, without an index that each retirement would pay for: the history is
 * in that order by itself, so a search walks up from its oldest entry, some at a time, and ends where all are younger.
 */
export function createRetiredTokens(db: Database): Pick<Store['tokens'], 'retired' | 'newestPlace'> {
  const stretch = db
    .prepare<[number, number], [lastId: number | null, oldestMs: number | null]>(
      `SELECT max(id), min(real_at_ms) FROM
        (SELECT id, real_at_ms FROM token_history WHERE id > ? ORDER BY id LIMIT ?)`,
    )
    .raw();
  const newest = db.prepare<[], number | null>('SELECT max(id) FROM token_history').pluck();
  const statements = new Map<string, ReturnType<typeof prepare>>();
  const prepare = (source: string) => db.prepare<(string | number)[], number>(source).pluck();

  return {
    newestPlace: () => newest.get() ?? 0,
    retired(filter, untilMs, place) {
      const [lastId = null, oldestMs = null] = stretch.get(place, entriesAtOnce) ?? [];
      if (lastId === null || oldestMs === null || oldestMs > untilMs) return { ids: [], nextPlace: undefined };
      const { keySetIds } = filter;
      const asked = [...(keySetIds === undefined ? [] : [ofKeySets(keySetIds)]), ...conditionsOf(filter)];
      // An entry that is not the newest of its token is passed over.
      const source = [
        `SELECT id FROM tokens NOT INDEXED
        WHERE id IN (SELECT token_id FROM token_history WHERE token_history.id > ? AND token_history.id <= ?)
        AND history_id > ? AND history_id <= ? AND state <> 'ACTIVE'
        AND (SELECT real_at_ms FROM token_history WHERE token_history.id = history_id) <= ?`,
        ...asked.map(({ sql }) => sql),
      ].join(' AND ');
      const statement = statements.get(source) ?? prepare(source);
      statements.set(source, statement);
      const values = [place, lastId, place, lastId, untilMs, ...asked.flatMap((one) => one.values)];
      return { ids: statement.all(...values), nextPlace: lastId };
    },
  };
}
