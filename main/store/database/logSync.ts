import { closeSync, fdatasync, openSync, renameSync } from 'node:fs';
import type { Database } from 'better-sqlite3';
import { KeyfobError } from '../../../preload/contract/errors.ts';
import { rememberFile } from './fileIdentity.ts';

/** Who waits for the disk hears one of the two. */
export interface Waiter {
  kept(): void;
  lost(error: KeyfobError): void;
}

/**
 * Brings the write-ahead log onto the disk on a thread of Node's pool, while this one goes on. One at a time: what is
 * committed meanwhile is brought there together, by the next.
 */
export interface LogSync {
  /** After each COMMIT. What {@link wait} hears from now on waits for it. */
  committed(): void;
  /** Begins, unless one is under way; then it follows that one. */
  start(): void;
  /** Tells the waiter when all that was committed so far is on disk: at once, if it is. */
  wait(waiter: Waiter): void;
  /** Whether anything committed is not on disk yet, or never came there. */
  readonly pending: boolean;
  /**
   * Once the disk failed to keep something, nothing of what came after it in the log can be trusted to be there; and once the
   * database or its log was removed, moved or replaced, nothing is.
   */
  readonly failure: KeyfobError | undefined;
  /** Before each transaction: throws {@link failure}, which may be that another process owns the folder by now. */
  refuseLost(): void;
  /** Looks whether the files are still the ones that were opened, as each sync does. For when nothing is written. */
  look(): void;
  close(): void;
}

export interface LogSyncHooks {
  /** Why nothing may be written here any more, if so. Asked before each transaction and by each look at the files. */
  readonly lostFolder?: () => KeyfobError | undefined;
  /** Nothing is kept from now on. Called once. */
  readonly failed?: (failure: KeyfobError) => void;
}

/** Of the log of a database that is in WAL mode and was read from. */
export function createLogSync(db: Database, hooks: LogSyncHooks): LogSync {
  // There is no lock on this file that closing it could drop: SQLite locks the other two. It stays the same one for as long
  // as the database is open. Windows wants a file to be writable for this.
  const log = openSync(`${db.name}-wal`, 'r+');
  const [isSameDatabase, isSameLog, isSameIndex] = [
    rememberFile(db.name),
    rememberFile(`${db.name}-wal`),
    rememberFile(`${db.name}-shm`),
  ];
  let current: Waiter[] | undefined;
  let next: Waiter[] = [];
  let dirty = false;
  let failure: KeyfobError | undefined;

  const fail = (found: KeyfobError): void => {
    if (failure !== undefined) return;
    failure = found;
    hooks.failed?.(found);
  };

  const look = (): void => {
    if (failure !== undefined) return;
    // What was synced into a file that has no name any more is lost when this process ends.
    const found = isSameDatabase() && isSameLog() && isSameIndex() ? hooks.lostFolder?.() : filesLost();
    if (found !== undefined) fail(found);
  };

  const end = (error: NodeJS.ErrnoException | null): void => {
    const waiters = current ?? [];
    current = undefined;
    if (error === null) look();
    else fail(notKept(error));
    for (const waiter of waiters) tell(waiter);
    if (dirty) start();
  };

  const tell = (waiter: Waiter): void => {
    if (failure === undefined) waiter.kept();
    else waiter.lost(failure);
  };

  const start = (): void => {
    if (current !== undefined) return;
    current = next;
    next = [];
    dirty = false;
    fdatasync(log, end);
  };

  return {
    committed() {
      dirty = true;
    },
    start,
    wait(waiter) {
      if (dirty) next.push(waiter);
      else if (current !== undefined) current.push(waiter);
      else tell(waiter);
    },
    get pending() {
      return dirty || current !== undefined || failure !== undefined;
    },
    get failure() {
      return failure;
    },
    refuseLost() {
      if (hooks.lostFolder?.() !== undefined) look();
      if (failure !== undefined) throw failure;
    },
    look,
    close() {
      closeSync(log);
      // The next start would apply it to whatever database was put there.
      if (!isSameDatabase() && isSameLog()) renameSync(`${db.name}-wal`, `${db.name}-wal.before-${Date.now()}`);
    },
  };
}

const notKept = (cause: NodeJS.ErrnoException): KeyfobError =>
  new KeyfobError(
    'database_damaged',
    `The disk did not keep what was written (${cause.code}); look after the disk, then start Keyfob again.`,
    {},
    { cause },
  );

const filesLost = (): KeyfobError =>
  new KeyfobError(
    'folder_lost',
    'The data folder, or the database in it, was removed, moved or replaced while Keyfob ran, so nothing is kept or answered any more; put it back, then start Keyfob again.',
  );
