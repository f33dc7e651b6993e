import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import Database from 'better-sqlite3';
import { decideOrSubmit } from '../../main/app/decideOrSubmit.ts';
import type { Decided } from '../../main/engine/decisions/decided.ts';
import { createGroupCommit } from '../../main/store/database/commit.ts';

/** `decideOrSubmit` over a real group commit, with rules whose version the test changes. */
function createNotebook(t: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), 'keyfob-decide-'));
  const db = new Database(join(folder, 'notes.db'));
  t.after(() => {
    db.close();
    rmSync(folder, { recursive: true });
  });
  db.pragma('journal_mode = WAL');
  db.exec('CREATE TABLE notes (text TEXT NOT NULL) STRICT');
  const insert = db.prepare<[string]>('INSERT INTO notes (text) VALUES (?)');
  const nothing = () => undefined;
  const commit = createGroupCommit(db, { starting: nothing, committed: nothing, rolledBack: nothing });
  const rules = { version: 1 };
  return {
    commit,
    rules,
    run: decideOrSubmit(commit, () => rules.version),
    insert: (text: string) => void insert.run(text),
    texts: () => db.prepare('SELECT text FROM notes ORDER BY rowid').pluck().all(),
    /** Runs `work` while a committed note is not on disk yet. */
    whileUnsynced: async <T>(work: () => T): Promise<T> => {
      let result: { readonly value: T } | undefined;
      await commit.submit(() => {
        insert.run('unsynced');
        commit.afterCommit(() => {
          assert.equal(commit.unsynced, true);
          result = { value: work() };
        });
      });
      assert.ok(result);
      return result.value;
    },
  };
}

const answer = <T>(value: T): Decided<T> => ({ kind: 'answer', answer: value });

test('returns an answer at once, without a promise', (t) => {
  const { run } = createNotebook(t);
  assert.equal(
    run(() => answer('reused')),
    'reused',
  );
});

test('throws a refusal at once', (t) => {
  const { run } = createNotebook(t);
  assert.throws(
    () =>
      run(() => {
        throw new Error('refused');
      }),
    /refused/,
  );
});

test('holds an answer back until the changes it rests on are on disk', async (t) => {
  const { run, commit, whileUnsynced } = createNotebook(t);
  const result = await whileUnsynced(() => {
    const pending = run(() => answer('reused'));
    assert.ok(pending instanceof Promise);
    return { order: pending.then((value) => [value, commit.unsynced]) };
  });
  assert.deepEqual(await result.order, ['reused', false]);
});

test('holds a refusal back until the changes it rests on are on disk', async (t) => {
  const { run, commit, whileUnsynced } = createNotebook(t);
  const result = await whileUnsynced(() => {
    const pending = run(() => {
      throw new Error('refused');
    });
    assert.ok(pending instanceof Promise);
    return { order: pending.catch((error: Error) => [error.message, commit.unsynced]) };
  });
  assert.deepEqual(await result.order, ['refused', false]);
});

test('applies a decision to write in one transaction, and answers after the sync', async (t) => {
  const { run, commit, insert, texts } = createNotebook(t);
  let decisions = 0;
  const issued = await run((): Decided<string> => {
    decisions += 1;
    return {
      kind: 'write',
      apply: () => {
        assert.equal(commit.inTransaction, true);
        insert('issued');
        return 'issued';
      },
    };
  });
  assert.deepEqual([issued, commit.unsynced, decisions], ['issued', false, 1]);
  assert.deepEqual(texts(), ['issued']);
});

test('decides again inside the transaction when the rules changed since', async (t) => {
  const { run, rules, insert, texts } = createNotebook(t);
  const pending = run((): Decided<string> => {
    const text = `by version ${rules.version}`;
    return {
      kind: 'write',
      apply: () => {
        insert(text);
        return text;
      },
    };
  });
  rules.version = 2;
  assert.equal(await pending, 'by version 2');
  assert.deepEqual(texts(), ['by version 2']);
});

test('a stale decision to write can become a refusal, or an answer that writes nothing', async (t) => {
  const { run, rules, insert, texts } = createNotebook(t);
  const write: Decided<string> = {
    kind: 'write',
    apply: () => {
      insert('stale');
      return 'stale';
    },
  };
  const refused = run(() => {
    if (rules.version === 1) return write;
    throw new Error('refused');
  });
  const answered = run(() => (rules.version === 1 ? write : answer('reused')));
  rules.version = 2;
  await assert.rejects(async () => refused, /refused/);
  assert.equal(await answered, 'reused');
  assert.deepEqual(texts(), []);
});

test('a write runs once more when a neighbour in its transaction fails', async (t) => {
  const { run, insert, texts } = createNotebook(t);
  let runs = 0;
  const write = run(
    (): Decided<number> => ({
      kind: 'write',
      apply: () => {
        runs += 1;
        insert('issued');
        return runs;
      },
    }),
  );
  const failing = run(
    (): Decided<number> => ({
      kind: 'write',
      apply: () => {
        throw new Error('refused');
      },
    }),
  );
  await assert.rejects(async () => failing, /refused/);
  assert.equal(await write, 2);
  assert.deepEqual(texts(), ['issued']);
});
