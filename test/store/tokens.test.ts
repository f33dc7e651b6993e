import assert from 'node:assert/strict';
import { test } from 'node:test';
import Database from 'better-sqlite3';
import { endSet, newToken, newUser, openTestStore, random, retirement, seed, startMs, tupleOf } from './stores.ts';

test('finds a token by tuple, id and value, and reveals its value', async (t) => {
  const opened = await openTestStore(t);
  const { store, commit, dropCaches } = opened;
  const tuple = tupleOf(await seed(opened));
  const { row, accessToken } = await commit.submit(() => store.tokens.insert(newToken(tuple)));

  assert.match(accessToken, /^[A-Za-z0-9_-]{28}$/);
  assert.deepEqual(row, {
    ...tuple,
    id: 1,
    grantType: 'password',
    state: 'ACTIVE',
    stateId: 'NONE',
    issuedAtMs: startMs,
    validityMs: 3_600_000,
    refreshTokenId: null,
    format: 'opaque',
    persistence: 'encrypted',
  });
  for (let again = 0; again < 2; again++) {
    assert.deepEqual(store.tokens.findActive({ ...tuple }), row);
    assert.deepEqual(store.tokens.byId(row.id), row);
    assert.deepEqual(store.tokens.byValue(accessToken), row);
    assert.equal(store.tokens.reveal(row.id), accessToken);
    dropCaches();
  }
});

test('each part of the tuple distinguishes tokens', async (t) => {
  const opened = await openTestStore(t);
  const { store, commit } = opened;
  const ann = tupleOf(await seed(opened, 'ann'));
  const bob = tupleOf(await seed(opened, 'bob'));
  const tuples = [
    ann,
    bob,
    { ...ann, keySetId: bob.keySetId },
    { ...ann, userType: 'APPLICATION' as const },
    { ...ann, scope: 'default device_ipad' },
    { ...ann, bindingRef: random.uuid() },
  ];
  const ids = await commit.submit(() => tuples.map((tuple) => store.tokens.insert(newToken(tuple)).row.id));
  assert.deepEqual(
    tuples.map((tuple) => store.tokens.findActive(tuple)?.id),
    ids,
  );
  assert.equal(new Set(ids).size, tuples.length);
});

test('finds no row for foreign or altered values', async (t) => {
  const opened = await openTestStore(t);
  const { store, commit } = opened;
  const tuple = tupleOf(await seed(opened));
  const { accessToken, refreshToken } = await commit.submit(() => {
    const refresh = store.refreshTokens.insert({ keySetId: tuple.keySetId, issuedAtMs: startMs, validityMs: -1 });
    const access = store.tokens.insert(newToken(tuple, refresh.row.id));
    return { ...access, ...refresh };
  });
  const lastChanged = accessToken.slice(0, -1) + (accessToken.endsWith('A') ? 'B' : 'A');
  const others = [
    '',
    'x',
    '1',
    lastChanged,
    `${accessToken}A`,
    ` ${accessToken}`,
    accessToken.toLowerCase(),
    'ä'.repeat(28),
  ];
  for (const value of [...others, refreshToken]) {
    assert.equal(store.tokens.byValue(value), undefined);
    assert.equal(store.tokens.activeByValue(value), undefined);
  }
  for (const value of [...others, accessToken]) assert.equal(store.refreshTokens.byValue(value), undefined);
});

test('stores neither the value nor its plain hash', async (t) => {
  const opened = await openTestStore(t);
  const { store, commit, db } = opened;
  const tuple = tupleOf(await seed(opened));
  const { accessToken } = await commit.submit(() => store.tokens.insert(newToken(tuple)));
  const row = db.prepare<[], { access_token: Buffer; access_token_digest: Buffer }>('SELECT * FROM tokens').get();
  assert.equal(row?.access_token.includes(accessToken), false);
  assert.equal(row?.access_token_digest.length, 32);
});

test('cannot open a sealed value in another row', async (t) => {
  const opened = await openTestStore(t);
  const { store, commit, db, dropCaches } = opened;
  const tuple = tupleOf(await seed(opened));
  await commit.submit(() => {
    store.tokens.insert(newToken(tuple));
    store.tokens.insert(newToken({ ...tuple, scope: 'other' }));
  });
  dropCaches();
  db.exec('UPDATE tokens SET access_token = (SELECT access_token FROM tokens WHERE id = 2) WHERE id = 1');
  assert.throws(() => store.tokens.reveal(1), { code: 'sealed_value_damaged' });
  assert.throws(() => store.tokens.reveal(99), /no access token 99/);
});

