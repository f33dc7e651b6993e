import type { Database } from 'better-sqlite3';

interface Step {
  /** Ids of the access and refresh tokens whose value this step deleted. */
  readonly access: readonly number[];
  readonly refresh: readonly number[];
  /** Whether no row is left to check. */
  readonly done: boolean;
}

/**
 * Deletes the sealed values of tokens in batches. Each batch stores its progress, so a crash does not restart the scan. Bytes of
 * deleted values stay in free pages until the next VACUUM.
 */
export interface ValueDeletion {
  step(): Step;
  /** Whether a VACUUM has yet to remove deleted values from the file. */
  vacuumPending(): boolean;
  /** Call after the VACUUM. Must run in a transaction. */
  vacuumed(): void;
}

const rowsPerStep = 250;

export function createValueDeletion(db: Database): ValueDeletion {
  const stepOf = (table: 'tokens' | 'refresh_tokens', column: 'access_token' | 'refresh_token') => {
    const selectLastId = db
      .prepare<[string], number>('SELECT last_id FROM deleted_values WHERE table_name = ?')
      .pluck();
    const selectEnd = db
      .prepare<[number, number], number | null>(
        `SELECT max(id) FROM (SELECT id FROM ${table} WHERE id > ? ORDER BY id LIMIT ?)`,
      )
      .pluck();
    const deleteValues = db
      .prepare<[number, number], number>(
        `UPDATE ${table} SET ${column} = x'' WHERE id > ? AND id <= ? AND length(${column}) > 0 RETURNING id`,
      )
      .pluck();
    const writeProgress = db.prepare<[string, number, 0 | 1]>(
      `INSERT INTO deleted_values (table_name, last_id, vacuum_pending) VALUES (?, ?, ?)
      ON CONFLICT (table_name) DO UPDATE
        SET last_id = excluded.last_id, vacuum_pending = max(vacuum_pending, excluded.vacuum_pending)`,
    );
    return () => {
      const lastId = selectLastId.get(table) ?? 0;
      const end = selectEnd.get(lastId, rowsPerStep) ?? null;
      if (end === null) return { ids: [], done: true };
      const ids = deleteValues.all(lastId, end);
      writeProgress.run(table, end, ids.length > 0 ? 1 : 0);
      return { ids, done: false };
    };
  };
  const stepAccess = stepOf('tokens', 'access_token');
  const stepRefresh = stepOf('refresh_tokens', 'refresh_token');
  const selectPending = db.prepare('SELECT EXISTS (SELECT 1 FROM deleted_values WHERE vacuum_pending = 1)').pluck();
  const clearPending = db.prepare('UPDATE deleted_values SET vacuum_pending = 0');

  return {
    step() {
      const access = stepAccess();
      const refresh = stepRefresh();
      return { access: access.ids, refresh: refresh.ids, done: access.done && refresh.done };
    },
    vacuumPending: () => selectPending.get() === 1,
    vacuumed: () => void clearPending.run(),
  };
}
