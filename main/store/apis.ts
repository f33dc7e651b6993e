import type { ApiResource } from '../../preload/contract/apis.ts';
import type { ApiRow } from '../engine/ports/store/apis.ts';
import type { Store } from '../engine/ports/store/store.ts';
import { type Context, createRowIds, mayChangeRules, parseColumn } from './context.ts';

interface ApiRecord extends Omit<ApiRow, 'isDefaultVersion' | 'open' | 'cors' | 'resources'> {
  readonly isDefaultVersion: 0 | 1;
  readonly open: 0 | 1;
  readonly cors: string | null;
  readonly resources: string;
}

const toRow = (record: ApiRecord): ApiRow => ({
  ...record,
  isDefaultVersion: record.isDefaultVersion === 1,
  open: record.open === 1,
  cors: record.cors === null ? null : parseColumn(record.cors, 'apis.cors'),
  resources: parseColumn<readonly ApiResource[]>(record.resources, 'apis.resources'),
});

const toRecord = (row: ApiRow): ApiRecord => ({
  ...row,
  isDefaultVersion: row.isDefaultVersion ? 1 : 0,
  open: row.open ? 1 : 0,
  cors: row.cors === null ? null : JSON.stringify(row.cors),
  resources: JSON.stringify(row.resources),
});

/** The APIs in the database. */
export function createApis(context: Context): Store['apis'] {
  const { db, caches } = context;
  const ids = createRowIds(db, 'apis');
  const all = caches.create<'all', readonly ApiRow[]>(1);

  const selectAll = db.prepare<[], ApiRecord>(`SELECT id, name, version, context,
    is_default_version AS isDefaultVersion, state, description, tier, production_backend AS productionBackend,
    sandbox_backend AS sandboxBackend, backend_ca AS backendCa, open, authorization_header AS authorizationHeader,
    cors, resources, created_at_ms AS createdAtMs FROM apis ORDER BY name, version`);
  const upsert = db.prepare<[ApiRecord]>(`INSERT INTO apis (id, name, version, context, is_default_version, state,
    description, tier, production_backend, sandbox_backend, backend_ca, open, authorization_header, cors, resources,
    created_at_ms) VALUES (@id, @name, @version, @context, @isDefaultVersion, @state, @description, @tier,
    @productionBackend, @sandboxBackend, @backendCa, @open, @authorizationHeader, @cors, @resources, @createdAtMs)
    ON CONFLICT (id) DO UPDATE SET name = @name, version = @version, context = @context,
    is_default_version = @isDefaultVersion, state = @state, description = @description, tier = @tier,
    production_backend = @productionBackend, sandbox_backend = @sandboxBackend, backend_ca = @backendCa, open = @open,
    authorization_header = @authorizationHeader, cors = @cors, resources = @resources`);
  const deleteSubscriptions = db.prepare<[number]>('DELETE FROM subscriptions WHERE api_id = ?');
  const deleteRow = db.prepare<[number]>('DELETE FROM apis WHERE id = ?');

  const list = (): readonly ApiRow[] => {
    const cached = all.get('all');
    if (cached !== undefined) return cached;
    const rows = selectAll.all().map(toRow);
    all.set('all', rows);
    return rows;
  };
  const beforeWrite = (): void => {
    mayChangeRules(context);
    all.delete('all');
  };

  return {
    list,
    byId: (id) => list().find((row) => row.id === id),
    insert(row) {
      beforeWrite();
      const inserted = { ...row, id: ids.take() };
      upsert.run(toRecord(inserted));
      return inserted;
    },
    update(row) {
      beforeWrite();
      upsert.run(toRecord(row));
    },
    delete(id) {
      beforeWrite();
      deleteSubscriptions.run(id);
      deleteRow.run(id);
    },
  };
}
