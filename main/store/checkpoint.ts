import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Database } from 'better-sqlite3';
import { besideThis } from './workerFile.ts';

/**
 * Moves the write-ahead log into the database on a thread of its own, so that no request waits for it. While requests keep
 * writing, it never gets to the end of the log, and the log would grow without one: so the last stretch, when it is
 * short, is moved while writes are held back, and the log begins anew.
 */
export interface Checkpointer {
  /** After each commit. */
  committed(): void;
  /**
   * Moves all of the log and empties it, and writes a database that is not too large anew, so that neither holds rows as they
   * were. What is to be written waits meanwhile. Resolves when it was tried: who reads may be in the way, or the disk full.
   */
  scrub(): Promise<void>;
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
  let idle: NodeJS.Timeout | undefined;
  let worker: Worker | undefined;
  /** Who waits for a scrub, and whether the thread is at it. */
  let scrubs: (() => void)[] = [];
  let scrubbing = false;

  const pagesLeft = (): number => {
    const [, log = 0, checkpointed = 0] = look.get() ?? [];
    return log - checkpointed;
  };

  const checkpoint = (): void => {
    stretches += 1;
    worker ??= start();
    // Who waits for what is held back must not see the process end.
    worker.ref();
    worker.postMessage('checkpoint');
  };

  const hold = (): void => {
    held = true;
    writer.hold();
  };

  const release = (): void => {
    if (!held) return;
    held = false;
    writer.release();
  };

  const scrubbed = (): void => {
    scrubbing = false;
    const waiting = scrubs;
    scrubs = [];
    for (const done of waiting) done();
  };

  /** It has moved what there was when it began; `left` was written since. */
  const moved = (left: number): void => {
    worker?.unref();
    if (held || left === 0) {
      stretches = 0;
      release();
      if (scrubbing) scrubbed();
      else if (scrubs.length > 0) scrubNow();
      return;
    }
    if (left <= lastPages || stretches + 1 === mostStretches) hold();
    checkpoint();
  };

  /** Most of the log is moved already. */
  const scrubNow = (): void => {
    stretches = 1;
    scrubbing = true;
    hold();
    worker?.ref();
    worker?.postMessage('scrub');
  };

  /** The thread starts with the first need, so that starting the program does not pay for it. */
  const start = (): Worker => {
    const started = new Worker(besideThis('checkpointWorker'), { workerData: db.name });
    started.unref();
    started.on('message', moved);
    // It did not start: SQLite's own checkpoint at its higher limit has to do, and as the first stretch never ends,
    // nothing is asked.
    started.on('error', release);
    started.on('exit', () => {
      release();
      worker = undefined;
      scrubbed();
    });
    return started;
  };

  const lookAgain = (): void => {
    // The log cannot be looked at within a transaction.
    if (db.inTransaction) idle?.refresh();
    else if (stretches === 0 && pagesLeft() >= idleAtPages) checkpoint();
  };

  return {
    committed() {
      commits += 1;
      if (idle === undefined) idle = setTimeout(lookAgain, idleMs).unref();
      else idle.refresh();
      if (stretches > 0 || commits < lookEveryCommits) return;
      commits = 0;
      if (pagesLeft() >= startAtPages) checkpoint();
    },
    scrub: () =>
      new Promise((done) => {
        scrubs.push(done);
        if (stretches === 0) checkpoint();
        // The thread did not start.
        else if (worker === undefined) scrubbed();
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