test('the database rejects two ACTIVE rows of a tuple', async (t) => {
  const opened = await openTestStore(t);
  const { store, commit, file, close } = opened;
  const tuple = tupleOf(await seed(opened));
  await commit.submit(() => store.tokens.insert(newToken(tuple)));
  await assert.rejects(
    commit.submit(() => store.tokens.insert(newToken(tuple))),
    { code: 'SQLITE_CONSTRAINT_UNIQUE' },
  );
  await close();

  const plain = new Database(file);
  t.after(() => plain.close());
  const copy = (changes: string) => `INSERT INTO tokens
    SELECT ${changes} FROM (SELECT max(id) + 1 AS id, key_set_id, user_id, for_user, scope_set_id, binding_ref, state,
      issued_at_ms, validity_ms, grant_type, refresh_token_id, history_id, access_token,
      access_token_digest, reason, format FROM tokens)`;
  const columns = 'id, key_set_id, user_id, for_user, scope_set_id, binding_ref';
  const rest = `issued_at_ms, validity_ms, grant_type, refresh_token_id, history_id, access_token,
    access_token_digest, reason, format`;
  assert.throws(() => plain.exec(copy(`${columns}, state, ${rest}`)), { code: 'SQLITE_CONSTRAINT_UNIQUE' });
  // 5 is REVOKED, which needs a history.
  for (const state of [1, 6, 5]) {
    assert.throws(() => plain.exec(copy(`${columns}, ${state}, ${rest}`)), { code: 'SQLITE_CONSTRAINT_CHECK' });
  }
  const withHistory = rest.replace('history_id', '7');
  for (let again = 0; again < 2; again++) plain.exec(copy(`${columns}, 5, ${withHistory}`));
  assert.throws(() => plain.exec(copy(`id, 99, user_id, for_user, scope_set_id, binding_ref, 5, ${withHistory}`)), {
    code: 'SQLITE_CONSTRAINT_FOREIGNKEY',
  });
});

test('a retired token frees its tuple and keeps its history', async (t) => {
  const opened = await openTestStore(t);
  const { store, commit } = opened;
  const { tokens } = store;
  const seeded = await seed(opened);
  const tuple = tupleOf(seeded);
  const { keySetId: _, userId: __, ...rest } = tuple;
  const described = { consumerKey: seeded.keySet.consumerKey, user: seeded.user.name, ...rest };
  const first = await commit.submit(() => tokens.insert(newToken(tuple)));
  assert.equal(tokens.findActive(tuple)?.id, first.row.id);
  assert.deepEqual(tokens.byValue(first.accessToken), first.row);

  const expired = retirement(first.row.id, 'EXPIRED');
  const revoked = { ...retirement(first.row.id, 'REVOKED'), atMs: startMs + 9000 };
  const second = await commit.submit(() => {
    const nextId = tokens.nextId();
    tokens.setValidity(first.row.id, 500, endSet(startMs + 400));
    tokens.retire([expired]);
    assert.equal(tokens.findActive(tuple), undefined);
    const inserted = tokens.insert(newToken(tuple));
    assert.equal(inserted.row.id, nextId);
    assert.deepEqual(tokens.findActive(tuple), inserted.row);
    return inserted;
  });
  await commit.submit(() => tokens.retire([revoked]));

  const after = { ...first.row, validityMs: 500, state: 'REVOKED', stateId: revoked.stateId };
  assert.deepEqual(tokens.byId(first.row.id), after);
  assert.deepEqual(tokens.byValue(first.accessToken), after);
  assert.equal(tokens.activeByValue(first.accessToken), undefined);
  opened.dropCaches();
  assert.equal(tokens.activeByValue(first.accessToken), undefined);
  assert.deepEqual(tokens.activeByValue(second.accessToken), second.row);
  assert.deepEqual(tokens.activeByValue(second.accessToken), second.row);
  assert.equal(tokens.findActive(tuple)?.id, second.row.id);
  assert.deepEqual(tokens.history(first.row.id), [
    { atMs: startMs, state: 'ACTIVE', reason: { ...newToken(tuple).reason, tuple: described } },
    { atMs: startMs + 400, state: 'ACTIVE', reason: { rule: 'expiry_set', atMs: startMs + 400 } },
    { atMs: expired.atMs, state: 'EXPIRED', reason: expired.reason },
    { atMs: revoked.atMs, state: 'REVOKED', reason: { ...revoked.reason, atMs: revoked.atMs } },
  ]);
  assert.deepEqual(tokens.history(99), []);
});

test('a revoked token cannot change', async (t) => {
  const opened = await openTestStore(t);
  const { store, commit } = opened;
  const tuple = tupleOf(await seed(opened));
  const { row } = await commit.submit(() => store.tokens.insert(newToken(tuple)));
  await commit.submit(() => store.tokens.retire([retirement(row.id)]));
  await assert.rejects(
    commit.submit(() => store.tokens.retire([retirement(row.id, 'EXPIRED')])),
    /neither ACTIVE nor EXPIRED/,
  );
  await assert.rejects(
    commit.submit(() => store.tokens.setValidity(row.id, -1, endSet())),
    /neither ACTIVE nor EXPIRED/,
  );
  assert.equal(store.tokens.history(row.id).length, 2);
});

