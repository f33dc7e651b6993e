import { parentPort, workerData } from 'node:worker_threads';
import Database from 'better-sqlite3';

const db = new Database(workerData, { fileMustExist: true });
db.pragma('synchronous = FULL');
db.pragma('checkpoint_fullfsync = ON');
// What is written anew would else go through a file elsewhere.
db.pragma('temp_store = MEMORY');
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

/** Larger ones are not written anew: who wants to write would wait for too long, and what is moved lies in memory. */
const mostScrubbedBytes = 64 * 1024 * 1024;
/** For who reads at that moment. */
const scrubPatienceMs = 500;

/** Leaves the database without gaps and the log empty. Nobody writes meanwhile. Nothing is left to move then. */
function scrub(): 0 {
  try {
    db.pragma(`busy_timeout = ${scrubPatienceMs}`);
    const bytes = Number(db.pragma('page_count', { simple: true })) * Number(db.pragma('page_size', { simple: true }));
    if (bytes <= mostScrubbedBytes) db.exec('VACUUM');
    db.pragma('wal_checkpoint(TRUNCATE)');
  } catch {
    // What is sealed is sealed anew all the same.
  }
  return 0;
}

parentPort?.on('message', (asked: 'checkpoint' | 'scrub' | 'close') => {
  if (asked === 'checkpoint') parentPort?.postMessage(checkpoint());
  else if (asked === 'scrub') parentPort?.postMessage(scrub());
  else {
    db.close();
    parentPort?.close();
  }
});
