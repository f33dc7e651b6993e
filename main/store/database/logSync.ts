import { closeSync, fdatasync, openSync, renameSync } from 'node:fs';
import type { Database } from 'better-sqlite3';
import { KeyfobError } from '../../../preload/contract/errors.ts';
import { rememberFile } from './fileIdentity.ts';

/** Each waiter gets exactly one of these calls. */
export interface Waiter {
  synced(): void;
  failed(error: unknown): void;
}

/** Flushes the write-ahead log on a thread of Node's pool. */
export interface LogSync {
  /** Starts a flush. Call after each COMMIT, and commit nothing while it runs. */
  start(): void;
  readonly running: boolean;
  /** Calls the waiter when the flush ends, and at once when none runs. */
  wait(waiter: Waiter): void;
  /** Whether a commit is not on disk yet, or never will be. */
  readonly pending: boolean;
  /**
   * Why no write can be trusted any more. A failed flush also loses everything later in the log. A removed, moved or replaced file
   * loses everything.
   */
  readonly failure: KeyfobError | undefined;
  /** Call before each transaction: throws {@link failure}. Checks first that no other process owns the folder. */
  throwIfFailed(): void;
  /** Checks that the files are still those that were opened, as each flush does. For times without writes. */
  checkFiles(): void;
  close(): void;
}

export interface LogSyncHooks {
  /** The error that forbids all further writes here, if there is one. Called before each transaction and by each check of the files. */
  readonly folderError?: () => KeyfobError | undefined;
  /** Called once, when the log can no longer be trusted. */
  readonly onFailure?: (failure: KeyfobError) => void;
}

/**
 * Syncs the log of a database in WAL mode. The database must have been read once, so that the log exists. `ended` is called after each
 * flush, failed or not.
 */
export function createLogSync(db: Database, hooks: LogSyncHooks, ended: () => void): LogSync {
  // SQLite locks the other two files, so closing this descriptor drops no lock. The log stays the same file while the
  // database is open. Windows requires write access for a flush.
  const log = openSync(`${db.name}-wal`, 'r+');
  const [isSameDatabase, isSameLog, isSameIndex] = [
    rememberFile(db.name),
    rememberFile(`${db.name}-wal`),
    rememberFile(`${db.name}-shm`),
  ];
  /** Of the flush that is running. */
  let waiters: Waiter[] | undefined;
  let failure: KeyfobError | undefined;

  const fail = (error: KeyfobError): void => {
    if (failure !== undefined) return;
    failure = error;
    hooks.onFailure?.(error);
  };

  const checkFiles = (): void => {
    if (failure !== undefined) return;
    // Data in a file without a name is lost when this process ends, even after a flush.
    const error = isSameDatabase() && isSameLog() && isSameIndex() ? hooks.folderError?.() : filesLost();
    if (error !== undefined) fail(error);
  };

  const settle = (waiter: Waiter): void => {
    if (failure === undefined) waiter.synced();
    else waiter.failed(failure);
  };

  const onFlushed = (error: NodeJS.ErrnoException | null): void => {
    const due = waiters ?? [];
    waiters = undefined;
    if (error === null) checkFiles();
    else fail(flushFailed(error));
    due.forEach(settle);
    ended();
  };

  return {
    start() {
      waiters = [];
      fdatasync(log, onFlushed);
    },
    get running() {
      return waiters !== undefined;
    },
    wait(waiter) {
      if (waiters === undefined) settle(waiter);
      else waiters.push(waiter);
    },
    get pending() {
      return waiters !== undefined || failure !== undefined;
    },
    get failure() {
      return failure;
    },
    throwIfFailed() {
      if (hooks.folderError?.() !== undefined) checkFiles();
      if (failure !== undefined) throw failure;
    },
    checkFiles,
    close() {
      closeSync(log);
      // The next start would apply this log to another database under the same name.
      if (!isSameDatabase() && isSameLog()) renameSync(`${db.name}-wal`, `${db.name}-wal.before-${Date.now()}`);
    },
  };
}

const flushFailed = (cause: NodeJS.ErrnoException): KeyfobError =>
  new KeyfobError(
    'database_damaged',
    `The disk failed to store the last changes (${cause.code}). Check the disk, then start Keyfob again.`,
    {},
    { cause },
  );

const filesLost = (): KeyfobError =>
  new KeyfobError(
    'folder_lost',
    'The data folder, or the database in it, was removed, moved or replaced while Keyfob ran. Keyfob stores and answers nothing until you put it back and start Keyfob again.',
  );
