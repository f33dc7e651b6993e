import type { Database } from 'better-sqlite3';
import { KeyfobError } from '../../../preload/contract/errors.ts';
import { isDiskError, storageError } from './errors.ts';
import { createLogSync, type LogSyncHooks } from './logSync.ts';

/** The one way to write: works of one event-loop turn share a transaction, and the wait for the disk. */
export interface GroupCommit {
  /**
   * Runs `work` synchronously in the next shared transaction, and resolves with its result when that is on disk. Rejects
   * with what `work` threw (it is undone, its neighbours stand), or with `storage_full` / `database_damaged` for the
   * whole batch when SQLite rolled the transaction back, and for all from then on when the disk did not keep it. A
   * `repeatable` work may be undone and run once more, so it changes nothing outside of the transaction but through
   * {@link afterCommit} and {@link afterRun}; it costs less.
   */
  submit<T>(work: () => T, options?: { readonly repeatable?: boolean }): Promise<T>;
  /** Whether work is being run right now. */
  readonly running: boolean;
  /** Whether it still is inside a transaction: SQLite may have given that up. */
  readonly inTransaction: boolean;
  /** From within `work`: to be called after COMMIT, when who reads sees it, and not at all when it does not come to that. */
  afterCommit(callback: () => void): void;
  /** From within `work`: to be called when it is on disk, and not at all when it does not come to that. */
  afterSync(callback: () => void): void;
  /** From within `work`: to be called when it was run, whether it failed or not. */
  afterRun(callback: () => void): void;
  /** Whether something that who reads sees is not on disk yet. */
  readonly unsynced: boolean;
  /** Why nothing is written any more until the next start: `database_damaged` (the disk) or `folder_lost`. */
  readonly failure: KeyfobError | undefined;
  /** Resolves when all that can be seen is on disk. Rejects with {@link failure} when it is not kept. */
  synced(): Promise<void>;
  /** Looks whether the database is still where it was opened, as each write does; {@link failure} tells. */
  look(): void;
  /** Keeps what is submitted waiting until {@link release}. */
  hold(): void;
  release(): void;
  /** Resolves when all that was submitted so far is answered. */
  drain(): Promise<void>;
  /** After {@link drain}: nothing is submitted any more. */
  close(): void;
}

export interface CommitHooks extends LogSyncHooks {
  /** Before each transaction. */
  starting(): void;
  /** A batch was committed. */
  committed(): void;
  /** What was written is not there. Called before works are run again, or rejected. */
  rolledBack(): void;
}

/** Works in one transaction: more hold up the event loop for longer. */
const batchLimit = 128;

interface Job {
  readonly repeatable: boolean;
  /** Runs the work; what it returns answers the caller. */
  run(): () => void;
  reject(error: unknown): void;
}

