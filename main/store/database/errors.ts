import Database from 'better-sqlite3';
import { KeyfobError } from '../../../preload/contract/errors.ts';
import { systemError } from '../../system/errors.ts';

const { SqliteError } = Database;

/** Whether the disk or a file is full, failing or damaged. The whole transaction is then lost. */
export const isDiskError = (error: unknown): error is InstanceType<typeof SqliteError> =>
  error instanceof SqliteError && /^SQLITE_(FULL|IOERR|CORRUPT|NOTADB|CANTOPEN|READONLY|NOMEM)/.test(error.code);

/**
 * Turns an error of SQLite or of a file call into a `KeyfobError`: `storage_full`, `folder_owned`, `refused` (no permission to write) or
 * `database_damaged`. Returns any other error unchanged.
 */
export function storageError(error: unknown): unknown {
  const known = systemError(error);
  if (known !== error) return known;
  if (error instanceof SqliteError && error.code.startsWith('SQLITE_BUSY')) {
    return new KeyfobError(
      'folder_owned',
      'Another program is writing to the database. Close it and try again.',
      {},
      { cause: error },
    );
  }
  if (!isDiskError(error)) return error;
  // SHMSIZE: the shared-memory file (-shm) cannot grow.
  if (error.code === 'SQLITE_FULL' || error.code === 'SQLITE_IOERR_SHMSIZE') return storageFull(error);
  if (/^SQLITE_(READONLY|CANTOPEN)/.test(error.code)) return notWritable(error, error.code);
  return new KeyfobError(
    'database_damaged',
    `The database cannot be read or written (${error.code}). Restore a copy of the data folder.`,
    {},
    { cause: error },
  );
}

const storageFull = (cause: Error): KeyfobError =>
  new KeyfobError(
    'storage_full',
    'The disk is full, so nothing was stored. Free some space and try again.',
    {},
    { cause },
  );

const notWritable = (cause: Error, code: string): KeyfobError =>
  new KeyfobError(
    'refused',
    `Keyfob has no permission to write to the data folder or a file in it (${code}). Check the owner, the permissions and whether the disk is read-only, or set KEYFOB_HOME to another folder.`,
    {},
    { cause },
  );
