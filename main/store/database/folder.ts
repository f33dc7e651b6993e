import { chmodSync, existsSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { KeyfobError } from '../../../preload/contract/errors.ts';
import { writePrivateFile } from '../../system/privateFile.ts';
import { openPrivateFolder } from '../../system/privateFolder.ts';
import { storageError } from './errors.ts';
import { rememberFile } from './fileIdentity.ts';

export interface OwnedFolder {
  /** `folder_lost`, the same error from then on, once `owner.lock` was removed or replaced: another process may own the folder. */
  fault(): KeyfobError | undefined;
  /** The last owner was killed, and the database's log is gone since. */
  readonly logLost: boolean;
  /** Call once the database and its log are open. */
  databaseOpened(): void;
  release(): void;
}

/** The database of a data folder. */
export const databaseIn = (folder: string): string => join(folder, 'keyfob.db');

/** A lock that nobody refers to would be collected as garbage, and given up. */
const held = new Set<Database.Database>();

/**
 * Makes this process the owner of a data folder, which is made when it is not there. The owner holds an exclusive lock
 * on `owner.lock`; the system drops it when the process ends, however it ends. `what` tells others who owns it, like
 * `keyfob serve`. Throws `folder_owned`, with the owner where it is known, `storage_full`, and as {@link openPrivateFolder}.
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

  const note = (open: boolean): void =>
    writePrivateFile(ownerFile, JSON.stringify({ pid: process.pid, what, open } satisfies Owner));

  const lock = new Database(lockFile, { timeout: 0 });
  let logLost = false;
  try {
    // By name only: closing another descriptor of this file would drop the lock that this process may hold.
    chmodSync(lockFile, 0o600);
    // Nothing is ever written, so nothing is left to take back when the owner is killed.
    lock.pragma('journal_mode = MEMORY');
    lock.exec('BEGIN EXCLUSIVE');
    // An owner that ended well took its note along. One that still runs may have lost its lock file to a cleaner of such.
    const before = readOwner(ownerFile);
    logLost = before?.open === true && !existsSync(`${databaseIn(folder)}-wal`);
    if (existsSync(ownerFile)) refuseOpenDatabase(databaseIn(folder), before);
    note(false);
  } catch (error) {
    lock.close();
    throw isBusy(error) ? owned(readOwner(ownerFile), error, 'Another program owns the data folder') : error;
  }
  held.add(lock);
  const isSameLock = rememberFile(lockFile);
  let lost: KeyfobError | undefined;
  const fault = (): KeyfobError | undefined => {
    if (!isSameLock()) lost ??= lockLost();
    return lost;
  };

  return {
    fault,
    logLost,
    databaseOpened: () => note(true),
    release() {
      // Where the lock file is another one, so may be the note.
      if (fault() === undefined) rmSync(ownerFile, { force: true });
      lock.close();
      held.delete(lock);
    },
  };
}

/** What an owner writes about itself. */
interface Owner {
  readonly pid: number;
  readonly what: string;
  /** Whether it opened the database; a clean end takes the note away after it closed that. */
  readonly open: boolean;
}

/**
 * Throws `folder_owned` while any process has this database open: each connection holds a shared lock on it, and the first
 * read of one that is to be alone asks for the exclusive lock.
 */
function refuseOpenDatabase(file: string, owner: Owner | undefined): void {
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) === 0) return;
  const probe = new Database(file, { timeout: 0 });
  try {
    probe.pragma('locking_mode = EXCLUSIVE');
    // Closing it moves the log of an owner that was killed into the database.
    probe.pragma('fullfsync = ON');
    probe.pragma('checkpoint_fullfsync = ON');
    probe.prepare('SELECT count(*) FROM sqlite_schema').get();
  } catch (error) {
    // What else is wrong with it, opening it will tell.
    if (!isBusy(error)) return;
    const owns = owner !== undefined && isAlive(owner.pid);
    throw owned(owns ? owner : undefined, error, 'Another program has the database of the data folder open');
  } finally {
    probe.close();
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

const isBusy = (error: unknown): error is Error =>
  error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY');

const lockLost = (): KeyfobError =>
  new KeyfobError(
    'folder_lost',
    'owner.lock in the data folder was removed or replaced while Keyfob ran, so another process may own the folder; start Keyfob again.',
  );

function owned(owner: Owner | undefined, cause: Error, otherwise: string): KeyfobError {
  return new KeyfobError(
    'folder_owned',
    owner === undefined
      ? `${otherwise}; close it and try again.`
      : `The data folder is owned by ${owner.what} (process ${owner.pid}); use that one, or close it and try again.`,
    owner === undefined ? {} : { owner: { pid: owner.pid, what: owner.what } },
    { cause },
  );
}

/** For people, mostly: the lock decides. */
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
