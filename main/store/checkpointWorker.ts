import { parentPort, workerData } from 'node:worker_threads';
import Database from 'better-sqlite3';

const db = new Database(workerData, { fileMustExist: true });
db.pragma('synchronous = FULL');
db.pragma('checkpoint_fullfsync = ON');
const pages = (mode: 'PASSIVE' | 'NOOP'): number => {
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

parentPort?.on('message', (asked: 'checkpoint' | 'close') => {
  if (asked === 'checkpoint') parentPort?.postMessage(checkpoint());
  else {
    db.close();
    parentPort?.close();
  }
});
