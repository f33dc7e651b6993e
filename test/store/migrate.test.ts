import assert from 'node:assert/strict';
import { existsSync, readdirSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import Database from 'better-sqlite3';
import { checkNumbers, migrations, schemaVersion } from '../../main/store/database/migrate.ts';
import { openDatabase } from '../../main/store/database/open.ts';
import { firstSchema } from '../../main/store/migrations/0001-first-schema.ts';
import { gatewaySchema } from '../../main/store/migrations/0002-gateway.ts';
import { userClaims } from '../../main/store/migrations/0003-user-claims.ts';
import { jwtTokensSchema } from '../../main/store/migrations/0004-jwt-tokens.ts';
import type { Migration } from '../../main/store/migrations/migration.ts';
import { openTestStore, seed, temporaryFolder } from './stores.ts';

const adding = (number: number, sql: string): Migration => ({ number, up: (db) => db.exec(sql) });
const notes = adding(1, 'CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT) STRICT');
const noteColours = adding(2, "ALTER TABLE notes ADD COLUMN colour TEXT NOT NULL DEFAULT 'red'");

test('lists each file of the migrations folder by its number', () => {
  const files = readdirSync(join(import.meta.dirname, '../../main/store/migrations')).filter((name) =>
    /^\d/.test(name),
  );
  assert.deepEqual(
    files.sort().map((name) => Number(name.slice(0, 4))),
    migrations.map(({ number }) => number),
  );
});

test('rejects missing and duplicated migration numbers', () => {
  checkNumbers([notes, noteColours]);
  assert.throws(() => checkNumbers([noteColours]), /Migration 1 is missing or duplicated/);
  assert.throws(() => checkNumbers([notes, notes]), /Migration 2 is missing or duplicated/);
});

test('the migrations create all tables as STRICT', async (t) => {
  const db = await openDatabase(join(temporaryFolder(t), 'keyfob.db'));
  t.after(() => db.close());
  const tables = db
    .prepare<[], { name: string; strict: number }>(
      "SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND name NOT LIKE 'sqlite_%' ORDER BY name",
    )
    .all();
  assert.deepEqual(
    tables.map(({ name }) => name),
    [
      'apis',
      'applications',
      'authorization_codes',
      'certificates',
      'consents',
      'deleted_values',
      'device_sets',
      'imported_values',
      'key_sets',
      'refresh_tokens',
      'row_ids',
      'scope_sets',
      'scopes',
      'settings',
      'signing_keys',
      'subscriptions',
      'tiers',
      'token_history',
      'token_reuses',
      'tokens',
      'users',
      'vault_binding',
    ],
  );
  assert.ok(tables.every(({ strict }) => strict === 1));
  assert.equal(schemaVersion(db), migrations.length);
  assert.deepEqual(db.pragma('integrity_check'), [{ integrity_check: 'ok' }]);
});

test('migration 1 rejects values outside its constraints', async (t) => {
  const db = await openDatabase(join(temporaryFolder(t), 'keyfob.db'));
  t.after(() => db.close());
  db.exec("INSERT INTO imported_values VALUES ('access', 7, zeroblob(32)), ('refresh', 7, zeroblob(32))");
  assert.throws(() => db.exec("INSERT INTO imported_values VALUES ('access', 7, zeroblob(32))"), /UNIQUE/);
  assert.throws(() => db.exec("INSERT INTO imported_values VALUES ('id', 8, zeroblob(32))"), /CHECK/);
  db.exec("INSERT INTO deleted_values VALUES ('tokens', 7, 0)");
  assert.throws(() => db.exec("INSERT INTO deleted_values VALUES ('users', 1, 0)"), /CHECK/);
  db.exec("INSERT INTO vault_binding VALUES (1, 'an id', 'a check')");
  assert.throws(() => db.exec("INSERT INTO vault_binding VALUES (2, 'an id', 'a check')"), /CHECK/);
});

/** Every row of these tables, except for new columns. */
const rowsOf = (db: Database.Database, tables: readonly string[]) =>
  tables.map((table) => db.prepare<[], Record<string, unknown>>(`SELECT * FROM ${table} ORDER BY 1`).all());

test('migration 2 keeps the rows of version 1, whose scopes belong to no API', async (t) => {
  const file = join(temporaryFolder(t), 'keyfob.db');
  const before = await openDatabase(file, { migrations: [firstSchema] });
  before.exec(`
    INSERT INTO users (id, name, name_lower, user_store, tenant_domain, roles, enabled, created_at_ms)
      VALUES (1, 'ann', 'ann', 'PRIMARY', 'carbon.super', '["admin"]', 1, 5);
    INSERT INTO applications (id, name, owner_id, description, tier, created_at_ms) VALUES (3, 'Shop', 1, 'd', 'Gold', 6);
    INSERT INTO scopes (id, name, description, roles) VALUES (4, 'read', 'reads', '["buyer"]');
    INSERT INTO settings (name, value) VALUES ('port', '8244');
  `);
  const tables = ['users', 'applications', 'scopes', 'settings'];
  const kept = rowsOf(before, tables);
  before.close();

  const after = await openDatabase(file);
  t.after(() => after.close());
  assert.equal(schemaVersion(after), migrations.length);
  const withoutApis = (row: Record<string, unknown>) => {
    const { api_ids: apiIds = '[]', claims = '{}', uuid: _, ...rest } = row;
    assert.deepEqual([apiIds, claims], ['[]', '{}']);
    return rest;
  };
  assert.deepEqual(
    rowsOf(after, tables).map((rows) => rows.map(withoutApis)),
    kept,
  );
});

test('a new database has the API echo/1.0 and the tiers of WSO2', async (t) => {
  const { store } = await openTestStore(t);
  const [echo, ...others] = store.apis.list();
  assert.deepEqual(others, []);
  assert.partialDeepStrictEqual(echo, {
    ...{ name: 'echo', version: '1.0', context: '/echo', state: 'PUBLISHED', open: true },
    ...{ productionBackend: 'echo', sandboxBackend: 'echo', tier: 'Unlimited', cors: null, isDefaultVersion: false },
  });
  assert.deepEqual(
    echo?.resources.map(({ verb, template, authType }) => `${verb} ${template} ${authType}`),
    ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'HEAD'].map((verb) => `${verb} /* Any`),
  );
  // Gateway reference 4.1.
  assert.deepEqual(
    store.tiers.list().map(({ level, name, limit }) => `${level} ${name} ${limit}`),
    [
      ...['advanced 10KPerMin 10000', 'advanced 20KPerMin 20000', 'advanced 50KPerMin 50000'],
      ...['advanced Unlimited null', 'application 10PerMin 10', 'application 20PerMin 20'],
      ...['application 50PerMin 50', 'application Unlimited null', 'subscription Bronze 1000'],
      ...['subscription Gold 5000', 'subscription Silver 2000', 'subscription Unauthenticated 500'],
      'subscription Unlimited null',
    ],
  );
  for (const tier of store.tiers.list()) {
    assert.partialDeepStrictEqual(tier, { counts: 'requests', windowLength: 1, windowUnit: 'minute', builtIn: true });
    assert.partialDeepStrictEqual(tier, { burstLimit: null, stopOnQuota: true, perUser: false });
  }
});

