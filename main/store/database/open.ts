import { chmodSync, closeSync, existsSync, openSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { KeyfobError } from '../../../preload/contract/errors.ts';
import type { Migration } from '../migrations/migration.ts';
import { storageError } from './errors.ts';
import { migrate, migrations, schemaVersion } from './migrate.ts';

export interface OpenOptions {
  /** Replaces {@link migrations}, for tests. */
  readonly migrations?: readonly Migration[];
  /** Whether to refuse a missing database instead of creating one, because a vault exists. */
  readonly mustExist?: boolean;
}

/** Opening waits this long for another tool that reads. No other Keyfob writes while we own the folder. */
const busyTimeoutMs = 250;
/** The limit of SQLite's automatic checkpoint, for when the worker falls behind. */
const checkpointLimitPages = 64_000;

/**
 * Opens the database at `file`, creates it if it does not exist, and applies pending migrations. An existing database is first copied
 * to `<file>.before-<version>`. Throws `database_missing`, `database_newer`, `database_damaged`, `storage_full`, or `folder_owned` while
 * another program writes to it.
 */
export async function openDatabase(file: string, options: OpenOptions = {}): Promise<Database.Database> {
  const list = options.migrations ?? migrations;
  // Checked before SQLite opens the file, because SQLite deletes the log of an empty database.
  if (options.mustExist && !statSync(file, { throwIfNoEntry: false })?.size) throw missing(file);
  // SQLite gives its other files the same mode.
  closeSync(openSync(file, 'a', 0o600));
  chmodSync(file, 0o600);
  const db = new Database(file, { timeout: busyTimeoutMs });
  try {
    refuseForeign(db, list.length);
    const version = schemaVersion(db);
    if (options.mustExist && version === 0) throw missing(file);
    configure(db);
    const isUpdate = version > 0 && version < list.length;
    if (isUpdate) await copyAside(db, `${file}.before-${list.length}`);
    migrate(db, list);
    // A rebuilt table leaves its former pages free in the file.
    if (isUpdate) db.exec('VACUUM');
    return db;
  } catch (error) {
    db.close();
    throw storageError(error);
  }
}

/** Throws unless the database is empty, or a Keyfob database of a known version. Writes nothing. */
function refuseForeign(db: Database.Database, newest: number): void {
  const version = schemaVersion(db);
  if (version > newest) {
    throw new KeyfobError(
      'database_newer',
      `The data folder was written by a newer Keyfob (database version ${version}, this one knows ${newest}). Install the newer Keyfob.`,
    );
  }
  const tables = Number(db.prepare('SELECT count(*) FROM sqlite_schema').pluck().get());
  if (tables > 0 !== version > 0) {
    throw new KeyfobError(
      'database_damaged',
      'The database is damaged, or is not a Keyfob database. Restore a copy of the data folder.',
    );
  }
}

function configure(db: Database.Database): void {
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  // On macOS, fsync alone does not reach the disk.
  db.pragma('fullfsync = ON');
  db.pragma('checkpoint_fullfsync = ON');
  db.pragma('trusted_schema = OFF');
  // Otherwise a savepoint of more than 64 KiB would use a temporary file.
  db.pragma('temp_store = MEMORY');
  // Holds the inner pages of a table of a million tokens, so that a lookup reads one page.
  db.pragma('cache_size = -8000');
  db.pragma(`wal_autocheckpoint = ${checkpointLimitPages}`);
}

/** Names of the copies that updates created of this database. */
const copiesOf = (file: string): readonly string[] =>
  readdirSync(dirname(file)).filter((name) => name.startsWith(`${basename(file)}.before-`));

/** Deletes the copies that updates created of this database. */
export function removeCopies(file: string): void {
  for (const name of copiesOf(file)) rmSync(join(dirname(file), name));
}

function missing(file: string): KeyfobError {
  const wholeCopies = copiesOf(file).filter((name) => /\d$/.test(name));
  const copy = wholeCopies.sort((a, b) => a.localeCompare(b, 'en', { numeric: true })).at(-1);
  const orCopy = copy === undefined ? '' : `, or rename ${copy}, the copy of an update, to ${basename(file)}`;
  const log = existsSync(`${file}-wal`)
    ? `, and move ${basename(file)}-wal away, as it belongs to the missing one`
    : '';
  return new KeyfobError(
    'database_missing',
    `${file} is missing or empty, but a vault exists. Restore a copy of it${orCopy}${log}. ${startEmpty}`,
  );
}

/** The last resort, when no copy of a data folder can be restored. */
export const startEmpty =
  'If you have no copy, `keyfob start-empty` starts with an empty folder: applications, certificate authority and tokens are lost, and the remaining files are moved aside.';

/** Copies the database. Only a complete copy gets the name. */
async function copyAside(db: Database.Database, copy: string): Promise<void> {
  const partial = `${copy}.partial`;
  rmSync(partial, { force: true });
  await db.backup(partial);
  chmodSync(partial, 0o600);
  renameSync(partial, copy);
}
