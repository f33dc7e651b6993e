import type { Database } from 'better-sqlite3';

/** What a step dropped the values of, and whether no row is left that has one. */
interface Dropped {
  readonly access: readonly number[];
  readonly refresh: readonly number[];
  readonly done: boolean;
}

/**
 * Drops the sealed values of tokens in steps. How far it came is written down with it, so that it goes on there after a
 * crash, and rows without values are not looked at again. What was in a row may still lie in free space, until all is
 * written anew.
 */
export interface ValueDrop {
  step(): Dropped;
  /** Whether bytes of values that were dropped may be left in a file. */
  leftBytes(): boolean;
  /** All was written anew. */
  erased(): void;
}

const rowsAtOnce = 250;

export function createValueDrop(db: Database): ValueDrop {
  const stepOf = (table: 'tokens' | 'refresh_tokens', column: 'access_token' | 'refresh_token') => {
    const selectPlace = db.prepare<[string], number>('SELECT up_to FROM dropped_values WHERE table_name = ?').pluck();
    const selectEnd = db
      .prepare<[number, number], number | null>(
        `SELECT max(id) FROM (SELECT id FROM ${table} WHERE id > ? ORDER BY id LIMIT ?)`,
      )
      .pluck();
    const drop = db
      .prepare<[number, number], number>(
        `UPDATE ${table} SET ${column} = x'' WHERE id > ? AND id <= ? AND length(${column}) > 0 RETURNING id`,
      )
      .pluck();
    const writePlace = db.prepare<[string, number, 0 | 1]>(
      `INSERT INTO dropped_values (table_name, up_to, left_bytes) VALUES (?, ?, ?)
      ON CONFLICT (table_name) DO UPDATE
        SET up_to = excluded.up_to, left_bytes = max(left_bytes, excluded.left_bytes)`,
    );
    return () => {
      const place = selectPlace.get(table) ?? 0;
      const end = selectEnd.get(place, rowsAtOnce) ?? null;
      if (end === null) return { ids: [], done: true };
      const ids = drop.all(place, end);
      writePlace.run(table, end, ids.length > 0 ? 1 : 0);
      return { ids, done: false };
    };
  };
  const access = stepOf('tokens', 'access_token');
  const refresh = stepOf('refresh_tokens', 'refresh_token');
  const selectLeft = db.prepare('SELECT EXISTS (SELECT 1 FROM dropped_values WHERE left_bytes = 1)').pluck();
  const clearLeft = db.prepare('UPDATE dropped_values SET left_bytes = 0');

  return {
    step() {
      const ofAccess = access();
      const ofRefresh = refresh();
      return { access: ofAccess.ids, refresh: ofRefresh.ids, done: ofAccess.done && ofRefresh.done };
    },
    leftBytes: () => selectLeft.get() === 1,
    erased: () => void clearLeft.run(),
  };
}
