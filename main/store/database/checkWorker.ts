import { parentPort, workerData } from 'node:worker_threads';
import Database from 'better-sqlite3';

/** Faults told of one by one; more of them say nothing new. */
const mostFaults = 5;

const look = (): readonly string[] => {
  let db: Database.Database | undefined;
  try {
    db = new Database(workerData, { readonly: true, fileMustExist: true });
    const told = db.prepare<[], string>(`PRAGMA quick_check(${mostFaults})`).pluck().all();
    const faults = told.filter((line) => line !== 'ok');
    const dangling = db.prepare('PRAGMA foreign_key_check').all().length;
    return dangling === 0 ? faults : [...faults, `${dangling} rows refer to nothing`];
  } catch (error) {
    return [error instanceof Database.SqliteError ? error.code : 'it cannot be read'];
  } finally {
    db?.close();
  }
};

parentPort?.postMessage(look());