test('a refresh token names its newest access token', async (t) => {
  const opened = await openTestStore(t);
  const { store, commit, dropCaches } = opened;
  const { tokens, refreshTokens } = store;
  const tuple = tupleOf(await seed(opened));
  const { refresh, first } = await commit.submit(() => {
    const refresh = refreshTokens.insert({ keySetId: tuple.keySetId, issuedAtMs: startMs, validityMs: 86_400_000 });
    const first = tokens.insert(newToken(tuple, refresh.row.id));
    refreshTokens.attach(refresh.row.id, first.row.id);
    return { refresh, first };
  });
  const { id } = refresh.row;
  const expected = {
    id,
    keySetId: tuple.keySetId,
    issuedAtMs: startMs,
    validityMs: 86_400_000,
    persistence: 'encrypted',
    ...{ authTimeMs: null, sessionId: null },
  };
  for (let again = 0; again < 2; again++) {
    assert.deepEqual(refreshTokens.byId(id), { ...expected, tokenId: first.row.id });
    assert.deepEqual(refreshTokens.byValue(refresh.refreshToken), { ...expected, tokenId: first.row.id });
    assert.equal(refreshTokens.reveal(id), refresh.refreshToken);
    dropCaches();
  }

  const attach = (tokenId: number) => commit.submit(() => refreshTokens.attach(id, tokenId));
  for (const tokenId of [77, first.row.id, 78]) {
    await attach(tokenId);
    assert.equal(refreshTokens.byId(id)?.tokenId, tokenId);
  }
  assert.equal(tokens.byId(first.row.id)?.refreshTokenId, id);
  const signIn = { authTimeMs: startMs, sessionId: crypto.randomUUID() };
  await commit.submit(() => refreshTokens.noteSignIn(id, signIn));
  for (let again = 0; again < 2; again++) {
    assert.partialDeepStrictEqual(refreshTokens.byId(id), signIn);
    dropCaches();
  }
});

test('a refresh token can be attached to another access token than the next one', async (t) => {
  const opened = await openTestStore(t);
  const { store, commit } = opened;
  const { tokens, refreshTokens } = store;
  const tuple = tupleOf(await seed(opened));
  const refresh = await commit.submit(() => {
    const refresh = refreshTokens.insert({ keySetId: tuple.keySetId, issuedAtMs: startMs, validityMs: -1 });
    tokens.insert(newToken({ ...tuple, scope: 'in between' }));
    const { row } = tokens.insert(newToken(tuple, refresh.row.id));
    refreshTokens.attach(refresh.row.id, row.id);
    return { ...refresh, tokenId: row.id };
  });
  assert.equal(refreshTokens.byId(refresh.row.id)?.tokenId, refresh.tokenId);
});

test('never reuses row ids after a failure, a lost batch, a purge or a restart', async (t) => {
  const opened = await openTestStore(t);
  const { store, commit, close, file, sealer, db } = opened;
  const seeded = await seed(opened);
  const tuple = tupleOf(seeded);
  const given: number[] = [];
  const insert = (scope: string) => {
    const { row } = store.tokens.insert(newToken({ ...tuple, scope }));
    given.push(row.id);
    return row;
  };
  await commit.submit(() => insert('a'));
  await commit
    .submit(() => {
      insert('b');
      throw new Error('no');
    })
    .catch(() => {});
  await commit
    .submit(() => {
      insert('c');
      db.exec('ROLLBACK');
    })
    .catch(() => {});
  await commit.submit(() => insert('d'));
  const kept = given.at(-1) ?? 0;
  await commit.submit(() => store.applications.purge(seeded.application.id));
  await close();

  const again = await openTestStore(t, { file, sealer });
  assert.equal(again.store.tokens.nextId(), kept + 1);
  assert.deepEqual(given, [1, 2, 3, 4]);
});

test('rejects writes outside of a transaction', async (t) => {
  const opened = await openTestStore(t);
  const { store, certificates } = opened;
  const { user, application, keySet } = await seed(opened);
  const tuple = tupleOf({ user, application, keySet });
  const scope = { name: 'read', description: '', roles: [], apiIds: [] };
  const writes = [
    () => store.applications.insert({ ...application, name: 'Other' }),
    () => store.applications.update(application),
    () => store.applications.purge(application.id),
    () => store.keySets.insert({ ...keySet, keyType: 'SANDBOX' }, 'secret'),
    () => store.keySets.update(keySet),
    () => store.keySets.setSecret(keySet.id, 'secret'),
    () => store.users.insert(newUser('eve'), null),
    () => store.users.update(user),
    () => store.users.setPassword(user.id, 'secret'),
    () => store.scopes.insert(scope),
    () => store.scopes.update({ ...scope, id: 1 }),
    () => store.scopes.delete(1),
    () => store.tokens.insert(newToken(tuple)),
    () => store.tokens.retire([retirement(1)]),
    () => store.tokens.setValidity(1, 1, endSet(1)),
    () => store.refreshTokens.insert({ keySetId: 1, issuedAtMs: 1, validityMs: 1 }),
    () => store.refreshTokens.attach(1, 1),
    () => store.settings.write(store.settings.read()),
    () => certificates.insert({ kind: 'ca', certificate: 'pem', names: [], notAfterMs: 1 }, 'key'),
  ];
  for (const write of writes) assert.throws(write, /outside of a transaction/);
});
