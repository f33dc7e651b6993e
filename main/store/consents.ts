import type { ConsentRow } from '../engine/ports/store/consents.ts';
import type { Store } from '../engine/ports/store/store.ts';
import { type Context, mustBeInTransaction } from './context.ts';

const columns = 'id, key_set_id AS keySetId, user_id AS userId, scope, approved_at_ms AS approvedAtMs';

/** The remembered consents in the database. */
export function createConsents(context: Context): Store['consents'] {
  const { db } = context;
  const selectAll = db.prepare<[], ConsentRow>(`SELECT ${columns} FROM consents ORDER BY id`);
  const selectById = db.prepare<[number], ConsentRow>(`SELECT ${columns} FROM consents WHERE id = ?`);
  const selectOne = db.prepare<[number, number], ConsentRow>(
    `SELECT ${columns} FROM consents WHERE key_set_id = ? AND user_id = ?`,
  );
  const upsert = db.prepare<[number, number, string, number]>(
    `INSERT INTO consents (key_set_id, user_id, scope, approved_at_ms) VALUES (?, ?, ?, ?)
    ON CONFLICT (key_set_id, user_id) DO UPDATE SET scope = excluded.scope, approved_at_ms = excluded.approved_at_ms`,
  );
  const deleteRow = db.prepare<[number]>('DELETE FROM consents WHERE id = ?');
  return {
    list: () => selectAll.all(),
    byId: (id) => selectById.get(id),
    find: (keySetId, userId) => selectOne.get(keySetId, userId),
    save({ keySetId, userId, scope, approvedAtMs }) {
      mustBeInTransaction(context);
      upsert.run(keySetId, userId, scope, approvedAtMs);
    },
    delete(id) {
      mustBeInTransaction(context);
      deleteRow.run(id);
    },
  };
}
