import { chmodSync, closeSync, existsSync, openSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { KeyfobError } from '../../../preload/contract/errors.ts';
import type { Migration } from '../migrations/migration.ts';
import { storageError } from './errors.ts';
import { migrate, migrations, schemaVersion } from './migrate.ts';

export interface OpenOptions {
  /** Instead of all there are. */
  readonly migrations?: readonly Migration[];
  /** Whether a database was here before, as a vault shows: then no new one is created in its place. */
  readonly mustExist?: boolean;
}

/** Nobody else writes while we own the folder; who looks in with another tool is waited for this long. */
const busyTimeoutMs = 250;
/** Checkpoints run beside the requests; this limit is for when that falls behind. */
const checkpointLimitPages = 64_000;

/**
 * Opens the database at `file`, makes it when it is not there, and brings it up to date; before that an existing one is
 * copied to `<file>.before-<version>`. Throws `database_missing`, `database_newer`, `database_damaged`, `storage_full` or
 * `folder_owned` (another program is writing to it).
 */
export async function openDatabase(file: string, options: OpenOptions = {}): Promise<Database.Database> {
  const list = options.migrations ?? migrations;
  // Asked before SQLite is: it deletes the log of an empty database.
  if (options.mustExist && !statSync(file, { throwIfNoEntry: false })?.size) throw missing(file);
  // SQLite gives its other files the mode of this one.
  closeSync(openSync(file, 'a', 0o600));
  chmodSync(file, 0o600);
  const db = new Database(file, { timeout: busyTimeoutMs });
  try {
    refuseForeign(db, list.length);
    const version = schemaVersion(db);
    if (options.mustExist && version === 0) throw missing(file);
    configure(db);
    if (version > 0 && version < list.length) await copyAside(db, `${file}.before-${list.length}`);
    migrate(db, list);
    return db;
  } catch (error) {
    db.close();
    throw storageError(error);
  }
}

/** Throws unless the database is empty or one of ours that we understand. Writes nothing. */
function refuseForeign(db: Database.Database, newest: number): void {
  const version = schemaVersion(db);
  if (version > newest) {
    throw new KeyfobError(
      'database_newer',
      `The data folder was written by a newer Keyfob (database version ${version}, this one knows ${newest}); install the newer Keyfob.`,
    );
  }
  const tables = Number(db.prepare('SELECT count(*) FROM sqlite_schema').pluck().get());
  if (tables > 0 !== version > 0) {
    throw new KeyfobError(
      'database_damaged',
      'The database is not one of Keyfob, or is damaged; put back a copy of the data folder.',
    );
  }
}

function configure(db: Database.Database): void {
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  // macOS: fsync alone does not reach the disk.
  db.pragma('fullfsync = ON');
  db.pragma('checkpoint_fullfsync = ON');
  db.pragma('trusted_schema = OFF');
  // What a savepoint may have to take back, beyond 64 KiB, would else go through a file.
  db.pragma('temp_store = MEMORY');
  // The inner pages of a table of a million tokens stay in memory, so that each is one page away.
  db.pragma('cache_size = -8000');
  db.pragma(`wal_autocheckpoint = ${checkpointLimitPages}`);
}

/** The names of the copies that updates left of this database. */
const copiesOf = (file: string): readonly string[] =>
  readdirSync(dirname(file)).filter((name) => name.startsWith(`${basename(file)}.before-`));

/** Removes them. */
export function removeCopies(file: string): void {
  for (const name of copiesOf(file)) rmSync(join(dirname(file), name));
}

function missing(file: string): KeyfobError {
  const wholeCopies = copiesOf(file).filter((name) => /\d$/.test(name));
  const copy = wholeCopies.sort((a, b) => a.localeCompare(b, 'en', { numeric: true })).at(-1);
  const orCopy = copy === undefined ? '' : `, or rename ${copy}, which an update left, to ${basename(file)}`;
  const log = existsSync(`${file}-wal`) ? `, without ${basename(file)}-wal, which is of the one that is gone` : '';
  return new KeyfobError(
    'database_missing',
    `${file} is missing or empty, though there is a vault here; put back a copy of it${orCopy}${log}. ${startEmpty}`,
  );
}

/** For when nothing of a data folder can be put back. */
export const startEmpty =
  'If there is no copy, `keyfob start-empty` starts with an empty folder: applications, certificate authority and tokens are lost, and the remaining files are moved aside.';

/** A whole copy or none under this name. */
async function copyAside(db: Database.Database, copy: string): Promise<void> {
  const partial = `${copy}.partial`;
  rmSync(partial, { force: true });
  await db.backup(partial);
  chmodSync(partial, 0o600);
  renameSync(partial, copy);
}
