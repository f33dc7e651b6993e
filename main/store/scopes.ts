import type { ScopeRow } from '../engine/ports/store/scopes.ts';
import type { Store } from '../engine/ports/store/store.ts';
import { type Context, createRowIds, mayChangeRules, parseList } from './context.ts';

interface ScopeRecord extends Omit<ScopeRow, 'roles' | 'apiIds'> {
  readonly roles: string;
  readonly apiIds: string;
}

const toRow = (record: ScopeRecord): ScopeRow => ({
  ...record,
  roles: parseList(record.roles, 'scopes.roles'),
  apiIds: parseList(record.apiIds, 'scopes.api_ids'),
});

const columns = 'id, name, description, roles, api_ids AS apiIds';

/** The scopes in the database. */
export function createScopes(context: Context): Store['scopes'] {
  const { db, caches } = context;
  const ids = createRowIds(db, 'scopes');
  /** Holds all scopes or none, so a miss means that the scope does not exist. */
  const all = caches.create<'all', ReadonlyMap<string, ScopeRow>>(1);

  const selectAll = db.prepare<[], ScopeRecord>(`SELECT ${columns} FROM scopes ORDER BY name`);
  const selectByName = db.prepare<[string], ScopeRecord>(`SELECT ${columns} FROM scopes WHERE name = ?`);
  const insertRow = db.prepare<[number, string, string, string, string]>(
    'INSERT INTO scopes (id, name, description, roles, api_ids) VALUES (?, ?, ?, ?, ?)',
  );
  const updateRow = db.prepare<[string, string, string, string, number]>(
    'UPDATE scopes SET name = ?, description = ?, roles = ?, api_ids = ? WHERE id = ?',
  );
  const deleteRow = db.prepare<[number]>('DELETE FROM scopes WHERE id = ?');

  const list = (): readonly ScopeRow[] => selectAll.all().map(toRow);
  const beforeWrite = (): void => {
    mayChangeRules(context);
    all.delete('all');
  };

  return {
    list,
    byName(name) {
      const cached = all.get('all');
      if (cached !== undefined) return cached.get(name);
      if (context.commit.running) {
        const record = selectByName.get(name);
        return record && toRow(record);
      }
      const loaded = new Map(list().map((row) => [row.name, row]));
      all.set('all', loaded);
      return loaded.get(name);
    },
    insert(row) {
      beforeWrite();
      const id = ids.take();
      insertRow.run(id, row.name, row.description, JSON.stringify(row.roles), JSON.stringify(row.apiIds));
      return { ...row, id };
    },
    update(row) {
      beforeWrite();
      updateRow.run(row.name, row.description, JSON.stringify(row.roles), JSON.stringify(row.apiIds), row.id);
    },
    delete(id) {
      beforeWrite();
      deleteRow.run(id);
    },
  };
}
