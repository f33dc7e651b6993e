import assert from 'node:assert/strict';
import { hash } from 'node:crypto';
import {
  copyFileSync,
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import Database from 'better-sqlite3';
import { openApp } from '../../main/app/app.ts';
import { startEmpty } from '../../main/app/data/startEmpty.ts';
import { KeyfobError } from '../../preload/contract/errors.ts';
import { passphrase } from '../helpers/app.ts';
import { fillFolder } from '../helpers/filled.ts';
import { testFolder } from '../helpers/serving.ts';

async function filled(t: TestContext) {
  const home = join(testFolder(t), 'home');
  await fillFolder(home);
  return home;
}

const digestOf = (file: string) => hash('sha256', readFileSync(file));

/** Digests of the non-empty files of a folder, except files that each start writes. */
const contentOf = (home: string) =>
  new Map(
    readdirSync(home)
      .filter((name) => !/^owner\.|-shm$/.test(name) && statSync(join(home, name)).size > 0)
      .map((name) => [name, digestOf(join(home, name))]),
  );

/** Asserts that the folder is refused, repeatedly, and does not change. */
async function assertRefused(home: string, error: { readonly code: string; readonly message?: RegExp }): Promise<void> {
  const before = contentOf(home);
  for (let again = 0; again < 2; again += 1) await assert.rejects(openApp({ folder: home }), error);
  assert.deepEqual(contentOf(home), before);
}

const missing = {
  code: 'database_missing',
  message: /keyfob\.db is missing or empty.*Restore a copy of it.*keyfob start-empty/,
};

test('never replaces a missing database by an empty one while a vault exists', async (t) => {
  const home = await filled(t);
  const file = join(home, 'keyfob.db');
  renameSync(file, `${file}.moved`);
  await assertRefused(home, missing);
  writeFileSync(file, '');
  await assertRefused(home, missing);
  // SQLite would delete the log of an empty database, and the last data with it.
  writeFileSync(`${file}-wal`, 'what is left');
  await assertRefused(home, {
    ...missing,
    message: /a copy of it, and move keyfob\.db-wal away, as it belongs to the missing one\. /,
  });
  rmSync(`${file}-wal`);
  rmSync(file);
  new Database(file).exec('PRAGMA journal_mode = WAL; CREATE TABLE a (b); DROP TABLE a').close();
  await assertRefused(home, missing);
  // The message names the copy that an update created.
  renameSync(`${file}.moved`, `${file}.before-9`);
  writeFileSync(`${file}.before-10.partial`, '');
  await assertRefused(home, {
    ...missing,
    message: /rename keyfob\.db\.before-9, the copy of an update, to keyfob\.db/,
  });
  renameSync(`${file}.before-9`, file);
  const app = await openApp({ folder: home });
  await app.vault.unlock(passphrase);
  assert.equal((await app.call('applications.list', {})).items.length, 1);
  await app.close();
});

test('detects a vault and a database of different installations, whichever was replaced', async (t) => {
  const [home, other] = [await filled(t), await filled(t)];
  const mismatch = {
    code: 'vault_mismatch',
    message: /come from different installations\. Restore.*keyfob start-empty/,
  };
  const mixed = join(testFolder(t), 'mixed');
  cpSync(home, mixed, { recursive: true });
  copyFileSync(join(other, 'keyfob.db'), join(mixed, 'keyfob.db'));
  await assertRefused(mixed, mismatch);
  cpSync(home, mixed, { recursive: true });
  copyFileSync(join(other, 'vault.json'), join(mixed, 'vault.json'));
  await assertRefused(mixed, mismatch);
});

test('reports a log that disappeared after a kill, and reads an existing one', async (t) => {
  const home = await filled(t);
  const app = await openApp({ folder: home });
  await app.vault.unlock(passphrase);
  await app.call('applications.create', { name: 'Written last' });
  // As after a kill.
  const [killed, without] = [join(testFolder(t), 'killed'), join(testFolder(t), 'without')];
  for (const copy of [killed, without]) cpSync(home, copy, { recursive: true });
  await app.close();
  rmSync(join(without, 'keyfob.db-wal'));
  for (const [folder, told, applications] of [
    [home, 0, 2],
    [killed, 0, 2],
    [without, 1, 1],
    [without, 0, 1],
  ] as const) {
    const faults: unknown[] = [];
    const again = await openApp({ folder, onError: (error) => faults.push(error) });
    await again.vault.unlock(passphrase);
    assert.equal((await again.call('applications.list', {})).items.length, applications);
    await again.close();
    assert.equal(faults.length, told);
    for (const fault of faults) assert.match(String(fault), /its log keyfob\.db-wal has disappeared/);
  }
});

test('the doctor reports a vault.json that was lost or replaced at run time', async (t) => {
  const [home, other] = [await filled(t), await filled(t)];
  const app = await openApp({ folder: home });
  t.after(app.close);
  await app.vault.unlock(passphrase);
  const vaultFinding = async () => {
    const { items } = await app.call('doctor.run', {});
    return items.find(({ check }) => check === 'Vault');
  };
  const file = join(home, 'vault.json');
  const own = readFileSync(file);
  copyFileSync(join(other, 'vault.json'), file);
  assert.match((await vaultFinding())?.todo ?? '', /different installations/);
  writeFileSync(file, '{');
  assert.match((await vaultFinding())?.todo ?? '', /vault\.json is damaged/);
  rmSync(file);
  const gone = await vaultFinding();
  assert.match(gone?.todo ?? '', /vault\.json is missing/);
  assert.equal(gone?.todo.includes(home), false);
  writeFileSync(file, own);
  assert.equal((await vaultFinding())?.state, 'ok');
});

test('start-empty moves all remaining files aside, but refuses a usable folder', async (t) => {
  const home = await filled(t);
  const ca = readFileSync(join(home, 'ca.pem'), 'utf8');
  const before = contentOf(home);
  await assert.rejects(startEmpty(home), { code: 'conflict', message: /nothing was moved/ });
  assert.deepEqual(contentOf(home), before);

  const file = join(home, 'keyfob.db');
  truncateSync(file, statSync(file).size / 2);
  const left = contentOf(home);
  const { folder, files } = await startEmpty(home);
  assert.ok(['ca.pem', 'keyfob.db', 'vault.json'].every((name) => files.includes(name)));
  for (const name of left.keys()) {
    assert.equal(digestOf(join(folder, name)), left.get(name));
    assert.equal(existsSync(join(home, name)), false);
  }
  assert.equal(statSync(folder).mode & 0o077, 0);

  const faults: unknown[] = [];
  const app = await openApp({ folder: home, onError: (error) => faults.push(error) });
  assert.equal(app.vault.status().state, 'none');
  await app.call('vault.create', { mode: 'passphrase', passphrase });
  assert.notEqual(readFileSync(join(home, 'ca.pem'), 'utf8'), ca);
  assert.deepEqual(faults, []);
  await app.close();
});

test('start-empty also works if only vault.json is missing', async (t) => {
  const home = await filled(t);
  rmSync(join(home, 'vault.json'));
  const app = await openApp({ folder: home });
  await assert.rejects(app.call('vault.create', { mode: 'passphrase', passphrase }), { code: 'vault_exists' });
  await app.close();
  assert.ok((await startEmpty(home)).files.includes('keyfob.db'));
  const again = await openApp({ folder: home });
  await again.call('vault.create', { mode: 'passphrase', passphrase });
  await again.close();
});

test("keeps and reports another authority's certificate, and rewrites a damaged one", async (t) => {
  const [home, other] = [await filled(t), await filled(t)];
  const caFile = join(home, 'ca.pem');
  const own = readFileSync(caFile, 'utf8');
  const others = readFileSync(join(other, 'ca.pem'), 'utf8');
  const openWith = async (found: string) => {
    writeFileSync(caFile, found);
    const faults: unknown[] = [];
    const app = await openApp({ folder: home, onError: (error) => faults.push(error) });
    await app.vault.unlock(passphrase);
    const { items } = await app.call('doctor.run', {});
    await app.close();
    assert.equal(readFileSync(caFile, 'utf8'), own);
    return { faults, authority: items.find(({ check }) => check === 'Certificate authority') };
  };
  for (const found of [own.slice(0, 200), own.replaceAll('\n', '\r\n')]) {
    assert.deepEqual((await openWith(found)).faults, []);
  }
  const { faults, authority } = await openWith(others);
  const [kept = ''] = readdirSync(home).filter((name) => name.startsWith('ca.pem.before-'));
  assert.equal(readFileSync(join(home, kept), 'utf8'), others);
  assert.ok(faults[0] instanceof KeyfobError && faults[0].message.includes(kept));
  assert.equal(authority?.state, 'warning');
  assert.ok(authority.found.includes(kept));
});
