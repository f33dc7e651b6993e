import assert from 'node:assert/strict';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import Database from 'better-sqlite3';
import { createGroupCommit } from '../../main/store/database/commit.ts';
import { temporaryFolder } from './stores.ts';

/** A group commit over one table of notes, and the outcome of its batches. */
function notebook(t: TestContext) {
  const db = new Database(join(temporaryFolder(t), 'notes.db'));
  t.after(() => db.close());
  db.pragma('journal_mode = WAL');
  db.exec('CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE) STRICT');
  const insert = db.prepare<[string]>('INSERT INTO notes (text) VALUES (?)');
  const batches: ('committed' | 'rolled back')[] = [];
  const commit = createGroupCommit(db, {
    starting() {},
    committed: () => batches.push('committed'),
    rolledBack: () => batches.push('rolled back'),
  });
  return {
    db,
    commit,
    batches,
    write: (text: string) => commit.submit(() => Number(insert.run(text).lastInsertRowid)),
    insert: (text: string) => insert.run(text),
    texts: () => db.prepare('SELECT text FROM notes ORDER BY id').pluck().all(),
  };
}

test('jobs of one turn share a transaction, and each gets its result', async (t) => {
  const { write, texts, batches } = notebook(t);
  const answers = Promise.all([write('a'), write('b'), write('c')]);
  assert.deepEqual(texts(), []);
  assert.deepEqual(await answers, [1, 2, 3]);
  assert.deepEqual(texts(), ['a', 'b', 'c']);
  assert.deepEqual(batches, ['committed']);
});

test('splits a large turn into batches, in order', async (t) => {
  const { write, texts, batches } = notebook(t);
  const names = Array.from({ length: 300 }, (_, at) => `note ${at}`);
  await Promise.all(names.map(write));
  assert.deepEqual(texts(), names);
  assert.deepEqual(batches, ['committed', 'committed', 'committed']);
});

test('rolls back a failed job alone', async (t) => {
  const { write, commit, insert, texts, batches } = notebook(t);
  const failing = commit.submit(() => {
    insert('half');
    throw new Error('changed my mind');
  });
  const results = await Promise.allSettled([write('a'), failing, write('b'), write('a'), write('c')]);
  assert.deepEqual(
    results.map(({ status }) => status),
    ['fulfilled', 'rejected', 'fulfilled', 'rejected', 'fulfilled'],
  );
  await assert.rejects(failing, /changed my mind/);
  assert.deepEqual(texts(), ['a', 'b', 'c']);
  assert.deepEqual(batches, ['committed']);
});

test('rejects and rolls back asynchronous work', async (t) => {
  const { commit, insert, texts } = notebook(t);
  await assert.rejects(
    commit.submit(async () => insert('too late')),
    TypeError,
  );
  assert.deepEqual(texts(), []);
});

test('calls callbacks in order after the commit, before any answer, and not for a failed job', async (t) => {
  const { db, commit, insert, texts } = notebook(t);
  const seen: string[] = [];
  const noting = (name: string, after?: () => void) =>
    commit
      .submit(() => {
        insert(name);
        assert.equal(commit.inTransaction, true);
        commit.afterCommit(() => seen.push(`${name} is there: ${texts().includes(name)}, ${db.inTransaction}`));
        after?.();
      })
      .then(
        () => seen.push(`${name} answered`),
        () => seen.push(`${name} refused`),
      );
  await Promise.all([
    noting('a'),
    noting('b', () => {
      throw new Error('no');
    }),
    noting('c'),
  ]);
  assert.deepEqual(seen, [
    'a is there: true, false',
    'c is there: true, false',
    'a answered',
    'b refused',
    'c answered',
  ]);
  assert.equal(commit.inTransaction, false);
  assert.throws(() => commit.afterCommit(() => {}), /outside of a transaction/);
});

test('reports a failing callback without blocking others', async (t) => {
  const { commit } = notebook(t);
  const seen: string[] = [];
  const heard = new Promise((resolve) => {
    process.setUncaughtExceptionCaptureCallback(resolve);
  });
  t.after(() => process.setUncaughtExceptionCaptureCallback(null));
  await commit.submit(() => {
    commit.afterCommit(() => {
      throw new Error('a broken watcher');
    });
    commit.afterCommit(() => seen.push('the next one'));
  });
  assert.deepEqual(seen, ['the next one']);
  assert.match(String(await heard), /a broken watcher/);
});

