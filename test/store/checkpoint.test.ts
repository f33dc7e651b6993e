import assert from 'node:assert/strict';
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import Database from 'better-sqlite3';
import { createCheckpointer } from '../../main/store/checkpoint.ts';
import { openDatabase } from '../../main/store/open.ts';
import { newToken, openTestStore, seed, temporaryFolder, tupleOf } from './stores.ts';

/** A database whose log has grown by so many pages, and a checkpointer that looks at it. */
async function openGrown(t: TestContext, pages: number) {
  const db = await openDatabase(join(temporaryFolder(t), 'keyfob.db'));
  t.after(() => db.close());
  db.pragma('wal_checkpoint(TRUNCATE)');
  db.prepare(
    'INSERT INTO certificates (kind, certificate, private_key, names, not_after_ms) VALUES (?, ?, ?, ?, ?)',
  ).run('ca', 'x'.repeat(4096 * pages), Buffer.alloc(1), '[]', 1);
  const checkpointer = createCheckpointer(db);
  for (let commits = 0; commits < 16; commits++) checkpointer.committed();
  await checkpointer.close();
  const [, log, checkpointed] = db.prepare<[], number[]>('PRAGMA wal_checkpoint(NOOP)').raw().get() ?? [];
  return { log, checkpointed };
}

test('a log that has grown is moved into the database by a thread of its own', async (t) => {
  const { log, checkpointed } = await openGrown(t, 1100);
  assert.ok(log && log > 1100);
  assert.equal(checkpointed, log);
});

test('a short log is left alone', async (t) => {
  const { log, checkpointed } = await openGrown(t, 500);
  assert.ok(log && log > 500);
  assert.equal(checkpointed, 0);
});

test('closing leaves one file, with everything in it', async (t) => {
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
