import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Database } from 'better-sqlite3';
import { workerPath } from '../../system/workerPath.ts';
import type { CheckpointJob } from './checkpointWorker.ts';

/**
 * Copies the write-ahead log into the database on a worker thread, so that no request waits for it. Under constant writes the worker
 * would never reach the end of the log, and the log would grow without limit. So the last pages are copied while writes are held, and
 * the log restarts.
 */
export interface Checkpointer {
  /** Call after each commit. */
  committed(): void;
  /**
   * Runs VACUUM and truncates the log, so that no file keeps bytes of deleted or overwritten rows. Writes are held during it. Resolves
   * to whether it succeeded.
   */
  vacuum(): Promise<boolean>;
  /** Resolves when the worker has closed its connection. */
  close(): Promise<void>;
}

/** Holds writes and releases them. */
export interface Writer {
  hold(): void;
  release(): void;
}

const checkEveryCommits = 16;
/** A page that is written often is copied once per checkpoint, so a longer log means less copying per request. */
const startAtPages = 16_000;
/** This many pages are copied in a few milliseconds. */
const lastPages = 1000;
/** When writes outpace the worker, the log does not get shorter; after this many rounds writes are held anyway. */
const maxRounds = 4;
/** After this time without writes a shorter log is copied too, so that the next start has little to read. */
const idleMs = 2000;
const idleAtPages = 1000;

/** Creates the checkpointer of a database in WAL mode. `writer` holds the writes of its connection. */
export function createCheckpointer(db: Database, writer: Writer): Checkpointer {
  const isBehind = createLogProbe(db);
  const worker = createWorker(db.name, { onDone: onCopied, onError: release, onExit });
  let commits = 0;
  /** Jobs sent since the worker was last idle; 0 while it is idle. */
  let rounds = 0;
  let held = false;
  let vacuumWaiters: ((done: boolean) => void)[] = [];
  let vacuuming = false;
  let idle: NodeJS.Timeout | undefined;

  function send(job: CheckpointJob): void {
    rounds += 1;
    worker.send(job);
  }

  function hold(): void {
    held = true;
    writer.hold();
  }

  function release(): void {
    if (!held) return;
    held = false;
    writer.release();
  }

  function settleVacuum(done: boolean): void {
    vacuuming = false;
    const due = vacuumWaiters;
    vacuumWaiters = [];
    for (const resolve of due) resolve(done);
  }

  /** The worker finished a job; `pagesLeft` were written during it. */
  function onCopied(pagesLeft: number): void {
    if (!held && pagesLeft > 0) {
      if (pagesLeft <= lastPages || rounds + 1 === maxRounds) hold();
      send('checkpoint');
      return;
    }
    rounds = 0;
    release();
    if (vacuuming) settleVacuum(pagesLeft === 0);
    else if (vacuumWaiters.length > 0) {
      vacuuming = true;
      hold();
      send('vacuum');
    }
  }

  function onExit(): void {
    release();
    settleVacuum(false);
  }

  const onIdle = (): void => {
    // The log cannot be probed within a transaction.
    if (db.inTransaction) idle?.refresh();
    else if (rounds === 0 && isBehind(idleAtPages)) send('checkpoint');
  };

  return {
    committed() {
      commits += 1;
      if (idle === undefined) idle = setTimeout(onIdle, idleMs).unref();
      else idle.refresh();
      if (rounds > 0 || commits < checkEveryCommits) return;
      commits = 0;
      if (isBehind(startAtPages)) send('checkpoint');
    },
    vacuum: () =>
      new Promise((resolve) => {
        vacuumWaiters.push(resolve);
        if (rounds === 0) send('checkpoint');
        // The worker failed to start, so no job ends.
        else if (!worker.running) settleVacuum(false);
      }),
    async close() {
      clearTimeout(idle);
      await worker.close();
    },
  };
}

/** Whether at least this many pages of the log are not in the database yet. */
function createLogProbe(db: Database): (pages: number) => boolean {
  const probe = db.prepare<[], [busy: number, log: number, checkpointed: number]>('PRAGMA wal_checkpoint(NOOP)').raw();
  return (pages) => {
    try {
      const [, log = 0, checkpointed = 0] = probe.get() ?? [];
      return log - checkpointed >= pages;
    } catch {
      // A damaged file also fails the next read or write, which reports it.
      return false;
    }
  };
}

interface WorkerHooks {
  /** Called with the number of pages still to copy. */
  onDone(pagesLeft: number): void;
  /**
   * The worker failed to start. Its job is never answered, so no other job is sent. SQLite's automatic checkpoint still runs, at its
   * higher limit.
   */
  onError(): void;
  onExit(): void;
}

/** Starts the worker with its first job, so that opening the store does not pay for it. */
function createWorker(file: string, { onDone, onError, onExit }: WorkerHooks) {
  let worker: Worker | undefined;
  const start = (): Worker => {
    const started = new Worker(workerPath(import.meta.url, 'checkpointWorker'), { workerData: file });
    started.unref();
    started.on('message', (pagesLeft: number) => {
      started.unref();
      onDone(pagesLeft);
    });
    started.on('error', onError);
    started.on('exit', () => {
      worker = undefined;
      onExit();
    });
    return started;
  };
  return {
    get running() {
      return worker !== undefined;
    },
    send(job: CheckpointJob) {
      worker ??= start();
      // Keeps the process alive while writes are held.
      worker.ref();
      worker.postMessage(job);
    },
    async close() {
      if (worker === undefined) return;
      const exited = once(worker, 'exit');
      worker.ref();
      worker.postMessage('close' satisfies CheckpointJob);
      await exited;
    },
  };
}
