import type { Database } from 'better-sqlite3';
import type { Caches } from './cache.ts';
import type { GroupCommit } from './commit.ts';
import type { Sealer } from './sealer.ts';

/** What each topic of the store works with. */
export interface Context {
  readonly db: Database;
  readonly sealer: Sealer;
  readonly caches: Caches;
  readonly commit: GroupCommit;
}

/** Each write calls this first: outside of a transaction it would be on disk alone, and unseen by the group commit. */
export function mustBeInTransaction({ commit }: Context): void {
  if (!commit.inTransaction) throw new Error('A write was asked of the store outside of a transaction.');
}

export interface RowIds {
  /** The id that `take` gives next. */
  next(): number;
  take(): number;
}

/**
 * Ids of a table's new rows, known before the row is: what is sealed names its row. Counted in memory from the table's
 * AUTOINCREMENT sequence, so that none comes twice, whatever is rolled back or deleted.
 */
export function createRowIds(
  db: Database,
  table: 'users' | 'applications' | 'key_sets' | 'scopes' | 'tokens' | 'refresh_tokens' | 'certificates',
): RowIds {
  let last = Number(db.prepare('SELECT seq FROM sqlite_sequence WHERE name = ?').pluck().get(table) ?? 0);
  return {
    next: () => last + 1,
    take() {
      last += 1;
      return last;
    },
  };
}

/** Of a list that a CHECK keeps a JSON array. */
export const parseList = <T extends string>(json: string): readonly T[] => JSON.parse(json);