test('runs jobs submitted by a job or a callback in a later batch', async (t) => {
  const { commit, write, texts } = notebook(t);
  const later: Promise<number>[] = [];
  await commit.submit(() => {
    later.push(write('from the work'));
    commit.afterCommit(() => {
      assert.deepEqual(texts(), []);
      later.push(write('from the callback'));
    });
  });
  await commit.drain();
  assert.deepEqual(texts(), ['from the work', 'from the callback']);
  assert.deepEqual(await Promise.all(later), [1, 2]);
});

test('drain waits for all submitted jobs, and ends', async (t) => {
  const { commit, write } = notebook(t);
  await commit.drain();
  const seen: string[] = [];
  for (let at = 0; at < 100; at++) void write(`note ${at}`).then(() => seen.push('answered'));
  await commit.drain();
  assert.equal(seen.length, 100);
});

test('a full disk rejects the whole batch, stops it, and later writes work', async (t) => {
  const { db, commit, write, texts, batches } = notebook(t);
  await write('before');
  const seen: string[] = [];
  const large = 'x'.repeat(20_000);
  db.pragma(`max_page_count = ${Number(db.pragma('page_count', { simple: true })) + 6}`);
  const results = await Promise.allSettled([
    commit.submit(() => commit.afterCommit(() => seen.push('a callback'))),
    write('small'),
    write(`first ${large}`),
    write(`second ${large}`),
    commit.submit(() => seen.push('ran')),
  ]);
  for (const result of results) {
    assert.equal(result.status === 'rejected' && result.reason.code, 'storage_full');
  }
  assert.deepEqual(seen, []);
  assert.deepEqual(texts(), ['before']);
  assert.equal(db.inTransaction, false);

  db.pragma('max_page_count = 1000000');
  await write('after');
  assert.deepEqual(texts(), ['before', 'after']);
  assert.deepEqual(batches, ['committed', 'rolled back', 'committed']);
});

test('a full disk rejects the whole batch even if SQLite rolls back one statement only', async (t) => {
  const { db, commit, write, texts, batches } = notebook(t);
  db.pragma(`max_page_count = ${Number(db.pragma('page_count', { simple: true })) + 6}`);
  let inTransaction: boolean | undefined;
  const results = await Promise.allSettled([
    write('small'),
    commit.submit(() => {
      try {
        db.exec(`INSERT INTO notes (text) SELECT value || printf('%.*c', 20000, 'x') FROM json_each('[1, 2]')`);
      } finally {
        inTransaction = db.inTransaction;
      }
    }),
    write('next'),
  ]);
  assert.equal(inTransaction, true);
  for (const result of results) assert.equal(result.status === 'rejected' && result.reason.code, 'storage_full');
  assert.deepEqual(texts(), []);
  assert.deepEqual(batches, ['rolled back']);
});

test('runs no other job after SQLite rolled back the transaction', async (t) => {
  const { db, commit, write, insert, texts, batches } = notebook(t);
  let inTransaction: boolean | undefined;
  const seen: string[] = [];
  const results = await Promise.allSettled([
    write('first'),
    commit.submit(() => {
      db.exec('ROLLBACK');
      inTransaction = commit.inTransaction;
    }),
    commit.submit(() => {
      seen.push('ran');
      insert('alone');
    }),
  ]);
  assert.ok(results.every((result) => result.status === 'rejected' && result.reason.code === 'database_damaged'));
  assert.equal(inTransaction, false);
  assert.deepEqual(seen, []);
  assert.deepEqual(texts(), []);
  assert.deepEqual(batches, ['rolled back']);
});

test('rejects the whole batch when COMMIT fails', async (t) => {
  const { db, commit, write, texts, batches } = notebook(t);
  db.exec('CREATE TABLE answers (note_id INTEGER NOT NULL REFERENCES notes (id) DEFERRABLE INITIALLY DEFERRED) STRICT');
  const results = await Promise.allSettled([
    write('a'),
    commit.submit(() => db.exec('INSERT INTO answers (note_id) VALUES (99)')),
  ]);
  assert.ok(results.every(({ status }) => status === 'rejected'));
  assert.deepEqual(texts(), []);
  assert.deepEqual(batches, ['rolled back']);
  assert.equal(await write('b'), 1);
});

