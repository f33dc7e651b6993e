import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import Database from 'better-sqlite3';
import { acquireFolder } from '../../main/store/database/folder.ts';
import { temporaryFolder } from './stores.ts';

const modeOf = (path: string): number => statSync(path).mode & 0o777;

/** Another process that owns the folder until it is killed, without a reference to the lock. */
async function ownerProcess(t: TestContext, folder: string, what: string) {
  const program = `
    const { acquireFolder } = await import(${JSON.stringify(import.meta.resolve('../../main/store/database/folder.ts'))});
    acquireFolder(${JSON.stringify(folder)}, ${JSON.stringify(what)});
    globalThis.gc();
    console.log('owned');
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--expose-gc', '--input-type=module', '--eval', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  t.after(() => child.kill('SIGKILL'));
  assert.equal(String((await once(child.stdout, 'data'))[0]).trim(), 'owned');
  return child;
}

test('creates the folder and its files for its owner only', (t) => {
  const folder = join(temporaryFolder(t), 'deep', 'data');
  const owned = acquireFolder(folder, 'keyfob serve');
  assert.equal(modeOf(folder), 0o700);
  assert.deepEqual(
    readdirSync(folder).map((name) => [name, modeOf(join(folder, name))]),
    [
      ['owner.json', 0o600],
      ['owner.lock', 0o600],
    ],
  );
  owned.release();
});

test("removes other users' permissions on an existing folder", (t) => {
  const folder = join(temporaryFolder(t), 'open');
  mkdirSync(folder);
  chmodSync(folder, 0o755);
  acquireFolder(folder, 'keyfob serve').release();
  assert.equal(modeOf(folder), 0o700);
});

test('allows one owner at a time, and names it', (t) => {
  const folder = temporaryFolder(t);
  const first = acquireFolder(folder, 'keyfob serve');
  for (let again = 0; again < 2; again++) {
    assert.throws(() => acquireFolder(folder, 'the window'), {
      code: 'folder_owned',
      message: /owned by keyfob serve/,
      details: { owner: { pid: process.pid, what: 'keyfob serve' } },
    });
  }
  first.release();
  acquireFolder(folder, 'the window').release();
});

test('refuses another process until the owner is killed', async (t) => {
  const folder = temporaryFolder(t);
  const owner = await ownerProcess(t, folder, 'keyfob serve');
  assert.throws(() => acquireFolder(folder, 'the window'), {
    code: 'folder_owned',
    details: { owner: { pid: owner.pid, what: 'keyfob serve' } },
  });
  owner.kill('SIGKILL');
  await once(owner, 'exit');
  acquireFolder(folder, 'the window').release();
});

test('trusts the lock, not owner.json', (t) => {
  const folder = temporaryFolder(t);
  const note = join(folder, 'owner.json');
  writeFileSync(note, JSON.stringify({ pid: 1, what: 'one that was killed' }));
  const owned = acquireFolder(folder, 'keyfob serve');
  writeFileSync(note, 'not json');
  assert.throws(() => acquireFolder(folder, 'the window'), { code: 'folder_owned', details: {} });
  owned.release();
});

test('refuses a new owner while another program has the database open, without calling it the owner', async (t) => {
  const folder = temporaryFolder(t);
  const owner = await ownerProcess(t, folder, 'keyfob serve');
  owner.kill('SIGKILL');
  await once(owner, 'exit');
  const other = new Database(join(folder, 'keyfob.db'));
  other.exec('PRAGMA journal_mode = WAL; CREATE TABLE a (b)');
  const message = /^Another program has the database of the data folder open\. Close it/;
  assert.throws(() => acquireFolder(folder, 'the window'), { code: 'folder_owned', message, details: {} });
  other.close();
  acquireFolder(folder, 'the window').release();
});

test('refuses a read-only folder with a message', (t) => {
  const folder = temporaryFolder(t);
  const isRoot = process.getuid?.() === 0;
  // Root can write anywhere.
  const nobody = isRoot ? { uid: 65_534, gid: 65_534 } : {};
  if (isRoot) chownSync(folder, 65_534, 65_534);
  chmodSync(folder, 0o500);
  const program = `
    const { acquireFolder } = await import(${JSON.stringify(import.meta.resolve('../../main/store/database/folder.ts'))});
    try {
      acquireFolder(${JSON.stringify(folder)}, 'a test');
    } catch ({ code, message }) {
      console.log(code, message);
    }`;
  const args = ['--input-type=module', '--eval', program];
  const { stdout, stderr } = spawnSync(process.execPath, args, { ...nobody, encoding: 'utf8' });
  assert.match(
    stdout,
    /^refused You have no permission to use \S+ \(EACCES\)\. Check its owner and permissions\./,
    stderr,
  );
});
