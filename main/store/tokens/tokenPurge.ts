import type { Database } from 'better-sqlite3';
import { tokenTables } from '../context.ts';

const doomed = '(SELECT value FROM json_each(?))';

/** A refresh token goes with the newest row that carries it: older ones do not need it. */
const carried = `id IN (SELECT refresh_token_id FROM tokens WHERE id IN ${doomed}) AND token_id IN ${doomed}`;

/**
 * Deletes rows of tokens with all that is only theirs: histories, counts, values from elsewhere, refresh tokens; gives the
 * ids of the latter. No id comes again: what was highest is remembered. Caches are the caller's.
 */
export type TokenPurge = (ids: readonly number[]) => readonly number[];

export function createTokenPurge(db: Database): TokenPurge {
  const rememberIds = tokenTables.map((table) =>
    db.prepare<[]>(
      `INSERT INTO row_ids (table_name, last_id) SELECT '${table}', ifnull(max(id), 0) FROM ${table} WHERE true
      ON CONFLICT (table_name) DO UPDATE SET last_id = max(last_id, excluded.last_id)`,
    ),
  );
  const selectRefreshIds = db
    .prepare<[string, string], number>(`SELECT id FROM refresh_tokens WHERE ${carried}`)
    .pluck();
  const deleteHistory = db.prepare<[string]>(
    `DELETE FROM token_history WHERE id IN (
      WITH RECURSIVE chain (id) AS (
        SELECT history_id FROM tokens WHERE id IN ${doomed}
        UNION ALL
        SELECT previous_id FROM chain JOIN token_history USING (id)
      ) SELECT id FROM chain)`,
  );
  const deleteReuses = db.prepare<[string]>(`DELETE FROM token_reuses WHERE token_id IN ${doomed}`);
  const deleteImported = db.prepare<['access' | 'refresh', string]>(
    `DELETE FROM imported_values WHERE kind = ? AND row_id IN ${doomed}`,
  );
  const deleteRefresh = db.prepare<[string]>(`DELETE FROM refresh_tokens WHERE id IN ${doomed}`);
  const deleteTokens = db.prepare<[string]>(`DELETE FROM tokens WHERE id IN ${doomed}`);

  return (ids) => {
    if (ids.length === 0) return [];
    const tokens = JSON.stringify(ids);
    for (const step of rememberIds) step.run();
    const refreshIds = selectRefreshIds.all(tokens, tokens);
    const refresh = JSON.stringify(refreshIds);
    // In this order: histories are found through the rows.
    deleteHistory.run(tokens);
    deleteReuses.run(tokens);
    deleteImported.run('access', tokens);
    deleteImported.run('refresh', refresh);
    deleteRefresh.run(refresh);
    deleteTokens.run(tokens);
    return refreshIds;
  };
}
