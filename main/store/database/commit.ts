import type { Database } from 'better-sqlite3';
import type { KeyfobError } from '../../../preload/contract/errors.ts';
import { type BatchHooks, createBatchRunner, type Job, rethrowLater } from './batch.ts';
import { createLogSync, type LogSyncHooks } from './logSync.ts';

/** The only way to write. Jobs that arrive during a sync of the log, or together, share the next transaction and its sync. */
export interface GroupCommit {
  /**
   * Runs `work` synchronously in the next shared transaction. Resolves with its result once that is on disk. If `work` throws, it is
   * rolled back alone and the promise rejects with that error. If SQLite rolls back the whole transaction, all its jobs reject with
   * `storage_full` or `database_damaged`. Once a sync failed, every later job rejects.
   *
   * A `repeatable` work is cheaper, but it may be rolled back and run a second time. So it must change only the database. It changes
   * other state through {@link afterCommit} and {@link afterRun}.
   */
  submit<T>(work: () => T, options?: { readonly repeatable?: boolean }): Promise<T>;
  /** Whether a job is being run right now. */
  readonly running: boolean;
  /** Whether that job is still inside a transaction; SQLite may have rolled it back. */
  readonly inTransaction: boolean;
  /** From within `work`: calls back after COMMIT, when readers see the change. Never after a rollback. */
  afterCommit(callback: () => void): void;
  /** From within `work`: calls back when the change is on disk. Never after a rollback or a failed sync. */
  afterSync(callback: () => void): void;
  /** From within `work`: calls back after the final run, committed or not. Outside of it: calls back at once. */
  afterRun(callback: () => void): void;
  /** Whether readers see a change that is not on disk yet. */
  readonly unsynced: boolean;
  /** Why nothing is written until the next start: `database_damaged` (a sync failed) or `folder_lost`. */
  readonly failure: KeyfobError | undefined;
  /** Resolves when all visible changes are on disk. Rejects with {@link failure}. */
  synced(): Promise<void>;
  /** Checks that the database files are still in place, as each write does. Sets {@link failure} if not. */
  checkFiles(): void;
  /** Queues jobs without running them until {@link release}. */
  hold(): void;
  release(): void;
  /** Resolves when all jobs submitted so far are answered. */
  drain(): Promise<void>;
  /** Call after {@link drain}; submit nothing afterwards. */
  close(): void;
}

export interface CommitHooks extends LogSyncHooks, BatchHooks {
  /** After each COMMIT. */
  committed(): void;
}

/** Jobs per transaction. A larger batch would block the event loop for longer. */
const batchLimit = 128;

/** Creates the only writer of this database. */
export function createGroupCommit(db: Database, hooks: CommitHooks): GroupCommit {
  // COMMIT does not wait for the disk; `LogSync` flushes the log on another thread. SQLite still syncs where write order
  // matters: at checkpoints, and when it restarts the log.
  db.pragma('synchronous = NORMAL');
  const sync = createLogSync(db, hooks, schedule);
  const batches = createBatchRunner(db, {
    starting() {
      sync.throwIfFailed();
      hooks.starting();
    },
    rolledBack: hooks.rolledBack,
  });
  let queue: Job[] = [];
  let scheduled = false;
  let held = false;

  function schedule(): void {
    if (queue.length === 0 || scheduled || held || sync.running) return;
    scheduled = true;
    setImmediate(gather, 0);
  }

  /**
   * Waits until a turn of the event loop brings no job. A transaction of one job takes seven times the CPU per job of one with 32.
   * Clients that were answered together ask again within a few turns.
   */
  function gather(seen: number): void {
    if (queue.length > seen && queue.length < batchLimit) setImmediate(gather, queue.length);
    else flush();
  }

  function flush(): void {
    scheduled = false;
    // A job that was submitted by another one was scheduled before that one's sync began.
    if (held || sync.running) return;
    const jobs = queue.slice(0, batchLimit);
    queue = queue.slice(batchLimit);
    try {
      batches.run(jobs);
    } catch (error) {
      for (const job of jobs) job.failed(error);
      schedule();
      return;
    }
    sync.start();
    batches.callBack();
    jobs.forEach(sync.wait);
    hooks.committed();
  }

  const submit: GroupCommit['submit'] = (work, { repeatable = false } = {}) =>
    new Promise((resolve, reject) => {
      queue.push(new SubmittedJob(work, repeatable, resolve, reject));
      schedule();
    });

  return {
    submit,
    get running() {
      return batches.running;
    },
    get inTransaction() {
      return batches.running && db.inTransaction;
    },
    afterCommit: batches.afterCommit,
    afterSync: (callback) =>
      batches.afterCommit(() => sync.wait({ synced: () => rethrowLater(callback), failed: () => undefined })),
    afterRun: batches.afterRun,
    get unsynced() {
      return sync.pending;
    },
    get failure() {
      return sync.failure;
    },
    checkFiles: sync.checkFiles,
    hold() {
      held = true;
    },
    release() {
      held = false;
      schedule();
    },
    synced: () => new Promise((synced, failed) => sync.wait({ synced, failed })),
    async drain() {
      await submit(() => undefined).catch(() => undefined);
    },
    close: sync.close,
  };
}

class SubmittedJob<T> implements Job {
  readonly repeatable: boolean;
  readonly #work: () => T;
  readonly #resolve: (result: T) => void;
  readonly #reject: (error: unknown) => void;
  #result: T | undefined;
  #refusal: { readonly error: unknown } | undefined;

  constructor(work: () => T, repeatable: boolean, resolve: (result: T) => void, reject: (error: unknown) => void) {
    this.repeatable = repeatable;
    this.#work = work;
    this.#resolve = resolve;
    this.#reject = reject;
  }

  /** Throws when the work is asynchronous. */
  run(): void {
    const result = this.#work();
    if (typeof result === 'object' && result !== null && 'then' in result && typeof result.then === 'function') {
      throw new TypeError('Work of a transaction must be synchronous; it returned a promise.');
    }
    this.#result = result;
  }

  refuse(error: unknown): void {
    this.#refusal = { error };
  }

  synced(): void {
    // `run` has set the result, which may be undefined.
    if (this.#refusal === undefined) this.#resolve(this.#result as T);
    else this.#reject(this.#refusal.error);
  }

  failed(error: unknown): void {
    this.#reject(error);
  }
}
