import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { newToken, openTestStore, seed, startMs, tupleOf } from './stores.ts';

/** A store with two tokens, and a second that passes when told. */
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
  const aSecondPasses = async () => {
    t.mock.timers.tick(1000);
    await opened.commit.drain();
  };
  return { ...opened, tokens, first, second, stored, aSecondPasses };
}

test('reuses are counted at once, and written together, once a second at most', async (t) => {
  const { tokens, first, second, stored, aSecondPasses } = await openWithTokens(t);
  assert.deepEqual(tokens.reuses(first), { count: 0, lastAtMs: undefined });
  tokens.countReuse(first, startMs + 1);
  tokens.countReuse(second, startMs + 2);
  tokens.countReuse(first, startMs + 3);
  t.mock.timers.tick(999);
  assert.deepEqual(stored(), []);
  assert.deepEqual(tokens.reuses(first), { count: 2, lastAtMs: startMs + 3 });

  await aSecondPasses();
  assert.deepEqual(stored(), [
    [first, 2, startMs + 3],
    [second, 1, startMs + 2],
  ]);
  assert.deepEqual(tokens.reuses(first), { count: 2, lastAtMs: startMs + 3 });

  tokens.countReuse(first, startMs + 2);
  assert.deepEqual(tokens.reuses(first), { count: 3, lastAtMs: startMs + 3 });
  await aSecondPasses();
  assert.deepEqual(tokens.reuses(first), { count: 3, lastAtMs: startMs + 3 });
});

test('a count that could not be written stays, and is written with the next', async (t) => {
  const { tokens, db, first, stored, aSecondPasses } = await openWithTokens(t);
  tokens.countReuse(first, startMs);
  db.exec('ALTER TABLE token_reuses RENAME TO elsewhere; CREATE TABLE token_reuses (token_id INTEGER PRIMARY KEY)');
  await aSecondPasses();
  db.exec('DROP TABLE token_reuses; ALTER TABLE elsewhere RENAME TO token_reuses');
  assert.deepEqual(tokens.reuses(first), { count: 1, lastAtMs: startMs });
  tokens.countReuse(first, startMs + 1);
  await aSecondPasses();
  assert.deepEqual(stored(), [[first, 2, startMs + 1]]);
});

test('closing writes what is counted', async (t) => {
  const { tokens, first, close, file, sealer } = await openWithTokens(t);
  tokens.countReuse(first, startMs);
  await close();
  const again = await openTestStore(t, { file, sealer });
  assert.deepEqual(again.store.tokens.reuses(first), { count: 1, lastAtMs: startMs });
});
