import assert from 'node:assert/strict';
import { existsSync, readdirSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import Database from 'better-sqlite3';
import { checkNumbers, migrations, schemaVersion } from '../../main/store/database/migrate.ts';
import { openDatabase } from '../../main/store/database/open.ts';
import type { Migration } from '../../main/store/migrations/migration.ts';
import { temporaryFolder } from './stores.ts';

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

test('migration 1 creates all tables as STRICT', async (t) => {
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
      'applications',
      'certificates',
      'deleted_values',
      'imported_values',
      'key_sets',
      'refresh_tokens',
      'row_ids',
      'scopes',
      'settings',
      'token_history',
      'token_reuses',
      'tokens',
      'users',
      'vault_binding',
    ],
  );
  assert.ok(tables.every(({ strict }) => strict === 1));
  assert.equal(schemaVersion(db), 1);
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
