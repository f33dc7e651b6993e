import assert from 'node:assert/strict';
import { existsSync, readdirSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import Database from 'better-sqlite3';
import { checkNumbers, migrations, schemaVersion } from '../../main/store/database/migrate.ts';
import type { Migration } from '../../main/store/database/migration.ts';
import { openDatabase } from '../../main/store/database/open.ts';
import { temporaryFolder } from './stores.ts';

const adding = (number: number, sql: string): Migration => ({ number, up: (db) => db.exec(sql) });
const notes = adding(1, 'CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT) STRICT');
const noteColours = adding(2, "ALTER TABLE notes ADD COLUMN colour TEXT NOT NULL DEFAULT 'red'");

/** An application with keys, for tokens to belong to. */
const shop = `
    INSERT INTO users VALUES (1, 'admin', 'admin', 'PRIMARY', 'carbon.super', '[]', 1, NULL, NULL, 0, NULL);
    INSERT INTO applications VALUES (1, 'Shop', 1, '', 'Unlimited', 0, NULL);
    INSERT INTO key_sets VALUES (1, 1, 'PRODUCTION', 'key_key_key_key', x'03', zeroblob(32), 'ACTIVE', '[]', '',
      'reuse', 1, 1, 1, '[]', 0);
`;

test('each file of the migrations folder is listed, by its number', () => {
  const files = readdirSync(join(import.meta.dirname, '../../main/store/migrations')).sort();
  assert.deepEqual(
    files.map((name) => Number(name.slice(0, 4))),
    migrations.map(({ number }) => number),
  );
});

test('a gap and a double in the numbers are errors', () => {
  checkNumbers([notes, noteColours]);
  assert.throws(() => checkNumbers([noteColours]), /Migration 1 is missing or doubled/);
  assert.throws(() => checkNumbers([notes, notes]), /Migration 2 is missing or doubled/);
});

test('migration 1 makes the first tables, strict ones', async (t) => {
  const db = await openDatabase(join(temporaryFolder(t), 'keyfob.db'), { migrations: migrations.slice(0, 1) });
  t.after(() => db.close());
  const tables = db
    .prepare<[], { name: string; strict: number }>(
      "SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND name NOT LIKE 'sqlite_%' ORDER BY name",
    )
    .all();
  assert.deepEqual(
    tables.map(({ name }) => name),
    [
      'applications',
      'certificates',
      'key_sets',
      'refresh_tokens',
      'scopes',
      'settings',
      'token_history',
      'token_reuses',
      'tokens',
      'users',
    ],
  );
  assert.ok(tables.every(({ strict }) => strict === 1));
  assert.equal(schemaVersion(db), 1);
  assert.deepEqual(db.pragma('integrity_check'), [{ integrity_check: 'ok' }]);
});

test('migration 2 keeps tokens, their state ids and histories, and the ids that were used', async (t) => {
  const file = join(temporaryFolder(t), 'keyfob.db');
  const before = await openDatabase(file, { migrations: migrations.slice(0, 1) });
  const [live, revoked] = ['NONE', '0f8fad5b-d9cb-469f-a165-70867728950e'];
  const token = (id: number, state: string, stateId: string, historyId: number | null) =>
    `INSERT INTO tokens VALUES (${id}, 1, 1, 0, zeroblob(16), 'NONE', '${state}', '${stateId}', 1000, 2000,
      'client_credentials', ${id}, ${historyId}, 'default', x'01', zeroblob(32), '{"rule":"issued_first"}');
    INSERT INTO refresh_tokens VALUES (${id}, 1, ${id}, 1000, 2000, x'02', zeroblob(32));`;
  before.exec(`
    ${shop}
    ${token(1, 'REVOKED', revoked, 2)} ${token(2, 'ACTIVE', live, null)} ${token(9, 'ACTIVE', live, null).replaceAll('zeroblob(16)', "x'ffffffffffffffffffffffffffffffff'")}
    INSERT INTO token_history VALUES (1, NULL, 1, 1500, 'ACTIVE', '{}'), (2, 1, 1, 1600, 'REVOKED', '{}');
    DELETE FROM tokens WHERE id = 9; DELETE FROM refresh_tokens WHERE id = 9;
  `);
  before.close();

  const after = await openDatabase(file);
  t.after(() => after.close());
  assert.deepEqual(
    after.prepare(`SELECT id, state, history_id > 0 AS history, scope, hex(access_token) AS sealed FROM tokens`).all(),
    [
      { id: 1, state: 'REVOKED', history: 1, scope: 'default', sealed: '01' },
      { id: 2, state: 'ACTIVE', history: 0, scope: 'default', sealed: '01' },
    ],
  );
  assert.deepEqual(after.prepare('SELECT id, previous_id, state_id FROM token_history').raw().all(), [
    [1, null, null],
    [2, 1, revoked],
  ]);
  assert.deepEqual(after.prepare('SELECT id, token_id FROM refresh_tokens').raw().all(), [
    [1, 1],
    [2, 2],
  ]);
  assert.deepEqual(after.prepare('SELECT table_name, last FROM row_ids').raw().all(), [
    ['refresh_tokens', 9],
    ['tokens', 9],
  ]);
  assert.deepEqual(after.pragma('integrity_check'), [{ integrity_check: 'ok' }]);
  assert.deepEqual(after.pragma('foreign_key_check'), []);
});

test('version 3 adds a place for values from elsewhere, and touches no token', async (t) => {
  const file = join(temporaryFolder(t), 'keyfob.db');
  const before = await openDatabase(file, { migrations: migrations.slice(0, 2) });
  before.exec(`
    ${shop}
    INSERT INTO tokens (id, key_set_id, user_id, for_user, scope_hash, binding_ref, state, issued_at_ms, validity_ms,
      grant_type, scope, access_token, access_token_digest, reason)
    VALUES (7, 1, 1, 0, zeroblob(16), 'NONE', 'ACTIVE', 1000, 2000, 'client_credentials', 'default', x'01',
      zeroblob(32), '{}');
  `);
  const tokens = before.prepare('SELECT * FROM tokens').all();
  before.close();
  const after = await openDatabase(file, { migrations: migrations.slice(0, 3) });
  t.after(() => after.close());
  assert.deepEqual(after.prepare('SELECT * FROM tokens').all(), tokens);
  after.exec("INSERT INTO imported_values VALUES ('access', 7, zeroblob(32)), ('refresh', 7, zeroblob(32))");
  assert.throws(() => after.exec("INSERT INTO imported_values VALUES ('access', 7, zeroblob(32))"), /UNIQUE/);
  assert.throws(() => after.exec("INSERT INTO imported_values VALUES ('id', 8, zeroblob(32))"), /CHECK/);
});

test('version 4 counts what happened before from now on, and touches no row of tokens and history', async (t) => {
  const file = join(temporaryFolder(t), 'keyfob.db');
  const before = await openDatabase(file, { migrations: migrations.slice(0, 3) });
  before.exec(`
    ${shop}
    INSERT INTO tokens (id, key_set_id, user_id, for_user, scope_hash, binding_ref, state, issued_at_ms, validity_ms,
      grant_type, history_id, scope, access_token, access_token_digest, reason)
    VALUES (7, 1, 1, 0, zeroblob(16), 'NONE', 'REVOKED', 1000, 2000, 'client_credentials', 3, 'default', x'01',
      zeroblob(32), '{}');
    INSERT INTO token_history VALUES (3, NULL, 7, 1500, 'REVOKED', '{}', '0f8fad5b-d9cb-469f-a165-70867728950e');
  `);
  const rowsOf = (db: Database.Database) =>
    ['tokens', 'token_history'].map((table) => db.prepare(`SELECT * FROM ${table}`).all());
  const [tokens, [entry] = []] = rowsOf(before);
  before.close();
  const began = Date.now();
  const after = await openDatabase(file, { migrations: migrations.slice(0, 4) });
  t.after(() => after.close());
  const retired = Number(after.prepare('SELECT real_at_ms FROM token_history').pluck().get());
  assert.ok(retired >= began && retired <= Date.now());
  assert.deepEqual(rowsOf(after), [tokens, [{ ...Object(entry), real_at_ms: retired }]]);
  after.exec("UPDATE tokens SET access_token = x''; INSERT INTO dropped_values VALUES ('tokens', 7, 0)");
  assert.throws(() => after.exec("INSERT INTO dropped_values VALUES ('users', 1, 0)"), /CHECK/);
});

test('version 5 has a place for the vault it belongs to, and leaves digests of consumer secrets to whoever opens that', async (t) => {
  const file = join(temporaryFolder(t), 'keyfob.db');
  const before = await openDatabase(file, { migrations: migrations.slice(0, 4) });
  before.exec(`${shop} UPDATE key_sets SET consumer_secret_digest = x'${'ab'.repeat(32)}'`);
  const rowsOf = (db: Database.Database) => db.prepare<[], object>('SELECT * FROM key_sets').all();
  const [keySet] = rowsOf(before);
  before.close();
  const after = await openDatabase(file, { migrations: migrations.slice(0, 5) });
  t.after(() => after.close());
  assert.deepEqual(rowsOf(after), [{ ...keySet, consumer_secret_digest: Buffer.alloc(32) }]);
  assert.deepEqual(after.prepare('SELECT * FROM vault_binding').all(), []);
  after.exec("INSERT INTO vault_binding VALUES (1, 'an id', 'a check')");
  assert.throws(() => after.exec("INSERT INTO vault_binding VALUES (2, 'an id', 'a check')"), /CHECK/);
});

test('a database is durable, checked, and trusts no schema', async (t) => {
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

test('pending migrations run on rows that are there, after a copy of how they were', async (t) => {
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

test('what needs no migration is not copied, and neither is a new database', async (t) => {
  const folder = temporaryFolder(t);
  const file = join(folder, 'keyfob.db');
  (await openDatabase(file, { migrations: [notes] })).close();
  (await openDatabase(file, { migrations: [notes] })).close();
  assert.deepEqual(readdirSync(folder), ['keyfob.db']);
});

test('a migration that fails leaves the database as it was', async (t) => {
  const file = join(temporaryFolder(t), 'keyfob.db');
  (await openDatabase(file, { migrations: [notes] })).close();
  const broken = adding(2, 'CREATE TABLE half (id INTEGER PRIMARY KEY) STRICT; SELECT nonsense');
  await assert.rejects(openDatabase(file, { migrations: [notes, broken] }), /nonsense/);

  const db = await openDatabase(file, { migrations: [notes] });
  t.after(() => db.close());
  assert.equal(schemaVersion(db), 1);
  assert.deepEqual(db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all(), ['notes']);
});

test('a migration that leaves rows referring to nothing fails', async (t) => {
  const file = join(temporaryFolder(t), 'keyfob.db');
  const dangling = adding(
    1,
    `CREATE TABLE parents (id INTEGER PRIMARY KEY) STRICT;
    CREATE TABLE children (parent_id INTEGER REFERENCES parents (id)) STRICT;
    INSERT INTO children (parent_id) VALUES (7)`,
  );
  await assert.rejects(openDatabase(file, { migrations: [dangling] }), /refer to nothing/);
});

test('a database of a newer program is refused, and not touched', async (t) => {
  const folder = temporaryFolder(t);
  const file = join(folder, 'keyfob.db');
  (await openDatabase(file, { migrations: [notes, noteColours] })).close();
  await assert.rejects(openDatabase(file, { migrations: [notes] }), { code: 'database_newer', message: /version 2/ });
  assert.deepEqual(readdirSync(folder), ['keyfob.db']);
});

test('what is no database, is cut off, or is not ours is refused as damaged', async (t) => {
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