/** Makes the one writer of this database. */
export function createGroupCommit(db: Database, hooks: CommitHooks): GroupCommit {
  // COMMIT itself does not wait for the disk: the log is synced beside it. SQLite still syncs where the order of writes
  // matters, which is at checkpoints and when the log begins anew.
  db.pragma('synchronous = NORMAL');
  const begin = db.prepare('BEGIN IMMEDIATE');
  const commit = db.prepare('COMMIT');
  const rollback = db.prepare('ROLLBACK');
  const savepoint = db.prepare('SAVEPOINT work');
  const release = db.prepare('RELEASE work');
  const rollbackTo = db.prepare('ROLLBACK TO work');

  const sync = createLogSync(db, hooks);

  let queue: Job[] = [];
  let scheduled = false;
  let held = false;
  let running = false;
  let callbacks: (() => void)[] = [];
  let settled: (() => void)[] = [];

  /** Runs one job and gives its answer. Throws when the batch is lost, and what the job throws. */
  const runJob = (job: Job): (() => void) => {
    const answer = job.run();
    if (!db.inTransaction) throw new KeyfobError('database_damaged', 'SQLite gave up the transaction; try again.');
    return answer;
  };

  const isLost = (error: unknown): boolean => !db.inTransaction || isDiskError(error);

  /** The same in a savepoint of its own: what the job throws is its answer. */
  const runJobAlone = (job: Job): (() => void) => {
    savepoint.run();
    const callbacksBefore = callbacks.length;
    try {
      const answer = runJob(job);
      release.run();
      return answer;
    } catch (error) {
      if (isLost(error)) throw error;
      callbacks.length = callbacksBefore;
      rollbackTo.run();
      release.run();
      return () => job.reject(error);
    }
  };

  /**
   * Without savepoints where all jobs can be repeated: SQLite would copy each page that each job touches. Should one
   * throw, all is undone, and each runs again in a savepoint.
   */
  const runBatch = (batch: readonly Job[]): (() => void)[] => {
    begin.run();
    if (!batch.every(({ repeatable }) => repeatable)) return batch.map(runJobAlone);
    try {
      return batch.map(runJob);
    } catch (error) {
      if (isLost(error)) throw error;
      rollback.run();
      hooks.rolledBack();
      callbacks = [];
      settled = [];
      begin.run();
      return batch.map(runJobAlone);
    }
  };

  const lose = (batch: readonly Job[], error: unknown): void => {
    const due = settled;
    callbacks = [];
    settled = [];
    const failure = storageError(error);
    try {
      if (db.inTransaction) rollback.run();
    } catch {
      // SQLite gave the transaction up by itself; the next BEGIN fails where it did not.
    }
    running = false;
    hooks.rolledBack();
    for (const callback of due) rethrowLater(callback);
    for (const job of batch) job.reject(failure);
  };

  const flush = (): void => {
    scheduled = false;
    if (held) return;
    const batch = queue.slice(0, batchLimit);
    queue = queue.slice(batchLimit);
    schedule();

    running = true;
    let answers: (() => void)[];
    try {
      sync.refuseLost();
      hooks.starting();
      answers = runBatch(batch);
      commit.run();
    } catch (error) {
      lose(batch, error);
      return;
    }
    running = false;
    sync.committed();
    const due = [...callbacks, ...settled];
    callbacks = [];
    settled = [];
    for (const callback of due) rethrowLater(callback);
    for (const [at, kept] of answers.entries()) sync.wait({ kept, lost: (error) => batch[at]?.reject(error) });
    sync.start();
    hooks.committed();
  };

  const schedule = (): void => {
    if (queue.length === 0 || scheduled || held) return;
    scheduled = true;
    setImmediate(flush);
  };

  const submit: GroupCommit['submit'] = (work, { repeatable = false } = {}) =>
    new Promise((resolve, reject) => {
      queue.push({
        repeatable,
        run() {
          const result = work();
          if (isThenable(result)) throw new TypeError('Work of a transaction is synchronous; it returned a promise.');
          return () => resolve(result);
        },
        reject,
      });
      schedule();
    });

  const afterCommit: GroupCommit['afterCommit'] = (callback) => {
    if (!running) throw new Error('What is to follow a commit is told outside of a transaction.');
    callbacks.push(callback);
  };

  return {
    submit,
    get running() {
      return running;
    },
    get inTransaction() {
      return running && db.inTransaction;
    },
    afterCommit,
    afterSync: (callback) =>
      afterCommit(() => sync.wait({ kept: () => rethrowLater(callback), lost: () => undefined })),
    afterRun(callback) {
      if (running) settled.push(callback);
      else callback();
    },
    get unsynced() {
      return sync.pending;
    },
    get failure() {
      return sync.failure;
    },
    look: sync.look,
    hold() {
      held = true;
    },
    release() {
      held = false;
      schedule();
    },
    synced: () => new Promise((kept, lost) => sync.wait({ kept, lost })),
    async drain() {
      await submit(() => undefined).catch(() => undefined);
    },
    close: sync.close,
  };
}

const isThenable = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';

/** The data is there: a fault in one callback must not keep the others, nor the answers, from going out. */
const rethrowLater = (callback: () => void): void => {
  try {
    callback();
  } catch (error) {
    setImmediate(() => {
      throw error;
    });
  }
};
