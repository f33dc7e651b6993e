import Database from 'better-sqlite3';
import { KeyfobError } from '../../preload/contract/errors.ts';

const { SqliteError } = Database;

/** Whether SQLite gave up a whole transaction for this, or leaves it in doubt: the disk is full, fails or lies. */
export const losesTransaction = (error: unknown): boolean =>
  error instanceof SqliteError && /^SQLITE_(FULL|IOERR|CORRUPT|NOTADB|NOMEM|INTERRUPT)/.test(error.code);

/** What SQLite says, as an error of ours: `storage_full`, `folder_owned` or `database_damaged`; others stay as they are. */
export function storageFailure(error: unknown): unknown {
  if (!(error instanceof SqliteError)) return error;
  const { code } = error;
  // The shared-memory file beside the database cannot be extended on a full disk.
  if (code === 'SQLITE_FULL' || code === 'SQLITE_IOERR_SHMSIZE') {
    return new KeyfobError(
      'storage_full',
      'The disk is full, so nothing was stored; free some space and try again.',
      {},
      { cause: error },
    );
  }
  if (code.startsWith('SQLITE_BUSY')) {
    return new KeyfobError(
      'folder_owned',
      'Another program is writing to the database; close it and try again.',
      {},
      { cause: error },
    );
  }
  return new KeyfobError(
    'database_damaged',
    `The database cannot be read or written (${code}); put back a copy of the data folder.`,
    {},
    { cause: error },
  );
}
