import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { newToken, openTestStore, seed, startMs, tupleOf } from './stores.ts';

/** A store with two tokens and a mocked timer. */
async function openWithTokens(t: TestContext) {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const opened = await openTestStore(t);
  const tuple = tupleOf(await seed(opened));
  const { tokens } = opened.store;
  const [first, second] = await opened.commit.submit(() =>
    ['a', 'b'].map((scope) => tokens.insert(newToken({ ...tuple, scope })).row.id),
  );
  assert.ok(first && second);
  const stored = () => opened.db.prepare('SELECT token_id, count, last_at_ms FROM token_reuses').raw().all();
  const secondsPass = async () => {
    t.mock.timers.tick(5000);
    await opened.commit.drain();
  };
  return { ...opened, tokens, first, second, stored, secondsPass };
}

test('counts reuses at once, and writes them within five seconds', async (t) => {
  const { tokens, first, second, stored, secondsPass } = await openWithTokens(t);
  assert.deepEqual(tokens.reuses(first), { count: 0, lastAtMs: undefined });
  tokens.countReuse(first, startMs + 1);
  tokens.countReuse(second, startMs + 2);
  tokens.countReuse(first, startMs + 3);
  t.mock.timers.tick(4999);
  assert.deepEqual(stored(), []);
  assert.deepEqual(tokens.reuses(first), { count: 2, lastAtMs: startMs + 3 });

  await secondsPass();
  assert.deepEqual(stored(), [
    [first, 2, startMs + 3],
    [second, 1, startMs + 2],
  ]);
  assert.deepEqual(tokens.reuses(first), { count: 2, lastAtMs: startMs + 3 });

  tokens.countReuse(first, startMs + 2);
  assert.deepEqual(tokens.reuses(first), { count: 3, lastAtMs: startMs + 3 });
  await secondsPass();
  assert.deepEqual(tokens.reuses(first), { count: 3, lastAtMs: startMs + 3 });
});

test('keeps a count that could not be written for the next flush', async (t) => {
  const { tokens, db, first, stored, secondsPass } = await openWithTokens(t);
  tokens.countReuse(first, startMs);
  db.exec('ALTER TABLE token_reuses RENAME TO elsewhere; CREATE TABLE token_reuses (token_id INTEGER PRIMARY KEY)');
  await secondsPass();
  db.exec('DROP TABLE token_reuses; ALTER TABLE elsewhere RENAME TO token_reuses');
  assert.deepEqual(tokens.reuses(first), { count: 1, lastAtMs: startMs });
  tokens.countReuse(first, startMs + 1);
  await secondsPass();
  assert.deepEqual(stored(), [[first, 2, startMs + 1]]);
});

test('writes many counts in several transactions, and loses none in between', async (t) => {
  const { tokens, commit, db, first, secondsPass } = await openWithTokens(t);
  const template = tokens.byId(first);
  assert.ok(template);
  const ids = await commit.submit(() =>
    Array.from({ length: 600 }, (_, at) => tokens.insert(newToken({ ...template, scope: `many${at}` })).row.id),
  );
  for (const id of ids) tokens.countReuse(id, startMs);
  const again = commit.submit(() => {
    for (const id of ids) tokens.countReuse(id, startMs + 1);
  });
  await secondsPass();
  await again;
  await secondsPass();
  await secondsPass();
  assert.deepEqual(db.prepare('SELECT DISTINCT count FROM token_reuses').pluck().all(), [2]);
  assert.deepEqual(tokens.reuses(ids[599] ?? 0), { count: 2, lastAtMs: startMs + 1 });
});

test('closing writes the counts', async (t) => {
  const { tokens, first, close, file, sealer } = await openWithTokens(t);
  tokens.countReuse(first, startMs);
  await close();
  const again = await openTestStore(t, { file, sealer });
  assert.deepEqual(again.store.tokens.reuses(first), { count: 1, lastAtMs: startMs });
});
