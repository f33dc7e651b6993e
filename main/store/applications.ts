import type { ApplicationRow } from '../engine/ports/store/applications.ts';
import type { Store } from '../engine/ports/store/store.ts';
import { type Context, createRowIds, mayChangeRules } from './context.ts';
import type { TokenPurge } from './tokens/tokenPurge.ts';

const columns = `id, name, owner_id AS ownerId, description, tier, created_at_ms AS createdAtMs,
  deleted_at_ms AS deletedAtMs`;

/** As a LIMIT in SQL. */
const unlimited = -1;

/** The applications in the database. `purgeTokens` deletes the tokens of a purged one. */
export function createApplications(context: Context, purgeTokens: TokenPurge): Store['applications'] {
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
  const selectTokens = db
    .prepare<[number, number], number>(
      `SELECT id FROM tokens
      WHERE key_set_id IN (SELECT id FROM key_sets WHERE application_id = ?) ORDER BY key_set_id, id LIMIT ?`,
    )
    .pluck();
  const purgeOfKeySets = (table: 'authorization_codes' | 'consents') =>
    db.prepare<[number]>(`DELETE FROM ${table} WHERE key_set_id IN (SELECT id FROM key_sets WHERE application_id = ?)`);
  const purgeCodes = purgeOfKeySets('authorization_codes');
  const purgeConsents = purgeOfKeySets('consents');
  const purgeKeySets = db.prepare<[number]>('DELETE FROM key_sets WHERE application_id = ?');
  const purgeSubscriptions = db.prepare<[number]>('DELETE FROM subscriptions WHERE application_id = ?');
  const purgeDeviceSets = db.prepare<[number]>('DELETE FROM device_sets WHERE application_id = ?');
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
      const tokenIds = selectTokens.all(id, maxTokens);
      purgeTokens(tokenIds);
      if (tokenIds.length === maxTokens) return false;
      purgeCodes.run(id);
      purgeConsents.run(id);
      purgeKeySets.run(id);
      purgeSubscriptions.run(id);
      purgeDeviceSets.run(id);
      purgeRow.run(id);
      return true;
    },
  };
}
