import type { Database } from 'better-sqlite3';
import { KeyfobError } from '../../../preload/contract/errors.ts';
import { isDiskError, storageError } from './errors.ts';
import type { Waiter } from './logSync.ts';

/** A submitted work, until its caller has the answer. */
export interface Job extends Waiter {
  /** Whether `run` may be rolled back and run again. */
  readonly repeatable: boolean;
  /** Does the work, and keeps its result for `synced`. */
  run(): void;
  /** The job alone was rolled back. `synced` then rejects with this error. */
  refuse(error: unknown): void;
}

export interface BatchHooks {
  /** Called before each transaction. If it throws, the batch fails. */
  starting(): void;
  /** Called after a rollback, before jobs are run again or rejected. */
  rolledBack(): void;
}

/** Runs batches of jobs, each batch in one transaction. */
export interface BatchRunner {
  /** Whether a job is being run right now. */
  readonly running: boolean;
  /** Runs these jobs and commits. Throws a {@link storageError} when the whole batch was rolled back. */
  run(jobs: readonly Job[]): void;
  /** Registers a callback for {@link callBack}; it is dropped if the transaction or the job is rolled back. */
  afterCommit(callback: () => void): void;
  /** Registers a callback for when the batch ends, committed or not. */
  afterRun(callback: () => void): void;
  /** Calls the callbacks of the last batch, after {@link run} returned. */
  callBack(): void;
}

/** Creates the batch runner of a connection. No other code may begin a write transaction there. */
export function createBatchRunner(db: Database, hooks: BatchHooks): BatchRunner {
  const transaction = createTransaction(db);
  let running = false;
  let onCommit: (() => void)[] = [];
  let onRun: (() => void)[] = [];

  const isLost = (error: unknown): boolean => !db.inTransaction || isDiskError(error);

  const runJob = (job: Job): void => {
    job.run();
    if (!db.inTransaction) throw new KeyfobError('database_damaged', 'SQLite rolled back the transaction. Try again.');
  };

  /** Runs a job in a savepoint. If the job throws, only the job is rolled back and refused. */
  const runInSavepoint = (job: Job): void => {
    transaction.beginJob();
    const callbacksBefore = onCommit.length;
    try {
      runJob(job);
      transaction.commitJob();
    } catch (error) {
      if (isLost(error)) throw error;
      onCommit.length = callbacksBefore;
      transaction.rollBackJob();
      job.refuse(error);
    }
  };

  /**
   * A savepoint copies each page that its job changes. So a batch of repeatable jobs runs without savepoints first. If one throws,
   * the batch is rolled back and each job runs again in a savepoint.
   */
  const runAll = (jobs: readonly Job[]): void => {
    transaction.begin();
    const repeatable = jobs.every((job) => job.repeatable);
    try {
      jobs.forEach(repeatable ? runJob : runInSavepoint);
    } catch (error) {
      if (!repeatable || isLost(error)) throw error;
      transaction.rollBack();
      hooks.rolledBack();
      onCommit = [];
      onRun = [];
      transaction.begin();
      jobs.forEach(runInSavepoint);
    }
  };

  return {
    get running() {
      return running;
    },
    run(jobs) {
      running = true;
      try {
        hooks.starting();
        runAll(jobs);
        transaction.commit();
        running = false;
      } catch (error) {
        const due = onRun;
        onCommit = [];
        onRun = [];
        const failure = storageError(error);
        transaction.rollBackIfOpen();
        running = false;
        hooks.rolledBack();
        for (const callback of due) rethrowLater(callback);
        throw failure;
      }
    },
    afterCommit(callback) {
      if (!running) throw new Error('afterCommit was called outside of a transaction.');
      onCommit.push(callback);
    },
    afterRun(callback) {
      if (running) onRun.push(callback);
      else callback();
    },
    callBack() {
      const [committed, ran] = [onCommit, onRun];
      onCommit = [];
      onRun = [];
      committed.forEach(rethrowLater);
      ran.forEach(rethrowLater);
    },
  };
}

/** The statements of a transaction, and of a savepoint per job. */
function createTransaction(db: Database) {
  const begin = db.prepare('BEGIN IMMEDIATE');
  const commit = db.prepare('COMMIT');
  const rollback = db.prepare('ROLLBACK');
  const savepoint = db.prepare('SAVEPOINT work');
  const release = db.prepare('RELEASE work');
  const rollbackTo = db.prepare('ROLLBACK TO work');
  return {
    begin: () => void begin.run(),
    commit: () => void commit.run(),
    rollBack: () => void rollback.run(),
    rollBackIfOpen() {
      try {
        if (db.inTransaction) rollback.run();
      } catch {
        // SQLite has already rolled back. If it has not, the next BEGIN fails.
      }
    },
    beginJob: () => void savepoint.run(),
    commitJob: () => void release.run(),
    rollBackJob() {
      rollbackTo.run();
      release.run();
    },
  };
}

/** Calls a callback. The data is committed, so an error in one callback must not stop the others or the answers. */
export const rethrowLater = (callback: () => void): void => {
  try {
    callback();
  } catch (error) {
    setImmediate(() => {
      throw error;
    });
  }
};
