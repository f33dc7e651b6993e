import type { Database } from 'better-sqlite3';

/** One read transaction for all reads of a turn of the event loop: SQLite locks and unlocks a file for each. */
export interface ReadTransaction {
  /** Before a read that many requests of one turn make. */
  enter(): void;
  /** Before a write transaction, which cannot begin within; and at the end of the turn, by itself. */
  leave(): void;
}

/** Makes the read turns of a connection that nobody else's transactions run on. */
export function createReadTransaction(db: Database, isWriting: () => boolean): ReadTransaction {
  const begin = db.prepare('BEGIN');
  const end = db.prepare('COMMIT');
  const giveUp = db.prepare('ROLLBACK');
  let reading = false;

  const leave = (): void => {
    if (!reading) return;
    reading = false;
    if (!db.inTransaction) return;
    try {
      end.run();
    } catch {
      // A read met damage, and whoever asked was told; what was only read can be given up as well.
      if (db.inTransaction) giveUp.run();
    }
  };

  return {
    enter() {
      if (reading || isWriting()) return;
      begin.run();
      reading = true;
      setImmediate(leave);
    },
    leave,
  };
}