test('migration 2 rejects values outside its constraints', async (t) => {
  const opened = await openTestStore(t);
  const { db } = opened;
  const { application } = await seed(opened);
  const insert = (table: string, row: Readonly<Record<string, unknown>>) => () =>
    db
      .prepare(
        `INSERT INTO ${table} (${Object.keys(row).join()}) VALUES (${Object.keys(row)
          .map((name) => `@${name}`)
          .join()})`,
      )
      .run(row);
  const api = {
    ...{ name: 'a', version: '1', context: '/a', is_default_version: 0, state: 'CREATED', description: '' },
    ...{ tier: 'Unlimited', open: 0, resources: '[]', created_at_ms: 1 },
  };
  const subscription = { application_id: application.id, api_id: 1, tier: 'Gold', state: 'BLOCKED', created_at_ms: 1 };
  const tier = {
    ...{ level: 'advanced', name: 'Slow', description: '', limit_count: 1, counts: 'bytes', window_length: 1 },
    ...{ window_unit: 'day', burst_seconds: 1, stop_on_quota: 1, per_user: 0, built_in: 0 },
  };
  for (const [table, row, faults] of [
    ['apis', api, [{ name: '' }, { context: 'a' }, { state: 'GONE' }, { open: 2 }, { resources: '{}' }, { cors: 'x' }]],
    ['subscriptions', subscription, [{ state: 'OPEN' }, { tier: '' }]],
    ['tiers', tier, [{ level: 'burst' }, { limit_count: 0 }, { counts: 'calls' }, { window_unit: 'week' }]],
  ] as const) {
    for (const fault of faults) assert.throws(insert(table, { ...row, ...fault }), /CHECK/, JSON.stringify(fault));
    insert(table, row)();
    assert.throws(insert(table, row), /UNIQUE/, table);
  }
  assert.throws(insert('subscriptions', { ...subscription, api_id: 99 }), /FOREIGN KEY/);
  assert.throws(
    () => db.exec("UPDATE scopes SET api_ids = '7'; INSERT INTO scopes VALUES (9, 's', '', '[]', '7')"),
    /CHECK/,
  );
});

