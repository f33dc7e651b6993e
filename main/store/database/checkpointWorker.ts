import { parentPort, workerData } from 'node:worker_threads';
import Database from 'better-sqlite3';

/** For who reads while the log is to be cut off: who wants to write waits as long. */
const patienceMs = 500;
const db = new Database(workerData, { fileMustExist: true, timeout: patienceMs });
db.pragma('synchronous = FULL');
db.pragma('checkpoint_fullfsync = ON');
const pages = (mode: 'PASSIVE' | 'NOOP' | 'TRUNCATE'): number => {
  const [, log = 0, checkpointed = 0] = db.prepare<[], number[]>(`PRAGMA wal_checkpoint(${mode})`).raw().get() ?? [];
  return log - checkpointed;
};

/** Moves what there is, and gives the number of pages that were written meanwhile. */
function checkpoint(): number {
  try {
    // Takes no lock that a writer or reader waits for.
    pages('PASSIVE');
    return pages('NOOP');
  } catch {
    // The log keeps everything, and the next time may be better; a disk that fails shows when something is committed.
    return 0;
  }
}

/** A larger database is put together in a file of the system's folder for such; sealed values are in it as sealed. */
const inMemoryBytes = 256 * 1024 * 1024;

/** Writes everything anew and cuts off the log; gives 0 when nothing of before is left. */
function rewrite(): number {
  try {
    const bytes = Number(db.pragma('page_count', { simple: true })) * Number(db.pragma('page_size', { simple: true }));
    db.pragma(`temp_store = ${bytes <= inMemoryBytes ? 'MEMORY' : 'FILE'}`);
    db.exec('VACUUM');
    return pages('TRUNCATE');
  } catch {
    // All is as it was; a full disk may have room at the next start.
    return 1;
  }
}

parentPort?.on('message', (asked: 'checkpoint' | 'rewrite' | 'close') => {
  if (asked === 'checkpoint') parentPort?.postMessage(checkpoint());
  else if (asked === 'rewrite') parentPort?.postMessage(rewrite());
  else {
    db.close();
    parentPort?.close();
  }
});
