import Database from 'better-sqlite3';
import { KeyfobError } from '../../../preload/contract/errors.ts';
import { systemError } from '../../system/errors.ts';

const { SqliteError } = Database;

/** Disk or file are full, fail or lie: SQLite gives up the whole transaction for this, or leaves it in doubt. */
export const isDiskError = (error: unknown): error is InstanceType<typeof SqliteError> =>
  error instanceof SqliteError && /^SQLITE_(FULL|IOERR|CORRUPT|NOTADB|CANTOPEN|READONLY|NOMEM)/.test(error.code);

/**
 * A fault of disk or files, told by SQLite or the system, as an error of ours: `storage_full`, `folder_owned`, `refused` (they may
 * not be written) or `database_damaged`. Any other error is returned unchanged.
 */
export function storageError(error: unknown): unknown {
  const failure = systemError(error);
  if (failure !== error) return failure;
  if (error instanceof SqliteError && error.code.startsWith('SQLITE_BUSY')) {
    return new KeyfobError(
      'folder_owned',
      'Another program is writing to the database; close it and try again.',
      {},
      { cause: error },
    );
  }
  if (!isDiskError(error)) return error;
  // SHMSIZE: the file beside the database that readers and writers share cannot grow.
  if (error.code === 'SQLITE_FULL' || error.code === 'SQLITE_IOERR_SHMSIZE') return full(error);
  if (/^SQLITE_(READONLY|CANTOPEN)/.test(error.code)) return notWritable(error, error.code);
  return new KeyfobError(
    'database_damaged',
    `The database cannot be read or written (${error.code}); put back a copy of the data folder.`,
    {},
    { cause: error },
  );
}

const full = (cause: Error): KeyfobError =>
  new KeyfobError(
    'storage_full',
    'The disk is full, so nothing was stored; free some space and try again.',
    {},
    { cause },
  );

const notWritable = (cause: Error, code: string): KeyfobError =>
  new KeyfobError(
    'refused',
    `The data folder or a file in it may not be written (${code}); see to it that it is yours and its disk is not read-only, or choose another folder by KEYFOB_HOME.`,
    {},
    { cause },
  );
