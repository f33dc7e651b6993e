import { parentPort, workerData } from 'node:worker_threads';
import Database from 'better-sqlite3';

/** Faults listed one by one; more would add nothing. */
const maxFaults = 5;

const findFaults = (): readonly string[] => {
  let db: Database.Database | undefined;
  try {
    db = new Database(workerData, { readonly: true, fileMustExist: true });
    const lines = db.prepare<[], string>(`PRAGMA quick_check(${maxFaults})`).pluck().all();
    const faults = lines.filter((line) => line !== 'ok');
    const dangling = db.prepare('PRAGMA foreign_key_check').all().length;
    return dangling === 0 ? faults : [...faults, `${dangling} rows refer to rows that do not exist`];
  } catch (error) {
    return [error instanceof Database.SqliteError ? error.code : 'it cannot be read'];
  } finally {
    db?.close();
  }
};

parentPort?.postMessage(findFaults());