test('migration 5 keeps the key sets of version 4, which are confidential and need no PKCE', async (t) => {
  const file = join(temporaryFolder(t), 'keyfob.db');
  const before = await openDatabase(file, { migrations: migrations.slice(0, 4) });
  before.exec(`
    INSERT INTO users (id, name, name_lower, user_store, tenant_domain, roles, enabled, created_at_ms)
      VALUES (1, 'ann', 'ann', 'PRIMARY', 'carbon.super', '[]', 1, 5);
    INSERT INTO applications (id, name, owner_id, description, tier, created_at_ms) VALUES (3, 'Shop', 1, '', 'Gold', 6);
    INSERT INTO key_sets (id, application_id, key_type, consumer_key, consumer_secret, consumer_secret_digest, state,
        grant_types, callback_url, issue_behaviour, application_token_validity_seconds, user_token_validity_seconds,
        refresh_token_validity_seconds, allowed_origins, created_at_ms)
      VALUES (4, 3, 'PRODUCTION', 'consumer_key_of_version_4', x'01', zeroblob(32), 'ACTIVE', '["password"]', '', 'reuse',
        1, 2, 3, '[]', 7);
  `);
  const [kept = []] = rowsOf(before, ['key_sets']);
  before.close();
  const after = await openDatabase(file);
  t.after(() => after.close());
  const added = { public_client: 0, pkce: 'optional', pkce_plain: 0, server: null, served_here: 1 };
  assert.deepEqual(rowsOf(after, ['key_sets']), [kept.map((row) => ({ ...row, ...added }))]);
  assert.throws(() => after.exec("UPDATE key_sets SET pkce = 'x'"), /CHECK/);
  assert.throws(() => after.exec('UPDATE key_sets SET public_client = 2'), /CHECK/);
  const insert = (challenge: string, method: string) =>
    after.exec(`INSERT INTO authorization_codes (key_set_id, user_id, state, issued_at_ms, validity_ms, redirect_uri, scope,
      code_challenge, code_challenge_method, auth_time_ms, digest)
      VALUES (4, 1, 'ACTIVE', 1, 1, 'a:', '', ${challenge}, ${method}, 1, zeroblob(32))`);
  insert('NULL', 'NULL');
  assert.throws(() => insert(`'${'a'.repeat(43)}'`, 'NULL'), /CHECK/);
  assert.throws(() => insert("'a'", "'S256'"), /CHECK/);
  const consent = 'INSERT INTO consents (key_set_id, user_id, scope, approved_at_ms) VALUES (4, 1, ?, 1)';
  after.prepare(consent).run('a');
  assert.throws(() => after.prepare(consent).run('b'), /UNIQUE/);
});

