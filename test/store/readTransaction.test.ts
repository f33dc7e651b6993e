import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { setImmediate as turnEnds } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { createReadTransaction } from '../../main/store/database/readTransaction.ts';
import { newToken, openTestStore, seed, temporaryFolder, tupleOf } from './stores.ts';

test('reads of one turn see one snapshot, and the next turn sees the newest', async (t) => {
  const file = join(temporaryFolder(t), 'notes.db');
  const db = new Database(file);
  const other = new Database(file);
  t.after(() => {
    db.close();
    other.close();
  });
  db.exec('PRAGMA journal_mode = WAL; CREATE TABLE notes (text TEXT NOT NULL) STRICT');
  const count = db.prepare('SELECT count(*) FROM notes').pluck();
  const reads = createReadTransaction(db, () => false);
  const read = () => {
    reads.begin();
    return count.get();
  };

  assert.equal(read(), 0);
  other.exec("INSERT INTO notes VALUES ('a')");
  assert.equal(read(), 0);
  await turnEnds();
  assert.equal(db.inTransaction, false);
  assert.equal(read(), 1);
  reads.end();
  other.exec("INSERT INTO notes VALUES ('b')");
  assert.equal(read(), 2);
});

test('reads and writes of one turn do not block each other', async (t) => {
  const opened = await openTestStore(t);
  const { store, commit, db } = opened;
  const tuple = tupleOf(await seed(opened));
  assert.equal(store.tokens.findActive(tuple), undefined);
  assert.equal(db.inTransaction, true);
  const { row } = await commit.submit(() => {
    assert.equal(store.tokens.findActive(tuple), undefined);
    return store.tokens.insert(newToken(tuple));
  });
  assert.deepEqual(store.tokens.findActive(tuple), row);
});
