// Where a peer keeps its tokens: in a `Map`, or as durable as Keyfob, with each token on the disk before its answer.
import { createRequire } from 'node:module';
import { database, loadFrom } from './serve.mjs';

function inSqlite() {
  const Database = createRequire(loadFrom)('better-sqlite3');
  const db = new Database(database);
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.exec('CREATE TABLE tokens (id TEXT PRIMARY KEY, token TEXT NOT NULL) WITHOUT ROWID');
  const get = db.prepare('SELECT token FROM tokens WHERE id = ?').pluck();
  const set = db.prepare('INSERT OR REPLACE INTO tokens VALUES (?, ?)');
  const remove = db.prepare('DELETE FROM tokens WHERE id = ?');
  return {
    get(id) {
      const token = get.get(id);
      return token && JSON.parse(token);
    },
    set: (id, token) => set.run(id, JSON.stringify(token)),
    delete: (id) => remove.run(id),
  };
}

export const tokens = database === undefined ? new Map() : inSqlite();
