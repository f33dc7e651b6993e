import type { Database } from 'better-sqlite3';
import { tokenTables } from '../context.ts';
import type { ScopeSets } from './scopeSets.ts';

const givenIds = '(SELECT value FROM json_each(?))';

/** A refresh token is deleted with the newest token that names it; older tokens do not need it. */
const isObsolete = `id IN (SELECT refresh_token_id FROM tokens WHERE id IN ${givenIds}) AND token_id IN ${givenIds}`;

/**
 * Deletes tokens with their histories, reuse counts, imported values and refresh tokens. Gives the ids of the deleted refresh tokens, for
 * the caller to remove from its caches. The highest ids are stored first, so that no id is reused.
 */
export type TokenPurge = (ids: readonly number[]) => readonly number[];

export function createTokenPurge(db: Database, scopeSets: Pick<ScopeSets, 'willDelete'>): TokenPurge {
  const storeHighestIds = tokenTables.map((table) =>
    db.prepare<[]>(
      `INSERT INTO row_ids (table_name, last_id) SELECT '${table}', ifnull(max(id), 0) FROM ${table} WHERE true
      ON CONFLICT (table_name) DO UPDATE SET last_id = max(last_id, excluded.last_id)`,
    ),
  );
  const selectRefreshIds = db
    .prepare<[string, string], number>(`SELECT id FROM refresh_tokens WHERE ${isObsolete}`)
    .pluck();
  const deleteHistory = db.prepare<[string]>(
    `DELETE FROM token_history WHERE id IN (
      WITH RECURSIVE chain (id) AS (
        SELECT history_id FROM tokens WHERE id IN ${givenIds}
        UNION ALL
        SELECT previous_id FROM chain JOIN token_history USING (id)
      ) SELECT id FROM chain)`,
  );
  const deleteReuses = db.prepare<[string]>(`DELETE FROM token_reuses WHERE token_id IN ${givenIds}`);
  const deleteImported = db.prepare<['access' | 'refresh', string]>(
    `DELETE FROM imported_values WHERE kind = ? AND row_id IN ${givenIds}`,
  );
  const deleteRefresh = db.prepare<[string]>(`DELETE FROM refresh_tokens WHERE id IN ${givenIds}`);
  const deleteTokens = db.prepare<[string]>(`DELETE FROM tokens WHERE id IN ${givenIds}`);

  return (ids) => {
    if (ids.length === 0) return [];
    const tokens = JSON.stringify(ids);
    for (const statement of storeHighestIds) statement.run();
    scopeSets.willDelete(tokens);
    const refreshIds = selectRefreshIds.all(tokens, tokens);
    const refresh = JSON.stringify(refreshIds);
    // Histories first, as they are found through the tokens.
    deleteHistory.run(tokens);
    deleteReuses.run(tokens);
    deleteImported.run('access', tokens);
    deleteImported.run('refresh', refresh);
    deleteRefresh.run(refresh);
    deleteTokens.run(tokens);
    return refreshIds;
  };
}
