import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { newToken, openTestStore, seed, startMs, tupleOf } from './stores.ts';

type Opened = Awaited<ReturnType<typeof openTestStore>>;

const persist = ({ store, commit }: Opened, tokenPersistence: 'encrypted' | 'hashed') =>
  commit.submit(() => store.settings.write({ ...store.settings.read(), tokenPersistence }));

const issue = ({ store, commit }: Opened, tuple: ReturnType<typeof tupleOf>) =>
  commit.submit(() => {
    const refresh = store.refreshTokens.insert({ keySetId: tuple.keySetId, issuedAtMs: startMs, validityMs: 9000 });
    const token = store.tokens.insert(newToken(tuple, refresh.row.id));
    store.refreshTokens.attach(refresh.row.id, token.row.id);
    return { ...token, refreshId: refresh.row.id, refreshToken: refresh.refreshToken };
  });

const blobs = ({ db }: Opened) =>
  db
    .prepare<[], Buffer>('SELECT access_token FROM tokens UNION ALL SELECT refresh_token FROM refresh_tokens')
    .pluck()
    .all();

test('finds a token by value while only hashes are stored', async (t) => {
  const opened = await openTestStore(t);
  const tuple = tupleOf(await seed(opened));
  await persist(opened, 'hashed');
  const token = await issue(opened, tuple);
  const { store } = opened;
  assert.ok(blobs(opened).every(({ length }) => length === 0));
  for (const _ of ['from memory', 'from disk']) {
    assert.equal(store.tokens.byValue(token.accessToken)?.id, token.row.id);
    assert.equal(store.tokens.activeByValue(token.accessToken)?.persistence, 'hashed');
    assert.equal(store.refreshTokens.byValue(token.refreshToken)?.persistence, 'hashed');
    assert.equal(store.tokens.reveal(token.row.id), undefined);
    assert.equal(store.refreshTokens.reveal(token.refreshId), undefined);
    opened.dropCaches();
  }
  await persist(opened, 'encrypted');
  assert.equal(store.tokens.activeByValue(token.accessToken)?.id, token.row.id);
  assert.equal(store.tokens.reveal(token.row.id), undefined);
});

test('deletes stored values in steps that resume, and leaves no byte', async (t) => {
  const opened = await openTestStore(t);
  const seeded = await seed(opened);
  const tokens: Awaited<ReturnType<typeof issue>>[] = [];
  for (let at = 0; at < 600; at += 1) tokens.push(await issue(opened, tupleOf(seeded, `device_${at}`)));
  const sealed = blobs(opened);
  assert.equal(sealed.length, 1200);
  await persist(opened, 'hashed');
  const [first] = tokens;
  assert.ok(first);
  assert.equal(opened.store.tokens.reveal(first.row.id), undefined);
  assert.equal(await opened.commit.submit(() => opened.store.tokens.dropValues()), false);
  const left = blobs(opened).filter(({ length }) => length > 0).length;
  assert.ok(left > 0 && left < 1200, `${left}`);
  await opened.close();

  const { file, sealer } = opened;
  const again = await openTestStore(t, { file, sealer });
  let steps = 0;
  while (!(await again.commit.submit(() => again.store.tokens.dropValues()))) steps += 1;
  assert.ok(steps >= 2);
  assert.ok(blobs(again).every(({ length }) => length === 0));
  await again.secureDeleteValues();
  assert.equal(again.db.prepare('SELECT sum(vacuum_pending) FROM deleted_values').pluck().get(), 0);
  const bytes = Buffer.concat([readFileSync(file), readFileSync(`${file}-wal`)]);
  assert.deepEqual(
    sealed.filter((blob) => bytes.includes(blob)),
    [],
  );
  for (const { accessToken, refreshToken, row } of tokens) {
    assert.equal(again.store.tokens.activeByValue(accessToken)?.id, row.id);
    assert.equal(again.store.refreshTokens.byValue(refreshToken)?.tokenId, row.id);
  }

  await persist(again, 'encrypted');
  const late = await issue(again, tupleOf(seeded, 'late'));
  assert.equal(again.store.tokens.reveal(late.row.id), late.accessToken);
  await persist(again, 'hashed');
  while (!(await again.commit.submit(() => again.store.tokens.dropValues())));
  await persist(again, 'encrypted');
  assert.equal(again.store.tokens.reveal(late.row.id), undefined);
});

test('forgets cached values when the setting changes', async (t) => {
  const opened = await openTestStore(t);
  const token = await issue(opened, tupleOf(await seed(opened)));
  const { store, commit } = opened;
  assert.equal(store.tokens.reveal(token.row.id), token.accessToken);
  // In one transaction with an issue, whose value must not be cached either.
  const tuple = tupleOf(await seed(opened, 'bob'));
  const [late] = await Promise.all([issue(opened, tuple), persist(opened, 'hashed')]);
  store.tokens.byValue(token.accessToken);
  for (const { row, refreshId } of [token, late]) {
    assert.equal(store.tokens.reveal(row.id), undefined);
    assert.equal(store.refreshTokens.reveal(refreshId), undefined);
  }
  await commit.drain();
});
