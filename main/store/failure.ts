import Database from 'better-sqlite3';
import { KeyfobError } from '../../preload/contract/errors.ts';

const { SqliteError } = Database;

/** Disk or file are full, fail or lie: SQLite gives up the whole transaction for this, or leaves it in doubt. */
export const isDiskFault = (error: unknown): error is InstanceType<typeof SqliteError> =>
  error instanceof SqliteError && /^SQLITE_(FULL|IOERR|CORRUPT|NOTADB|CANTOPEN|READONLY|NOMEM)/.test(error.code);

/** What SQLite says of disk and file as an error of ours: `storage_full`, `folder_owned` or `database_damaged`. */
export function storageFailure(error: unknown): unknown {
  if (error instanceof SqliteError && error.code.startsWith('SQLITE_BUSY')) {
    return new KeyfobError(
      'folder_owned',
      'Another program is writing to the database; close it and try again.',
      {},
      { cause: error },
    );
  }
  if (!isDiskFault(error)) return error;
  // SHMSIZE: the file beside the database that readers and writers share cannot grow.
  if (error.code === 'SQLITE_FULL' || error.code === 'SQLITE_IOERR_SHMSIZE') {
    return new KeyfobError(
      'storage_full',
      'The disk is full, so nothing was stored; free some space and try again.',
      {},
      { cause: error },
    );
  }
  return new KeyfobError(
    'database_damaged',
    `The database cannot be read or written (${error.code}); put back a copy of the data folder.`,
    {},
    { cause: error },
  );
}
