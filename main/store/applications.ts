import type { ApplicationRow, Store } from '../engine/storePort.ts';
import { type Context, createRowIds, mayChangeRules, tokenTables } from './context.ts';

const columns = `id, name, owner_id AS ownerId, description, tier, created_at_ms AS createdAtMs,
  deleted_at_ms AS deletedAtMs`;

/** Of a LIMIT. */
const unlimited = -1;

const doomed = `(SELECT id FROM tokens
  WHERE key_set_id IN (SELECT id FROM key_sets WHERE application_id = @id) ORDER BY key_set_id, id LIMIT @maxTokens)`;
const rememberIdSteps = tokenTables.map(
  (table) => `INSERT INTO row_ids SELECT '${table}', ifnull(max(id), 0) FROM ${table} WHERE true
    ON CONFLICT (table_name) DO UPDATE SET last = max(last, excluded.last)`,
);
/** In this order: what is deleted is found through what is deleted later. */
const purgeTokenSteps = [
  `DELETE FROM token_history WHERE id IN (
    WITH RECURSIVE chain (id) AS (
      SELECT history_id FROM tokens WHERE id IN ${doomed}
      UNION ALL
      SELECT previous_id FROM chain JOIN token_history USING (id)
    ) SELECT id FROM chain)`,
  `DELETE FROM token_reuses WHERE token_id IN ${doomed}`,
  `DELETE FROM imported_values WHERE kind = 'refresh'
    AND row_id IN (SELECT refresh_token_id FROM tokens WHERE id IN ${doomed})`,
  `DELETE FROM imported_values WHERE kind = 'access' AND row_id IN ${doomed}`,
  `DELETE FROM refresh_tokens WHERE id IN (SELECT refresh_token_id FROM tokens WHERE id IN ${doomed})`,
  `DELETE FROM tokens WHERE id IN ${doomed}`,
];

export function createApplications(context: Context): Store['applications'] {
  const { db, caches } = context;
  const ids = createRowIds(db, 'applications');
  const rows = caches.create<number, ApplicationRow>(1000);

  const selectAll = db.prepare<[], ApplicationRow>(`SELECT ${columns} FROM applications ORDER BY id`);
  const selectById = db.prepare<[number], ApplicationRow>(`SELECT ${columns} FROM applications WHERE id = ?`);
  const selectByName = db.prepare<[string], ApplicationRow>(
    `SELECT ${columns} FROM applications WHERE name = ? AND deleted_at_ms IS NULL ORDER BY id`,
  );
  const insertRow = db.prepare<[number, string, number, string, string, number, number | null]>(
    `INSERT INTO applications (id, name, owner_id, description, tier, created_at_ms, deleted_at_ms)
    VALUES (?, ?, ?, ?, ?, ?, ?)`,
  );
  const updateRow = db.prepare<[string, number, string, string, number | null, number]>(
    `UPDATE applications SET name = ?, owner_id = ?, description = ?, tier = ?, deleted_at_ms = ? WHERE id = ?`,
  );
  const rememberIds = rememberIdSteps.map((step) => db.prepare<[]>(step));
  const purgeTokens = purgeTokenSteps.map((step) => db.prepare<{ id: number; maxTokens: number }>(step));
  const purgeKeySets = db.prepare<[number]>('DELETE FROM key_sets WHERE application_id = ?');
  const purgeRow = db.prepare<[number]>('DELETE FROM applications WHERE id = ?');

  return {
    list: () => selectAll.all(),
    byId(id) {
      const cached = rows.get(id);
      if (cached !== undefined) return cached;
      const row = selectById.get(id);
      if (row !== undefined) rows.set(id, row);
      return row;
    },
    byName: (name) => selectByName.get(name),
    insert({ deletedAtMs = null, ...row }) {
      mayChangeRules(context);
      const id = ids.take();
      insertRow.run(id, row.name, row.ownerId, row.description, row.tier, row.createdAtMs, deletedAtMs);
      return { ...row, id, deletedAtMs };
    },
    update(row) {
      mayChangeRules(context);
      rows.delete(row.id);
      updateRow.run(row.name, row.ownerId, row.description, row.tier, row.deletedAtMs, row.id);
    },
    purge(id, maxTokens = unlimited) {
      mayChangeRules(context);
      caches.drop();
      for (const step of rememberIds) step.run();
      let deleted = 0;
      for (const step of purgeTokens) deleted = step.run({ id, maxTokens }).changes;
      if (deleted === maxTokens) return false;
      purgeKeySets.run(id);
      purgeRow.run(id);
      return true;
    },
  };
}
