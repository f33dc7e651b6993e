import type { Database } from 'better-sqlite3';
import { KeyfobError } from '../../preload/contract/errors.ts';
import type { Caches } from './database/cache.ts';
import type { GroupCommit } from './database/commit.ts';
import type { ReadTransaction } from './database/readTransaction.ts';
import type { Sealer } from './sealer.ts';

/** Shared by all topics of the store. */
export interface Context {
  readonly db: Database;
  readonly sealer: Sealer;
  readonly caches: Caches;
  readonly commit: GroupCommit;
  readonly reads: ReadTransaction;
  /** Whether values of new tokens are stored, and not only their hashes. */
  readonly keepsValues: () => boolean;
  /** Counts writes of anything but tokens. */
  readonly rules: { version: number };
}

/** Each write calls this first. A write outside of a transaction would bypass the group commit. */
export function mustBeInTransaction({ commit }: Context): void {
  if (!commit.inTransaction) throw new Error('The store was written to outside of a transaction.');
}

/** Call before a write that token requests depend on: applications, key sets, users, scopes, settings. */
export function mayChangeRules(context: Context): void {
  mustBeInTransaction(context);
  context.rules.version += 1;
}

/** Tables without AUTOINCREMENT. Before rows are deleted there, the highest id is stored in `row_ids`. */
export const tokenTables = ['tokens', 'refresh_tokens'] as const;
type TokenTable = (typeof tokenTables)[number];
const isTokenTable = (table: string): table is TokenTable => tokenTables.some((name) => name === table);

export interface RowIds {
  /** The id that `take` returns next. */
  next(): number;
  take(): number;
}

/**
 * Ids of new rows in a table. A sealed value names its row, so the id is needed before the insert. Ids are counted in memory from the
 * highest id that ever existed. So none is used twice, even after a rollback or a deletion.
 */
export function createRowIds(
  db: Database,
  table:
    | 'users'
    | 'applications'
    | 'key_sets'
    | 'scopes'
    | 'certificates'
    | 'signing_keys'
    | 'apis'
    | 'subscriptions'
    | 'device_sets'
    | 'tiers'
    | 'authorization_codes'
    | TokenTable,
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

/** Parses JSON that the store wrote into `column`, such as `users.roles`. Throws `database_damaged` if it is no longer JSON. */
export function parseColumn<T>(json: string, column: string): T {
  try {
    return JSON.parse(json);
  } catch (cause) {
    throw damaged(column, cause);
  }
}

/** Parses a JSON array that the store wrote into `column`. Throws `database_damaged`. */
export function parseList<T>(json: string, column: string): readonly T[] {
  const list: unknown = parseColumn(json, column);
  if (!Array.isArray(list)) throw damaged(column);
  return list;
}

/** The error for a value in `column` that the store did not write. */
export const damaged = (column: string, cause?: unknown): KeyfobError =>
  new KeyfobError(
    'database_damaged',
    `The database is damaged: ${column} does not hold the value that was written. Restore a copy of the data folder.`,
    {},
    { cause },
  );
