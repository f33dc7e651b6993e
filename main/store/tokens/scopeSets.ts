import type { Context } from '../context.ts';

/** The scope sets that tokens name by id. A set is a normalised scope text (reference 1.1). */
export interface ScopeSets {
  idOf(scope: string): number | undefined;
  /** Inserts the set if it is new. Must run in a transaction. */
  take(scope: string): number;
  /** Call before these tokens are deleted. Their sets are candidates of {@link dropUnused}. */
  willDelete(tokenIds: string): void;
  /**
   * Deletes the sets that no token has since a purge, without an index that each insert would pay for. Each call scans some tokens,
   * or deletes some sets. Returns false while more remain. Must run in a transaction.
   */
  dropUnused(): boolean;
}

const tokensPerStep = 10_000;
const setsPerStep = 500;

export function createScopeSets({ db, caches, commit }: Pick<Context, 'db' | 'caches' | 'commit'>): ScopeSets {
  const ids = caches.create<string, number>(16_384);
  const selectId = db.prepare<[string], number>('SELECT id FROM scope_sets WHERE scope = ?').pluck();
  const insertSet = db.prepare<[string]>('INSERT INTO scope_sets (scope) VALUES (?)');
  const selectOfTokens = db
    .prepare<[string], number>('SELECT DISTINCT scope_set_id FROM tokens WHERE id IN (SELECT value FROM json_each(?))')
    .pluck();
  const selectNewest = db.prepare<[], number | null>('SELECT max(id) FROM tokens').pluck();
  const selectUsed = db
    .prepare<[number, number], number>('SELECT DISTINCT scope_set_id FROM tokens WHERE id > ? AND id <= ?')
    .pluck();
  const deleteSets = db.prepare<[string]>('DELETE FROM scope_sets WHERE id IN (SELECT value FROM json_each(?))');
  /** Sets of deleted tokens that no token up to `place` has, and that no token got since. */
  const candidates = new Set<number>();
  let place = 0;

  return {
    idOf(scope) {
      const cached = ids.get(scope);
      if (cached !== undefined) return cached;
      const id = selectId.get(scope);
      if (id !== undefined) ids.set(scope, id);
      return id;
    },
    take(scope) {
      const cached = ids.get(scope);
      const id = cached ?? selectId.get(scope) ?? Number(insertSet.run(scope).lastInsertRowid);
      // An import reserves ids, so its rows may be behind `place`.
      candidates.delete(id);
      // Nothing is cached inside a transaction, and the next token of this tuple takes the same set.
      if (cached === undefined) commit.afterCommit(() => ids.set(scope, id));
      return id;
    },
    willDelete(tokenIds) {
      for (const id of selectOfTokens.all(tokenIds)) candidates.add(id);
      place = 0;
    },
    dropUnused() {
      if (candidates.size === 0) return true;
      const newest = selectNewest.get() ?? 0;
      const until = Math.min(place + tokensPerStep, newest);
      for (const id of selectUsed.all(place, until)) candidates.delete(id);
      place = until;
      if (until < newest) return false;
      const some = [...candidates].slice(0, setsPerStep);
      if (some.length === 0) return true;
      caches.drop();
      deleteSets.run(JSON.stringify(some));
      for (const id of some) candidates.delete(id);
      return candidates.size === 0;
    },
  };
}
