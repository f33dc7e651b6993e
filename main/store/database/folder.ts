import { chmodSync, existsSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { KeyfobError } from '../../../preload/contract/errors.ts';
import { isAlive } from '../../system/isAlive.ts';
import { writePrivateFile } from '../../system/privateFile.ts';
import { openPrivateFolder } from '../../system/privateFolder.ts';
import { storageError } from './errors.ts';
import { rememberFile } from './fileIdentity.ts';

export interface OwnedFolder {
  /** `folder_lost` once `owner.lock` was removed or replaced, because another process may own the folder. Always the same error. */
  error(): KeyfobError | undefined;
  /** The last owner was killed, and the database's log has disappeared since. */
  readonly logLost: boolean;
  /** Call when the database and its log are open. */
  databaseOpened(): void;
  release(): void;
}

/** The path of the database in a data folder. */
export const databaseIn = (folder: string): string => join(folder, 'keyfob.db');

/** Keeps the locks referenced. Garbage collection would close and release them. */
const heldLocks = new Set<Database.Database>();

/**
 * Acquires a data folder for this process, and creates it if it does not exist. The owner holds an exclusive lock on
 * `owner.lock`. The system releases it when the process ends, even if it is killed. `what` names this program to others, like
 * `keyfob serve`. Throws `folder_owned` (with the owner if it is known), `storage_full`, and as {@link openPrivateFolder}.
 */
export function acquireFolder(folder: string, what: string): OwnedFolder {
  openPrivateFolder(folder);
  try {
    return acquire(folder, what);
  } catch (error) {
    throw storageError(error);
  }
}

function acquire(folder: string, what: string): OwnedFolder {
  const lockFile = join(folder, 'owner.lock');
  const ownerFile = join(folder, 'owner.json');

  const writeOwner = (open: boolean): void =>
    writePrivateFile(ownerFile, JSON.stringify({ pid: process.pid, what, open } satisfies Owner));

  const lock = new Database(lockFile, { timeout: 0 });
  let logLost = false;
  try {
    // By path: closing another descriptor of this file would release a lock that this process may hold.
    chmodSync(lockFile, 0o600);
    // Nothing is ever written, so a killed owner leaves no journal to roll back.
    lock.pragma('journal_mode = MEMORY');
    lock.exec('BEGIN EXCLUSIVE');
    // A clean end removes owner.json. A running owner may have lost its lock file to a cleanup tool.
    const before = readOwner(ownerFile);
    logLost = before?.open === true && !existsSync(`${databaseIn(folder)}-wal`);
    if (existsSync(ownerFile)) refuseOpenDatabase(databaseIn(folder), before);
    writeOwner(false);
  } catch (error) {
    lock.close();
    throw isBusy(error) ? folderOwned(readOwner(ownerFile), error, 'Another program owns the data folder') : error;
  }
  heldLocks.add(lock);
  const isSameLock = rememberFile(lockFile);
  let lost: KeyfobError | undefined;
  const error = (): KeyfobError | undefined => {
    if (!isSameLock()) lost ??= lockLost();
    return lost;
  };

  return {
    error,
    logLost,
    databaseOpened: () => writeOwner(true),
    release() {
      // If the lock file was replaced, owner.json may be another process's too.
      if (error() === undefined) rmSync(ownerFile, { force: true });
      lock.close();
      heldLocks.delete(lock);
    },
  };
}

/** The content of `owner.json`. */
interface Owner {
  readonly pid: number;
  readonly what: string;
  /** Whether it opened the database. A clean end closes the database, then removes the file. */
  readonly open: boolean;
}

/**
 * Throws `folder_owned` while any process has this database open. Each connection holds a shared lock, and a probe in exclusive mode
 * needs the exclusive one.
 */
function refuseOpenDatabase(file: string, owner: Owner | undefined): void {
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) === 0) return;
  const probe = new Database(file, { timeout: 0 });
  try {
    probe.pragma('locking_mode = EXCLUSIVE');
    // Closing the probe copies the log of a killed owner into the database.
    probe.pragma('fullfsync = ON');
    probe.pragma('checkpoint_fullfsync = ON');
    probe.prepare('SELECT count(*) FROM sqlite_schema').get();
  } catch (error) {
    // Any other error comes up again when the store opens the database, and is reported there.
    if (!isBusy(error)) return;
    const owns = owner !== undefined && isAlive(owner.pid);
    throw folderOwned(owns ? owner : undefined, error, 'Another program has the database of the data folder open');
  } finally {
    probe.close();
  }
}

const isBusy = (error: unknown): error is Error =>
  error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY');

const lockLost = (): KeyfobError =>
  new KeyfobError(
    'folder_lost',
    'owner.lock in the data folder was removed or replaced while Keyfob ran, so another process may own the folder. Start Keyfob again.',
  );

function folderOwned(owner: Owner | undefined, cause: Error, unknownOwner: string): KeyfobError {
  return new KeyfobError(
    'folder_owned',
    owner === undefined
      ? `${unknownOwner}. Close it and try again.`
      : `The data folder is owned by ${owner.what} (process ${owner.pid}). Use that one, or close it and try again.`,
    owner === undefined ? {} : { owner: { pid: owner.pid, what: owner.what } },
    { cause },
  );
}

/** Names the owner in messages. The lock alone decides who owns the folder. */
function readOwner(ownerFile: string): Owner | undefined {
  try {
    const owner: unknown = JSON.parse(readFileSync(ownerFile, 'utf8'));
    if (typeof owner !== 'object' || owner === null || !('pid' in owner) || !('what' in owner)) return undefined;
    const { pid, what } = owner;
    const open = 'open' in owner && owner.open === true;
    return typeof pid === 'number' && typeof what === 'string' ? { pid, what, open } : undefined;
  } catch {
    return undefined;
  }
}