test('migration 6 keeps the key sets of version 5 with their tokens, and never uses an id twice', async (t) => {
  const file = join(temporaryFolder(t), 'keyfob.db');
  const before = await openDatabase(file, { migrations: migrations.slice(0, 5) });
  const keySet = (id: number, keyType: string) => `
    INSERT INTO key_sets (id, application_id, key_type, consumer_key, consumer_secret, consumer_secret_digest, state,
        grant_types, callback_url, issue_behaviour, application_token_validity_seconds, user_token_validity_seconds,
        refresh_token_validity_seconds, allowed_origins, created_at_ms, token_format, public_client, pkce, pkce_plain)
      VALUES (${id}, 3, '${keyType}', 'consumer_key_${id}_of_version_5', x'0${id}', zeroblob(32), 'REVOKED', '["password"]',
        'https://a.test/', 'renew', 1, 2, 3, '["https://b.test"]', 7, 'apim32', 1, 'required', 1);`;
  before.exec(`
    INSERT INTO users (id, name, name_lower, user_store, tenant_domain, roles, enabled, created_at_ms)
      VALUES (1, 'ann', 'ann', 'PRIMARY', 'carbon.super', '[]', 1, 5);
    INSERT INTO applications (id, name, owner_id, description, tier, created_at_ms) VALUES (3, 'Shop', 1, '', 'Gold', 6);
    ${keySet(4, 'PRODUCTION')} ${keySet(8, 'SANDBOX')}
    INSERT INTO tokens (id, key_set_id, user_id, for_user, scope_hash, binding_ref, state, issued_at_ms, validity_ms,
        grant_type, scope, access_token, access_token_digest, reason)
      VALUES (9, 4, 1, 0, zeroblob(16), 'NONE', 'ACTIVE', 1, 1, 'password', 'a', x'01', zeroblob(32), '{}');
    INSERT INTO consents (key_set_id, user_id, scope, approved_at_ms) VALUES (4, 1, 'a', 1);
    DELETE FROM key_sets WHERE id = 8;
  `);
  const tables = ['key_sets', 'tokens', 'consents'];
  const [keySets = [], ...others] = rowsOf(before, tables);
  before.close();
  const after = await openDatabase(file, { migrations: migrations.slice(0, 6) });
  t.after(() => after.close());
  const expected = keySets.map((row) => ({ ...row, server: null, served_here: 1 }));
  assert.deepEqual(rowsOf(after, tables), [expected, ...others]);
  assert.deepEqual(after.pragma('foreign_key_check'), []);
  assert.throws(() => after.exec('DELETE FROM key_sets'), /FOREIGN KEY/, 'tokens still refer to their key set');
  after.exec(keySet(9, 'SANDBOX').replace('(id, ', '(').replace('(9, ', '('));
  assert.equal(after.prepare('SELECT max(id) FROM key_sets').pluck().get(), 9, 'the deleted 8 is not used again');
  const set = (change: string) => () => after.exec(`UPDATE key_sets SET ${change} WHERE id = 4`);
  assert.throws(set("consumer_key = 'a key: of no use'"), /CHECK/, 'a generated key has letters, digits and _ only');
  assert.throws(set('served_here = 0'), /CHECK/, 'generated keys are always served');
  assert.throws(set("server = '[]'"), /CHECK/);
  set("server = '{}', consumer_key = 'a key', served_here = 0")();
});

test('migration 9 keeps the key sets of version 8, and accepts more consumer keys', async (t) => {
  const file = join(temporaryFolder(t), 'keyfob.db');
  const before = await openDatabase(file, { migrations: migrations.slice(0, 8) });
  const keySet = (id: number, keyType: string, consumerKey: string, server: string, servedHere: 0 | 1) => `
    INSERT INTO key_sets (id, application_id, key_type, consumer_key, consumer_secret, consumer_secret_digest, state,
        grant_types, callback_url, issue_behaviour, application_token_validity_seconds, user_token_validity_seconds,
        refresh_token_validity_seconds, allowed_origins, created_at_ms, token_format, public_client, pkce, pkce_plain,
        server, served_here)
      VALUES (${id}, 3, '${keyType}', '${consumerKey}', x'0${id}', zeroblob(32), 'REVOKED', '["password"]',
        'https://a.test/', 'renew', 1, 2, 3, '["https://b.test"]', 7, 'apim32', 1, 'required', 1, ${server}, ${servedHere});`;
  before.exec(`
    INSERT INTO users (id, name, name_lower, user_store, tenant_domain, roles, enabled, created_at_ms, uuid)
      VALUES (1, 'ann', 'ann', 'PRIMARY', 'carbon.super', '[]', 1, 5, '00000000-0000-4000-8000-000000000001');
    INSERT INTO applications (id, name, owner_id, description, tier, created_at_ms) VALUES (3, 'Shop', 1, '', 'Gold', 6);
    ${keySet(4, 'PRODUCTION', 'consumer_key_of_version_8', 'NULL', 1)}
    ${keySet(5, 'SANDBOX', 'a key of elsewhere', "'{}'", 0)}
    INSERT INTO consents (key_set_id, user_id, scope, approved_at_ms) VALUES (4, 1, 'a', 1);
  `);
  const tables = ['key_sets', 'consents'];
  const kept = rowsOf(before, tables);
  before.close();
  const after = await openDatabase(file, { migrations: migrations.slice(0, 9) });
  t.after(() => after.close());
  assert.deepEqual(rowsOf(after, tables), kept);
  assert.deepEqual(after.pragma('foreign_key_check'), []);
  assert.equal(after.prepare("SELECT seq FROM sqlite_sequence WHERE name = 'key_sets'").pluck().get(), 5);
  const set = (consumerKey: string) => () =>
    after.prepare('UPDATE key_sets SET consumer_key = ? WHERE id = 4').run(consumerKey);
  for (const fits of ['a', 'a-b.c~d_E9', 'x'.repeat(255)]) set(fits)();
  for (const fault of ['', 'x'.repeat(256), 'a b', 'a:b', 'a/b', 'ä', 'a+b']) {
    assert.throws(set(fault), /CHECK/, fault);
  }
});

