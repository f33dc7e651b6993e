import type { Store } from '../engine/ports/store/store.ts';
import type { SubscriptionRow } from '../engine/ports/store/subscriptions.ts';
import { type Context, createRowIds, mayChangeRules } from './context.ts';

type ByApplication = ReadonlyMap<number, readonly SubscriptionRow[]>;

const none: readonly SubscriptionRow[] = [];

/** The subscriptions in the database. */
export function createSubscriptions(context: Context): Store['subscriptions'] {
  const { db, caches, rules } = context;
  const ids = createRowIds(db, 'subscriptions');
  /** Deleting an API or application deletes subscriptions too, so the cache is good for one version of the rules. */
  const all = caches.create<
    'all',
    { readonly version: number; readonly rows: readonly SubscriptionRow[]; readonly byApplication: ByApplication }
  >(1);

  const selectAll = db.prepare<[], SubscriptionRow>(`SELECT id, application_id AS applicationId, api_id AS apiId, tier,
    state, created_at_ms AS createdAtMs FROM subscriptions ORDER BY id`);
  const insertRow = db.prepare<[SubscriptionRow]>(`INSERT INTO subscriptions (id, application_id, api_id, tier, state,
    created_at_ms) VALUES (@id, @applicationId, @apiId, @tier, @state, @createdAtMs)`);
  const updateRow = db.prepare<[string, string, number]>('UPDATE subscriptions SET tier = ?, state = ? WHERE id = ?');
  const deleteRow = db.prepare<[number]>('DELETE FROM subscriptions WHERE id = ?');

  const read = () => {
    const cached = all.get('all');
    if (cached?.version === rules.version) return cached;
    const rows = selectAll.all();
    const loaded = {
      version: rules.version,
      rows,
      byApplication: Map.groupBy(rows, ({ applicationId }) => applicationId),
    };
    all.set('all', loaded);
    return loaded;
  };

  return {
    list: () => read().rows,
    ofApplication: (applicationId) => read().byApplication.get(applicationId) ?? none,
    byId: (id) => read().rows.find((row) => row.id === id),
    insert(row) {
      mayChangeRules(context);
      const inserted = { ...row, id: ids.take() };
      insertRow.run(inserted);
      return inserted;
    },
    update(row) {
      mayChangeRules(context);
      updateRow.run(row.tier, row.state, row.id);
    },
    delete(id) {
      mayChangeRules(context);
      deleteRow.run(id);
    },
  };
}
