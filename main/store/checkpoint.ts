import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Database } from 'better-sqlite3';
import { besideThis } from './workerFile.ts';

/** Moves the write-ahead log into the database on a thread of its own, so that no request waits for it. */
export interface Checkpointer {
  /** After each commit. */
  committed(): void;
  /** Resolves when the thread, if there is one, has let go of the database. */
  close(): Promise<void>;
}

const lookEveryCommits = 16;
const startAtPages = 1000;

export function createCheckpointer(db: Database): Checkpointer {
  const look = db.prepare<[], [busy: number, log: number, checkpointed: number]>('PRAGMA wal_checkpoint(NOOP)').raw();
  let commits = 0;
  let busy = false;
  let worker: Worker | undefined;

  /** The thread starts with the first need, so that starting the program does not pay for it. */
  const start = (): Worker => {
    const started = new Worker(besideThis('checkpointWorker'), { workerData: db.name });
    started.unref();
    started.on('message', () => {
      busy = false;
    });
    // It did not start: SQLite's own checkpoint at its higher limit has to do, and as `busy` stays set, nothing is asked.
    started.on('error', () => {});
    started.on('exit', () => {
      worker = undefined;
    });
    return started;
  };

  return {
    committed() {
      commits += 1;
      if (busy || commits < lookEveryCommits) return;
      commits = 0;
      const [, log = 0, checkpointed = 0] = look.get() ?? [];
      if (log - checkpointed < startAtPages) return;
      busy = true;
      worker ??= start();
      worker.postMessage('checkpoint');
    },
    async close() {
      if (worker === undefined) return;
      const ended = once(worker, 'exit');
      worker.ref();
      worker.postMessage('close');
      await ended;
    },
  };
}
