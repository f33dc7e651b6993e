import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Database } from 'better-sqlite3';
import { workerPath } from '../../system/workerPath.ts';

/**
 * Moves the write-ahead log into the database on a thread of its own, so that no request waits for it. While requests keep
 * writing, it never gets to the end of the log, and the log would grow without one: so the last stretch, when it is
 * short, is moved while writes are held back, and the log begins anew.
 */
export interface Checkpointer {
  /** After each commit. */
  committed(): void;
  /**
   * Writes the database anew and cuts the log off, so that nothing of what was deleted or overwritten is left in a file.
   * Writes wait meanwhile. Resolves to whether it is done.
   */
  rewrite(): Promise<boolean>;
  /** Resolves when the thread, if there is one, has let go of the database. */
  close(): Promise<void>;
}

/** Holds back what is to be written, and lets it go on. */
export interface Writer {
  hold(): void;
  release(): void;
}

const lookEveryCommits = 16;
/** A page that is written over and over is moved once: the longer the log, the less there is to move for each request. */
const startAtPages = 16_000;
/** So short is a last stretch, moved in a few milliseconds. */
const lastPages = 1000;
/** Where more is written than moved, it does not get shorter. */
const mostStretches = 4;
/** Nothing was written for so long: then it is moved before it is that long, so that a start has little to read. */
const idleMs = 2000;
const idleAtPages = 1000;

export function createCheckpointer(db: Database, writer: Writer): Checkpointer {
  const look = db.prepare<[], [busy: number, log: number, checkpointed: number]>('PRAGMA wal_checkpoint(NOOP)').raw();
  let commits = 0;
  /** How many stretches were begun since the thread had nothing to do; 0: it has nothing to do. */
  let stretches = 0;
  let held = false;
  /** Who waits for a rewriting, and whether it is being done for them. */
  let waiting: ((done: boolean) => void)[] = [];
  let rewriting = false;
  let idle: NodeJS.Timeout | undefined;
  let worker: Worker | undefined;

  const pagesLeft = (): number => {
    try {
      const [, log = 0, checkpointed = 0] = look.get() ?? [];
      return log - checkpointed;
    } catch {
      // A damaged file fails whatever is read or written next, which has somebody to tell.
      return 0;
    }
  };

  const ask = (what: 'checkpoint' | 'rewrite'): void => {
    stretches += 1;
    worker ??= start();
    // Who waits for what is held back must not see the process end.
    worker.ref();
    worker.postMessage(what);
  };

  const hold = (wanted: boolean): void => {
    held = wanted;
    if (held) writer.hold();
  };

  const rewrite = (): void => {
    rewriting = true;
    hold(true);
    ask('rewrite');
  };

  const settle = (done: boolean): void => {
    rewriting = false;
    const due = waiting;
    waiting = [];
    for (const tell of due) tell(done);
  };

  const release = (): void => {
    if (!held) return;
    held = false;
    writer.release();
  };

  /** It has moved what there was when it began; `left` was written since. */
  const moved = (left: number): void => {
    worker?.unref();
    if (held || left === 0) {
      stretches = 0;
      release();
      if (rewriting) settle(left === 0);
      else if (waiting.length > 0) rewrite();
      return;
    }
    hold(left <= lastPages || stretches + 1 === mostStretches);
    ask('checkpoint');
  };

  /** The thread starts with the first need, so that starting the program does not pay for it. */
  const start = (): Worker => {
    const started = new Worker(workerPath(import.meta.url, 'checkpointWorker'), { workerData: db.name });
    started.unref();
    started.on('message', moved);
    // It did not start: SQLite's own checkpoint at its higher limit has to do, and as the first stretch never ends,
    // nothing is asked.
    started.on('error', release);
    started.on('exit', () => {
      release();
      worker = undefined;
      settle(false);
    });
    return started;
  };

  const lookAgain = (): void => {
    // The log cannot be looked at within a transaction.
    if (db.inTransaction) idle?.refresh();
    else if (stretches === 0 && pagesLeft() >= idleAtPages) ask('checkpoint');
  };

  return {
    committed() {
      commits += 1;
      if (idle === undefined) idle = setTimeout(lookAgain, idleMs).unref();
      else idle.refresh();
      if (stretches > 0 || commits < lookEveryCommits) return;
      commits = 0;
      if (pagesLeft() >= startAtPages) ask('checkpoint');
    },
    rewrite: () =>
      new Promise((resolve) => {
        waiting.push(resolve);
        if (stretches === 0) ask('checkpoint');
        // The thread did not start.
        else if (worker === undefined) settle(false);
      }),
    async close() {
      clearTimeout(idle);
      if (worker === undefined) return;
      const ended = once(worker, 'exit');
      worker.ref();
      worker.postMessage('close');
      await ended;
    },
  };
}
