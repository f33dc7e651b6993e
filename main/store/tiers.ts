import type { Store } from '../engine/ports/store/store.ts';
import type { TierRow } from '../engine/ports/store/tiers.ts';
import { type Context, createRowIds, mayChangeRules } from './context.ts';

type Flag = 'stopOnQuota' | 'perUser' | 'builtIn';
type TierRecord = Omit<TierRow, Flag> & { readonly [F in Flag]: 0 | 1 };

const toRow = (record: TierRecord): TierRow => ({
  ...record,
  stopOnQuota: record.stopOnQuota === 1,
  perUser: record.perUser === 1,
  builtIn: record.builtIn === 1,
});

const toRecord = (row: TierRow): TierRecord => ({
  ...row,
  stopOnQuota: row.stopOnQuota ? 1 : 0,
  perUser: row.perUser ? 1 : 0,
  builtIn: row.builtIn ? 1 : 0,
});

/** The throttling tiers in the database. */
export function createTiers(context: Context): Store['tiers'] {
  const { db, caches } = context;
  const ids = createRowIds(db, 'tiers');
  const all = caches.create<'all', ReadonlyMap<string, TierRow>>(1);

  const selectAll = db.prepare<[], TierRecord>(`SELECT id, level, name, description, limit_count AS "limit", counts,
    window_length AS windowLength, window_unit AS windowUnit, burst_limit AS burstLimit, burst_seconds AS burstSeconds,
    stop_on_quota AS stopOnQuota, per_user AS perUser, built_in AS builtIn FROM tiers ORDER BY level, name`);
  const upsert = db.prepare<[TierRecord]>(`INSERT INTO tiers (id, level, name, description, limit_count, counts,
    window_length, window_unit, burst_limit, burst_seconds, stop_on_quota, per_user, built_in) VALUES (@id, @level,
    @name, @description, @limit, @counts, @windowLength, @windowUnit, @burstLimit, @burstSeconds, @stopOnQuota,
    @perUser, @builtIn) ON CONFLICT (id) DO UPDATE SET name = @name, description = @description, limit_count = @limit,
    counts = @counts, window_length = @windowLength, window_unit = @windowUnit, burst_limit = @burstLimit,
    burst_seconds = @burstSeconds, stop_on_quota = @stopOnQuota, per_user = @perUser`);
  const deleteRow = db.prepare<[number]>('DELETE FROM tiers WHERE id = ?');

  const byKey = (): ReadonlyMap<string, TierRow> => {
    const cached = all.get('all');
    if (cached !== undefined) return cached;
    const loaded = new Map(selectAll.all().map((record) => [`${record.level} ${record.name}`, toRow(record)]));
    all.set('all', loaded);
    return loaded;
  };
  const beforeWrite = (): void => {
    mayChangeRules(context);
    all.delete('all');
  };

  return {
    list: () => [...byKey().values()],
    byName: (level, name) => byKey().get(`${level} ${name}`),
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
      deleteRow.run(id);
    },
  };
}