test('migration 7 keeps users and refresh tokens: each user gets a UUID of its own, and no token a sign-in', async (t) => {
  const file = join(temporaryFolder(t), 'keyfob.db');
  const before = await openDatabase(file, { migrations: migrations.slice(0, 6) });
  const user =
    before.prepare(`INSERT INTO users (name, name_lower, user_store, tenant_domain, roles, enabled, created_at_ms)
    VALUES (@name, @name, 'PRIMARY', 'carbon.super', '[]', 1, 5)`);
  for (let at = 0; at < 50; at += 1) user.run({ name: `user${at}` });
  before.exec("INSERT INTO refresh_tokens VALUES (6, 1, 1, 1, 1, x'', zeroblob(32))");
  const kept = rowsOf(before, ['users', 'refresh_tokens']);
  before.close();
  const after = await openDatabase(file);
  t.after(() => after.close());
  const [users = [], refreshTokens] = rowsOf(after, ['users', 'refresh_tokens']);
  const uuids = users.map(({ uuid }) => `${uuid}`);
  assert.ok(uuids.every((uuid) => /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(uuid)));
  assert.equal(new Set(uuids).size, 50);
  assert.deepEqual([users.map(({ uuid: _, ...row }) => row)], [kept[0]]);
  assert.deepEqual(
    refreshTokens,
    kept[1]?.map((row) => ({ ...row, auth_time_ms: null, session_id: null })),
  );
  for (const change of ["users SET uuid = 'x'", "refresh_tokens SET session_id = 'x'"]) {
    assert.throws(() => after.exec(`UPDATE ${change}`), /CHECK/, change);
  }
});

test('migration 8 rejects device sets outside its constraints', async (t) => {
  const db = await openDatabase(join(temporaryFolder(t), 'keyfob.db'));
  t.after(() => db.close());
  db.pragma('foreign_keys = OFF');
  const columns = '(application_id, key_type, user_id, name, devices, scope, validity_seconds, created_at_ms)';
  const insert = (values: string) => db.exec(`INSERT INTO device_sets ${columns} VALUES (${values})`);
  insert(`1, 'PRODUCTION', NULL, 'Phones', '["a"]', '', -1, 5`);
  insert(`2, 'SANDBOX', 3, 'Phones', '["a"]', '', NULL, 5`);
  for (const values of [
    `1, 'PRODUCTION', NULL, 'Phones', '[]', '', NULL, 5`,
    `1, 'TEST', NULL, 'a', '[]', '', NULL, 5`,
    `1, 'SANDBOX', NULL, '', '[]', '', NULL, 5`,
    `1, 'SANDBOX', NULL, 'a', '{}', '', NULL, 5`,
    `1, 'SANDBOX', NULL, 'a', 'x', '', NULL, 5`,
    `1, 'SANDBOX', NULL, 'a', '[]', '', 0, 5`,
  ]) {
    assert.throws(() => insert(values), /CHECK|UNIQUE|malformed JSON/, values);
  }
});

