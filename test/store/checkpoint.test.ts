import assert from 'node:assert/strict';
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import Database from 'better-sqlite3';
import { createCheckpointer } from '../../main/store/database/checkpoint.ts';
import { openDatabase } from '../../main/store/database/open.ts';
import { until } from '../helpers/until.ts';
import { newToken, openTestStore, seed, temporaryFolder, tupleOf } from './stores.ts';

const insertPages = (db: Database.Database) => {
  const insert = db.prepare(
    'INSERT INTO certificates (kind, certificate, private_key, names, not_after_ms) VALUES (?, ?, ?, ?, ?)',
  );
  return (pages: number) => insert.run('ca', 'x'.repeat(4096 * pages), Buffer.alloc(1), '[]', 1);
};

const logOf = (db: Database.Database) => {
  const [, written = 0, moved = 0] = db.prepare<[], number[]>('PRAGMA wal_checkpoint(NOOP)').raw().get() ?? [];
  return { written, moved };
};

/** A database with a log of this many pages, and its checkpointer. */
async function openGrown(t: TestContext, pages: number) {
  const db = await openDatabase(join(temporaryFolder(t), 'keyfob.db'));
  t.after(() => db.close());
  db.pragma('wal_checkpoint(TRUNCATE)');
  insertPages(db)(pages);
  const checkpointer = createCheckpointer(db, { hold: () => undefined, release: () => undefined });
  for (let commits = 0; commits < 16; commits++) checkpointer.committed();
  return { db, checkpointer };
}

test('copies a grown log into the database on a worker thread', async (t) => {
  const { db, checkpointer } = await openGrown(t, 16_100);
  await checkpointer.close();
  assert.ok(logOf(db).written > 16_100);
  assert.equal(logOf(db).moved, logOf(db).written);
});

test('restarts the log under constant writes', async (t) => {
  const { commit, db } = await openTestStore(t);
  const insert = insertPages(db);
  let begunAnew = false;
  for (let before = 0, writes = 0; !begunAnew && writes < 1500; writes += 1) {
    await commit.submit(() => insert(100));
    const { written } = logOf(db);
    begunAnew = written < before;
    before = written;
  }
  assert.ok(begunAnew, 'the log went on growing');
});

test('leaves a short log alone', async (t) => {
  const { db, checkpointer } = await openGrown(t, 500);
  await checkpointer.close();
  assert.ok(logOf(db).written > 500);
  assert.equal(logOf(db).moved, 0);
});

test('copies a medium log after a pause in writes', async (t) => {
  const { db, checkpointer } = await openGrown(t, 1100);
  assert.equal(logOf(db).moved, 0);
  await until('the log to be moved', () => logOf(db).moved === logOf(db).written);
  await checkpointer.close();
});

test('closing leaves a single file with all rows', async (t) => {
  const opened = await openTestStore(t);
  const { store, commit, close, file } = opened;
  const tuple = tupleOf(await seed(opened));
  const waiting = commit.submit(() => store.tokens.insert(newToken(tuple)));
  await close();
  const { row } = await waiting;
  assert.equal(existsSync(`${file}-wal`), false);
  assert.ok(statSync(file).size > 4096);
  const db = new Database(file, { readonly: true });
  assert.equal(db.prepare('SELECT max(id) FROM tokens').pluck().get(), row.id);
  db.close();
  await assert.rejects(
    commit.submit(() => store.tokens.insert(newToken(tuple))),
    /not open/,
  );
});
