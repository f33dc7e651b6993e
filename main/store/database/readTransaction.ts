import type { Database } from 'better-sqlite3';

/** One read transaction per turn of the event loop. Outside of a transaction, SQLite locks and unlocks files for each read. */
export interface ReadTransaction {
  /** Call before a frequent read. Begins the transaction unless it is open. It is closed at the end of the turn. */
  begin(): void;
  /** Call before a write transaction, which cannot begin inside this one. */
  end(): void;
}

/** Creates the read transactions of a connection that starts no other ones outside of `isWriting`. */
export function createReadTransaction(db: Database, isWriting: () => boolean): ReadTransaction {
  const begin = db.prepare('BEGIN');
  const commit = db.prepare('COMMIT');
  const rollback = db.prepare('ROLLBACK');
  let reading = false;

  const end = (): void => {
    if (!reading) return;
    reading = false;
    if (!db.inTransaction) return;
    try {
      commit.run();
    } catch {
      // A read found damage, and its caller got the error. Nothing was written, so a rollback loses nothing.
      if (db.inTransaction) rollback.run();
    }
  };

  return {
    begin() {
      if (reading || isWriting()) return;
      begin.run();
      reading = true;
      setImmediate(end);
    },
    end,
  };
}