test('migration 3 keeps the users of version 2, who have no claims, and rejects other forms', async (t) => {
  const file = join(temporaryFolder(t), 'keyfob.db');
  const before = await openDatabase(file, { migrations: [firstSchema, gatewaySchema] });
  before.exec(`INSERT INTO users (id, name, name_lower, user_store, tenant_domain, roles, enabled, created_at_ms)
    VALUES (1, 'ann', 'ann', 'PRIMARY', 'carbon.super', '["admin"]', 1, 5)`);
  const [kept = []] = rowsOf(before, ['users']);
  before.close();
  const after = await openDatabase(file);
  t.after(() => after.close());
  const [users = []] = rowsOf(after, ['users']);
  const uuid = users[0]?.uuid;
  assert.deepEqual(
    users,
    kept.map((row) => ({ ...row, claims: '{}', uuid })),
  );
  for (const claims of ['', 'x', '[]', 'null']) {
    assert.throws(() => after.prepare('UPDATE users SET claims = ?').run(claims), /CHECK/, claims);
  }
});

test('migration 4 keeps key sets and tokens opaque, and the signing key of backend JWTs', async (t) => {
  const file = join(temporaryFolder(t), 'keyfob.db');
  const before = await openDatabase(file, { migrations: [firstSchema, gatewaySchema, userClaims] });
  before.exec(`
    INSERT INTO users (id, name, name_lower, user_store, tenant_domain, roles, enabled, created_at_ms)
      VALUES (1, 'ann', 'ann', 'PRIMARY', 'carbon.super', '[]', 1, 5);
    INSERT INTO applications (id, name, owner_id, description, tier, created_at_ms) VALUES (3, 'Shop', 1, 'd', 'Gold', 6);
    INSERT INTO key_sets (id, application_id, key_type, consumer_key, consumer_secret, consumer_secret_digest, state,
      grant_types, callback_url, issue_behaviour, application_token_validity_seconds, user_token_validity_seconds,
      refresh_token_validity_seconds, allowed_origins, created_at_ms)
      VALUES (4, 3, 'PRODUCTION', 'consumer_key_of_shop', x'01', zeroblob(32), 'ACTIVE', '[]', '', 'reuse', 1, 2, 3, '[]', 7);
    INSERT INTO tokens (id, key_set_id, user_id, for_user, scope_hash, binding_ref, state, issued_at_ms, validity_ms,
      grant_type, scope, access_token, access_token_digest, reason)
      VALUES (5, 4, 1, 0, zeroblob(16), 'NONE', 'ACTIVE', 8, 9, 'password', 'default', x'02', zeroblob(32), '{}');
    INSERT INTO signing_keys (id, certificate, private_key) VALUES (6, 'a certificate', x'03');
  `);
  const tables = ['key_sets', 'tokens'];
  const kept = rowsOf(before, tables);
  before.close();

  const db = await openDatabase(file, { migrations: [firstSchema, gatewaySchema, userClaims, jwtTokensSchema] });
  t.after(() => db.close());
  const added = [{ token_format: 'opaque' }, { format: null }];
  assert.deepEqual(
    rowsOf(db, tables),
    kept.map((rows, at) => rows.map((row) => ({ ...row, ...added[at] }))),
  );
  const [[key] = []] = rowsOf(db, ['signing_keys']);
  assert.partialDeepStrictEqual(key, { id: 6, certificate: 'a certificate', algorithm: 'RS256', retired_at_ms: null });
  assert.ok(Number(key?.created_at_ms) > 0);
  assert.throws(() => db.exec("UPDATE key_sets SET token_format = 'jwt'"), /CHECK/);
  assert.throws(() => db.exec("UPDATE tokens SET format = 'opaque'"), /CHECK/);
  assert.throws(() => db.exec("UPDATE signing_keys SET algorithm = 'HS256'"), /CHECK/);
});

