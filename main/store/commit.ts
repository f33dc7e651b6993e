import type { Database } from 'better-sqlite3';
import { KeyfobError } from '../../preload/contract/errors.ts';
import { isDiskFault, storageFailure } from './failure.ts';

/** The one way to write: works of one event-loop turn share a transaction, and the wait for the disk. */
export interface GroupCommit {
  /**
   * Runs `work` synchronously in its own savepoint of the next shared transaction, and resolves with its result after
   * COMMIT. Rejects with what `work` threw (its savepoint is rolled back, its neighbours stand), or with
   * `storage_full` / `database_damaged` for the whole batch when SQLite rolled the transaction back.
   */
  submit<T>(work: () => T): Promise<T>;
  /** Whether work is being run right now, inside a transaction. */
  readonly inTransaction: boolean;
  /** From within `work`: to be called after COMMIT, and not at all when it does not come to that. */
  afterCommit(callback: () => void): void;
  /** Resolves when all that was submitted so far is answered. */
  drain(): Promise<void>;
}

export interface CommitHooks {
  /** A batch is on disk and answered. */
  committed(): void;
  /** A batch was lost; nothing of it is there. Called before its works are rejected. */
  rolledBack(): void;
}

/** Works in one transaction: more share the wait for a slow disk, and hold up the event loop for longer. */
const batchLimit = 128;

interface Job {
  /** Runs the work; what it returns answers the caller. */
  run(): () => void;
  reject(error: unknown): void;
}

/** Makes the one writer of this database. */
export function createGroupCommit(db: Database, hooks: CommitHooks): GroupCommit {
  const begin = db.prepare('BEGIN IMMEDIATE');
  const commit = db.prepare('COMMIT');
  const rollback = db.prepare('ROLLBACK');
  const savepoint = db.prepare('SAVEPOINT work');
  const release = db.prepare('RELEASE work');
  const rollbackTo = db.prepare('ROLLBACK TO work');

  let queue: Job[] = [];
  let scheduled = false;
  let running = false;
  let callbacks: (() => void)[] = [];

  /** Runs one job and gives its answer. Throws when the batch is lost. */
  const runJob = (job: Job): (() => void) => {
    savepoint.run();
    const callbacksBefore = callbacks.length;
    try {
      const answer = job.run();
      if (!db.inTransaction) throw new KeyfobError('database_damaged', 'SQLite gave up the transaction; try again.');
      release.run();
      return answer;
    } catch (error) {
      if (!db.inTransaction || isDiskFault(error)) throw error;
      callbacks.length = callbacksBefore;
      rollbackTo.run();
      release.run();
      return () => job.reject(error);
    }
  };

  const lose = (batch: readonly Job[], error: unknown): void => {
    callbacks = [];
    const failure = storageFailure(error);
    try {
      if (db.inTransaction) rollback.run();
    } finally {
      running = false;
      hooks.rolledBack();
      for (const job of batch) job.reject(failure);
    }
  };

  const flush = (): void => {
    scheduled = false;
    const batch = queue.slice(0, batchLimit);
    queue = queue.slice(batchLimit);
    if (queue.length > 0) schedule();

    running = true;
    let answers: (() => void)[];
    try {
      begin.run();
      answers = batch.map(runJob);
      commit.run();
    } catch (error) {
      lose(batch, error);
      return;
    }
    running = false;
    const due = callbacks;
    callbacks = [];
    for (const callback of due) callLoudly(callback);
    for (const answer of answers) answer();
    hooks.committed();
  };

  const schedule = (): void => {
    if (scheduled) return;
    scheduled = true;
    setImmediate(flush);
  };

  const submit = <T>(work: () => T): Promise<T> =>
    new Promise((resolve, reject) => {
      queue.push({
        run() {
          const result = work();
          if (isThenable(result)) throw new TypeError('Work of a transaction is synchronous; it returned a promise.');
          return () => resolve(result);
        },
        reject,
      });
      schedule();
    });

  return {
    submit,
    get inTransaction() {
      return running && db.inTransaction;
    },
    afterCommit(callback) {
      if (!running) throw new Error('afterCommit is called outside of a transaction.');
      callbacks.push(callback);
    },
    drain: () => (queue.length === 0 && !running ? Promise.resolve() : submit(() => undefined)),
  };
}

const isThenable = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';

/** The data is on disk: a fault in one callback must not keep the others, nor the answers, from going out. */
const callLoudly = (callback: () => void): void => {
  try {
    callback();
  } catch (error) {
    setImmediate(() => {
      throw error;
    });
  }
};
