import type { Database } from 'better-sqlite3';
import { KeyfobError } from '../../preload/contract/errors.ts';
import { isDiskFault, storageFailure } from './failure.ts';

/** The one way to write: works of one event-loop turn share a transaction, and the wait for the disk. */
export interface GroupCommit {
  /**
   * Runs `work` synchronously in the next shared transaction, and resolves with its result after COMMIT. Rejects with
   * what `work` threw (it is undone, its neighbours stand), or with `storage_full` / `database_damaged` for the whole
   * batch when SQLite rolled the transaction back. A `repeatable` work may be undone and run once more, so it changes
   * nothing outside of the transaction but through {@link afterCommit} and {@link afterRun}; it costs less.
   */
  submit<T>(work: () => T, options?: { readonly repeatable?: boolean }): Promise<T>;
  /** Whether work is being run right now, inside a transaction. */
  readonly inTransaction: boolean;
  /** From within `work`: to be called after COMMIT, and not at all when it does not come to that. */
  afterCommit(callback: () => void): void;
  /** From within `work`: to be called when it is answered, whether it failed or not. */
  afterRun(callback: () => void): void;
  /** Resolves when all that was submitted so far is answered. */
  drain(): Promise<void>;
}

export interface CommitHooks {
  /** Before each transaction. */
  starting(): void;
  /** A batch is on disk and answered. */
  committed(): void;
  /** What was written is not there. Called before works are run again, or rejected. */
  rolledBack(): void;
}

/** Works in one transaction: more share the wait for a slow disk, and hold up the event loop for longer. */
const batchLimit = 128;

interface Job {
  readonly repeatable: boolean;
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
  let settled: (() => void)[] = [];

  /** Runs one job and gives its answer. Throws when the batch is lost, and what the job throws. */
  const runJob = (job: Job): (() => void) => {
    const answer = job.run();
    if (!db.inTransaction) throw new KeyfobError('database_damaged', 'SQLite gave up the transaction; try again.');
    return answer;
  };

  const isLost = (error: unknown): boolean => !db.inTransaction || isDiskFault(error);

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
    const failure = storageFailure(error);
    try {
      if (db.inTransaction) rollback.run();
    } finally {
      running = false;
      hooks.rolledBack();
      for (const callback of due) callLoudly(callback);
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
      hooks.starting();
      answers = runBatch(batch);
      commit.run();
    } catch (error) {
      lose(batch, error);
      return;
    }
    running = false;
    const due = [...callbacks, ...settled];
    callbacks = [];
    settled = [];
    for (const callback of due) callLoudly(callback);
    for (const answer of answers) answer();
    hooks.committed();
  };

  const schedule = (): void => {
    if (scheduled) return;
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

  return {
    submit,
    get inTransaction() {
      return running && db.inTransaction;
    },
    afterCommit(callback) {
      if (!running) throw new Error('afterCommit is called outside of a transaction.');
      callbacks.push(callback);
    },
    afterRun(callback) {
      if (running) settled.push(callback);
      else callback();
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