test('waits briefly for another writer, then names it as the cause', async (t) => {
  const { db, write } = notebook(t);
  db.pragma('busy_timeout = 1');
  const other = new Database(db.name);
  other.exec('BEGIN IMMEDIATE');
  await assert.rejects(write('a'), { code: 'folder_owned' });
  other.exec('ROLLBACK');
  other.close();
  assert.equal(await write('b'), 1);
});

test('repeatable jobs run again in savepoints when one throws, and only that one is rolled back', async (t) => {
  const { commit, insert, texts, batches } = notebook(t);
  const seen: string[] = [];
  const repeatable = (text: string, fault?: string) =>
    commit.submit(
      () => {
        seen.push(text);
        insert(text);
        commit.afterCommit(() => seen.push(`${text} is on disk`));
        commit.afterRun(() => seen.push(`${text} is answered`));
        if (fault !== undefined) throw new Error(fault);
      },
      { repeatable: true },
    );
  await Promise.all([repeatable('a'), repeatable('b')]);
  assert.deepEqual(seen.splice(0), ['a', 'b', 'a is on disk', 'b is on disk', 'a is answered', 'b is answered']);

  const results = await Promise.allSettled([repeatable('c'), repeatable('d', 'no'), repeatable('e')]);
  assert.deepEqual(
    results.map(({ status }) => status),
    ['fulfilled', 'rejected', 'fulfilled'],
  );
  assert.deepEqual(texts(), ['a', 'b', 'c', 'e']);
  assert.deepEqual(seen, [
    ...['c', 'd', 'c', 'd', 'e', 'c is on disk', 'e is on disk'],
    ...['c is answered', 'd is answered', 'e is answered'],
  ]);
  assert.deepEqual(batches, ['committed', 'rolled back', 'committed']);
});

test('a job that is not repeatable runs once, whatever its neighbours do', async (t) => {
  const { commit, insert, texts, batches } = notebook(t);
  let runs = 0;
  const results = await Promise.allSettled([
    commit.submit(() => {
      runs += 1;
      insert('once');
    }),
    commit.submit(
      () => {
        insert('half');
        throw new Error('no');
      },
      { repeatable: true },
    ),
  ]);
  assert.deepEqual(
    results.map(({ status }) => status),
    ['fulfilled', 'rejected'],
  );
  assert.equal(runs, 1);
  assert.deepEqual(texts(), ['once']);
  assert.deepEqual(batches, ['committed']);
});

test('synced resolves when all visible changes are on disk', async (t) => {
  const { commit, write, texts } = notebook(t);
  const seen: string[] = [];
  assert.equal(commit.unsynced, false);
  await commit.synced();
  const { promise: committed, resolve } = Promise.withResolvers<void>();
  const writing = commit.submit(() => {
    commit.afterCommit(() => seen.push(`committed: ${commit.unsynced}`));
    commit.afterSync(() => seen.push('on disk'));
    commit.afterCommit(resolve);
  });
  const written = write('a');
  await committed;
  assert.deepEqual(texts(), ['a']);
  assert.deepEqual(seen, ['committed: true']);
  assert.equal(commit.unsynced, true);
  await commit.synced();
  assert.deepEqual(seen, ['committed: true', 'on disk']);
  assert.equal(commit.unsynced, false);
  assert.deepEqual(await Promise.all([writing, written]), [undefined, 1]);
});

test('jobs that arrive during a sync share the next transaction', async (t) => {
  const { commit, write, batches } = notebook(t);
  const later: Promise<number>[] = [];
  await commit.submit(() =>
    commit.afterCommit(() => {
      later.push(write('a'));
      setImmediate(() => later.push(write('b')));
    }),
  );
  assert.deepEqual(batches, ['committed']);
  await commit.drain();
  assert.deepEqual(await Promise.all(later), [1, 2]);
  assert.deepEqual(batches, ['committed', 'committed']);
});

test('holds jobs until they are released', async (t) => {
  const { commit, write, texts } = notebook(t);
  const before = write('before');
  commit.hold();
  const after = write('after');
  await new Promise((resolve) => setImmediate(resolve));
  await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual(texts(), []);
  commit.release();
  await Promise.all([before, after]);
  assert.deepEqual(texts(), ['before', 'after']);
});