test('opens a database durable, checked and with an untrusted schema', async (t) => {
  const folder = temporaryFolder(t);
  const db = await openDatabase(join(folder, 'keyfob.db'));
  t.after(() => db.close());
  const settings = [
    'journal_mode',
    'synchronous',
    'fullfsync',
    'checkpoint_fullfsync',
    'foreign_keys',
    'trusted_schema',
  ];
  assert.deepEqual(
    settings.map((name) => db.pragma(name, { simple: true })),
    ['wal', 2, 1, 1, 1, 0],
  );
  db.exec("INSERT INTO settings (name, value) VALUES ('port', '1')");
  const modes = readdirSync(folder).map((name) => [name, statSync(join(folder, name)).mode & 0o777]);
  assert.deepEqual(modes, [
    ['keyfob.db', 0o600],
    ['keyfob.db-shm', 0o600],
    ['keyfob.db-wal', 0o600],
  ]);
});

test('copies an existing database before it applies pending migrations', async (t) => {
  const file = join(temporaryFolder(t), 'keyfob.db');
  const before = await openDatabase(file, { migrations: [notes] });
  before.exec("INSERT INTO notes (text) VALUES ('kept')");
  before.close();

  const after = await openDatabase(file, { migrations: [notes, noteColours] });
  assert.deepEqual(after.prepare('SELECT * FROM notes').all(), [{ id: 1, text: 'kept', colour: 'red' }]);
  assert.equal(schemaVersion(after), 2);
  assert.equal(after.pragma('foreign_keys', { simple: true }), 1);
  after.close();

  const copy = new Database(`${file}.before-2`, { readonly: true });
  assert.deepEqual(copy.prepare('SELECT * FROM notes').all(), [{ id: 1, text: 'kept' }]);
  assert.equal(schemaVersion(copy), 1);
  copy.close();
  assert.equal(statSync(`${file}.before-2`).mode & 0o777, 0o600);
  assert.equal(existsSync(`${file}.before-2.partial`), false);
});

test('copies neither a current nor a new database', async (t) => {
  const folder = temporaryFolder(t);
  const file = join(folder, 'keyfob.db');
  (await openDatabase(file, { migrations: [notes] })).close();
  (await openDatabase(file, { migrations: [notes] })).close();
  assert.deepEqual(readdirSync(folder), ['keyfob.db']);
});

test('a failing migration leaves the database unchanged', async (t) => {
  const file = join(temporaryFolder(t), 'keyfob.db');
  (await openDatabase(file, { migrations: [notes] })).close();
  const broken = adding(2, 'CREATE TABLE half (id INTEGER PRIMARY KEY) STRICT; SELECT nonsense');
  await assert.rejects(openDatabase(file, { migrations: [notes, broken] }), /nonsense/);

  const db = await openDatabase(file, { migrations: [notes] });
  t.after(() => db.close());
  assert.equal(schemaVersion(db), 1);
  assert.deepEqual(db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all(), ['notes']);
});

test('rejects a migration that breaks references', async (t) => {
  const file = join(temporaryFolder(t), 'keyfob.db');
  const dangling = adding(
    1,
    `CREATE TABLE parents (id INTEGER PRIMARY KEY) STRICT;
    CREATE TABLE children (parent_id INTEGER REFERENCES parents (id)) STRICT;
    INSERT INTO children (parent_id) VALUES (7)`,
  );
  await assert.rejects(openDatabase(file, { migrations: [dangling] }), /refer to rows that do not exist/);
});

test('refuses a database of a newer program without changing it', async (t) => {
  const folder = temporaryFolder(t);
  const file = join(folder, 'keyfob.db');
  (await openDatabase(file, { migrations: [notes, noteColours] })).close();
  await assert.rejects(openDatabase(file, { migrations: [notes] }), { code: 'database_newer', message: /version 2/ });
  assert.deepEqual(readdirSync(folder), ['keyfob.db']);
});

test('refuses noise, truncated files and foreign databases as damaged', async (t) => {
  const folder = temporaryFolder(t);
  const damaged = { name: 'KeyfobError', code: 'database_damaged' };

  const noise = join(folder, 'noise.db');
  writeFileSync(noise, 'not a database, but long enough to look at '.repeat(200));
  await assert.rejects(openDatabase(noise), damaged);

  const cut = join(folder, 'cut.db');
  (await openDatabase(cut)).close();
  truncateSync(cut, 4096);
  await assert.rejects(openDatabase(cut), damaged);

  const foreign = join(folder, 'foreign.db');
  new Database(foreign).exec('CREATE TABLE recipes (id INTEGER)').close();
  await assert.rejects(openDatabase(foreign), damaged);
});
