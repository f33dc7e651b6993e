import { chmodSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { KeyfobError } from '../../preload/contract/errors.ts';
import { writePrivateFile } from '../system/privateFile.ts';
import { openPrivateFolder } from '../system/privateFolder.ts';
import { storageFailure } from './failure.ts';

export interface OwnedFolder {
  release(): void;
}

/** A lock that nobody refers to would be collected as garbage, and given up. */
const held = new Set<Database.Database>();

/**
 * Makes this process the owner of a data folder, which is made when it is not there. The owner holds an exclusive lock
 * on `owner.lock`; the system drops it when the process ends, however it ends. `what` tells others who owns it, like
 * `keyfob serve`. Throws `folder_owned`, with the owner where it is known, and as {@link openPrivateFolder}.
 */
export function acquireFolder(folder: string, what: string): OwnedFolder {
  openPrivateFolder(folder);
  const lockFile = join(folder, 'owner.lock');
  const ownerFile = join(folder, 'owner.json');

  const lock = openLock(lockFile);
  try {
    // By name only: closing another descriptor of this file would drop the lock that this process may hold.
    chmodSync(lockFile, 0o600);
    // Nothing is ever written, so nothing is left to take back when the owner is killed.
    lock.pragma('journal_mode = MEMORY');
    lock.exec('BEGIN EXCLUSIVE');
    writePrivateFile(ownerFile, JSON.stringify({ pid: process.pid, what }));
  } catch (error) {
    lock.close();
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')) throw owned(ownerFile, error);
    throw storageFailure(error);
  }
  held.add(lock);

  return {
    release() {
      rmSync(ownerFile, { force: true });
      lock.close();
      held.delete(lock);
    },
  };
}

function openLock(lockFile: string): Database.Database {
  try {
    return new Database(lockFile, { timeout: 0 });
  } catch (error) {
    throw storageFailure(error);
  }
}

function owned(ownerFile: string, cause: Error): KeyfobError {
  const owner = readOwner(ownerFile);
  return new KeyfobError(
    'folder_owned',
    owner === undefined
      ? 'Another program owns the data folder; close it and try again.'
      : `The data folder is owned by ${owner.what} (process ${owner.pid}); use that one, or close it and try again.`,
    owner === undefined ? {} : { owner },
    { cause },
  );
}

/** What the owner wrote about itself; for people only, the lock alone decides. */
function readOwner(ownerFile: string): { readonly pid: number; readonly what: string } | undefined {
  try {
    const owner: unknown = JSON.parse(readFileSync(ownerFile, 'utf8'));
    if (typeof owner !== 'object' || owner === null || !('pid' in owner) || !('what' in owner)) return undefined;
    const { pid, what } = owner;
    return typeof pid === 'number' && typeof what === 'string' ? { pid, what } : undefined;
  } catch {
    return undefined;
  }
}
