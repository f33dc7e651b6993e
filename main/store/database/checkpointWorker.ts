import { parentPort, workerData } from 'node:worker_threads';
import Database from 'better-sqlite3';

/** The worker answers the first two with the number of pages still to copy. */
export type CheckpointJob = 'checkpoint' | 'vacuum' | 'close';

/** How long truncating the log waits for readers. Writers wait as long. */
const busyTimeoutMs = 500;
const db = new Database(workerData, { fileMustExist: true, timeout: busyTimeoutMs });
db.pragma('synchronous = FULL');
db.pragma('checkpoint_fullfsync = ON');

const pagesLeftAfter = (mode: 'PASSIVE' | 'NOOP' | 'TRUNCATE'): number => {
  const [, log = 0, checkpointed = 0] = db.prepare<[], number[]>(`PRAGMA wal_checkpoint(${mode})`).raw().get() ?? [];
  return log - checkpointed;
};

function checkpoint(): number {
  try {
    // PASSIVE takes no lock that readers or writers wait for.
    pagesLeftAfter('PASSIVE');
    return pagesLeftAfter('NOOP');
  } catch {
    // Nothing is lost: the log keeps all changes. A failing disk also fails the next commit, which reports it.
    return 0;
  }
}

/** A larger database is rebuilt in a temporary file. Its values are sealed there too. */
const inMemoryBytes = 256 * 1024 * 1024;

/** Rebuilds the database and truncates the log. Gives 0 when no old page is left. */
function vacuum(): number {
  try {
    const bytes = Number(db.pragma('page_count', { simple: true })) * Number(db.pragma('page_size', { simple: true }));
    db.pragma(`temp_store = ${bytes <= inMemoryBytes ? 'MEMORY' : 'FILE'}`);
    db.exec('VACUUM');
    return pagesLeftAfter('TRUNCATE');
  } catch {
    // The database is unchanged. A full disk may have room at the next start.
    return 1;
  }
}

parentPort?.on('message', (job: CheckpointJob) => {
  if (job === 'checkpoint') parentPort?.postMessage(checkpoint());
  else if (job === 'vacuum') parentPort?.postMessage(vacuum());
  else {
    db.close();
    parentPort?.close();
  }
});
