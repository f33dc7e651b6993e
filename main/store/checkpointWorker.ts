import { parentPort, workerData } from 'node:worker_threads';
import Database from 'better-sqlite3';

const db = new Database(workerData, { fileMustExist: true });
db.pragma('synchronous = FULL');
db.pragma('checkpoint_fullfsync = ON');

parentPort?.on('message', (asked: 'checkpoint' | 'close') => {
  if (asked === 'checkpoint') {
    try {
      // Takes no lock that a writer or reader waits for.
      db.pragma('wal_checkpoint(PASSIVE)');
    } catch {
      // The log keeps everything, and the next time may be better; a disk that fails shows when something is committed.
    }
    parentPort?.postMessage('done');
  } else {
    db.close();
    parentPort?.close();
  }
});
