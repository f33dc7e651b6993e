import type { Database } from 'better-sqlite3';
import { KeyfobError } from '../../preload/contract/errors.ts';
import type { Caches } from './database/cache.ts';
import type { GroupCommit } from './database/commit.ts';
import type { ReadTransaction } from './database/readTransaction.ts';
import type { Sealer } from './sealer.ts';

/** What each topic of the store works with. */
export interface Context {
  readonly db: Database;
  readonly sealer: Sealer;
  readonly caches: Caches;
  readonly commit: GroupCommit;
  readonly turn: ReadTransaction;
  /** Whether values of tokens are kept, and not only their hashes. */
  readonly keepsValues: () => boolean;
  /** How often anything but tokens was written. */
  readonly rules: { version: number };
}

/** Each write calls this first: outside of a transaction it would be on disk alone, and unseen by the group commit. */
export function mustBeInTransaction({ commit }: Context): void {
  if (!commit.inTransaction) throw new Error('A write was asked of the store outside of a transaction.');
}

/** The same, of what token requests are decided by: applications, key sets, users, scopes, settings. */
export function mayChangeRules(context: Context): void {
  mustBeInTransaction(context);
  context.rules.version += 1;
}

/** Tables without AUTOINCREMENT: whoever deletes rows there writes into `row_ids` how far they went. */
export const tokenTables = ['tokens', 'refresh_tokens'] as const;
type TokenTable = (typeof tokenTables)[number];
const isTokenTable = (table: string): table is TokenTable => tokenTables.some((name) => name === table);

export interface RowIds {
  /** The id that `take` gives next. */
  next(): number;
  take(): number;
}

/**
 * Ids of a table's new rows, known before the row is: what is sealed names its row. Counted in memory from the last one
 * that ever was, so that none comes twice, whatever is rolled back or deleted.
 */
export function createRowIds(
  db: Database,
  table: 'users' | 'applications' | 'key_sets' | 'scopes' | 'certificates' | TokenTable,
): RowIds {
  const source = isTokenTable(table)
    ? `SELECT max(ifnull((SELECT max(id) FROM ${table}), 0), ifnull((SELECT last_id FROM row_ids WHERE table_name = ?), 0))`
    : 'SELECT seq FROM sqlite_sequence WHERE name = ?';
  let last = Number(db.prepare(source).pluck().get(table) ?? 0);
  return {
    next: () => last + 1,
    take() {
      last += 1;
      return last;
    },
  };
}

/** Parses what the store wrote into `column`, such as `users.roles`. Throws `database_damaged` when it is no JSON any more. */
export function parseColumn<T>(json: string, column: string): T {
  try {
    return JSON.parse(json);
  } catch (cause) {
    throw damaged(column, cause);
  }
}

/** The same of a JSON array. */
export function parseList<T extends string>(json: string, column: string): readonly T[] {
  const list: unknown = parseColumn(json, column);
  if (!Array.isArray(list)) throw damaged(column);
  return list;
}

const damaged = (column: string, cause?: unknown): KeyfobError =>
  new KeyfobError(
    'database_damaged',
    `The database is damaged: ${column} does not hold what was written there; put back a copy of the data folder.`,
    {},
    { cause },
  );
