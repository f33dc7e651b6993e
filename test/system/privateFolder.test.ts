import assert from 'node:assert/strict';
import {
  chmodSync,
  chownSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { readPrivateFile, writePrivateFile } from '../../main/system/privateFile.ts';
import { foreignFiles, openPrivateFolder } from '../../main/system/privateFolder.ts';

const someoneElse = 12_002;
const isRoot = process.geteuid?.() === 0;

function folderOf(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'keyfob-system-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

const modeOf = (path: string): number => statSync(path).mode & 0o777;

/** Files that Keyfob opens in place or reads. */
const kept = [
  'keyfob.db',
  'keyfob.db-wal',
  'vault.json',
  'owner.json',
  'owner.lock',
  'control.json',
  'window.json',
  'ca.pem',
];

test("refuses another user's folder without changing it", (t) => {
  const folder = join(folderOf(t), 'foreign');
  mkdirSync(folder, { mode: 0o755 });
  // Only root can change a folder's owner. Other users test with folders that belong to root.
  if (isRoot) chownSync(folder, someoneElse, someoneElse);
  const foreign = isRoot ? folder : '/usr';
  const whose = isRoot ? `user ${someoneElse}` : 'root';
  assert.throws(() => openPrivateFolder(foreign), {
    code: 'refused',
    message: new RegExp(`belongs to ${whose}.*KEYFOB_HOME`),
  });
  assert.equal(modeOf(foreign), 0o755);
  const link = join(folder, '../link');
  symlinkSync(foreign, link);
  assert.throws(() => openPrivateFolder(link), { code: 'refused' });
});

for (const name of kept) {
  test(`refuses ${name} as a link, a folder or another user's file`, (t) => {
    const folder = folderOf(t);
    const path = join(folder, name);
    const victim = join(folder, 'victim');
    writeFileSync(victim, 'precious');
    symlinkSync(victim, path);
    assert.throws(() => openPrivateFolder(folder), {
      code: 'refused',
      message: `${path} is a link, but Keyfob needs a file there. Move it away and try again.`,
    });
    rmSync(path);
    mkdirSync(path);
    assert.throws(() => openPrivateFolder(folder), { code: 'refused', message: /is a folder/ });
    rmSync(path, { recursive: true });
    writeFileSync(path, '');
    if (isRoot) {
      chownSync(path, someoneElse, someoneElse);
      const message = `${path} belongs to user ${someoneElse}, not to you. If you trust it, change its owner: sudo chown 0:0 ${path}`;
      assert.throws(() => openPrivateFolder(folder), { code: 'refused', message });
      assert.deepEqual(foreignFiles(folder), [name]);
      chownSync(path, 0, 0);
    }
    chmodSync(path, 0o666);
    chmodSync(folder, 0o777);
    openPrivateFolder(folder);
    assert.equal(modeOf(path), name === 'ca.pem' ? 0o644 : 0o600);
    assert.equal(modeOf(folder), 0o700);
    assert.equal(readFileSync(victim, 'utf8'), 'precious');
  });
}

test('leaves other files unchanged', (t) => {
  const folder = folderOf(t);
  symlinkSync('/nowhere', join(folder, 'notes'));
  writeFileSync(join(folder, 'shared.txt'), '');
  chmodSync(join(folder, 'shared.txt'), 0o644);
  openPrivateFolder(folder);
  assert.equal(modeOf(join(folder, 'shared.txt')), 0o644);
});

test('replaces a file atomically, and replaces links without following them', (t) => {
  const folder = folderOf(t);
  const [path, victim] = [join(folder, 'vault.json'), join(folder, 'victim')];
  writeFileSync(victim, 'precious');
  symlinkSync(victim, path);
  symlinkSync(victim, `${path}.new`);
  writePrivateFile(path, 'secret', { durable: true });
  assert.equal(lstatSync(path).isFile(), true);
  assert.equal(modeOf(path), 0o600);
  assert.equal(readPrivateFile(path), 'secret');
  assert.equal(readFileSync(victim, 'utf8'), 'precious');
  writePrivateFile(path, 'public', { mode: 0o644 });
  assert.equal(modeOf(path), 0o644);
  mkdirSync(join(folder, 'taken'));
  assert.throws(() => writePrivateFile(join(folder, 'taken'), ''), {
    code: 'refused',
    message: /taken is not the kind of file/,
  });
});

test('refuses to read a file that others can write', (t) => {
  const folder = folderOf(t);
  const [path, link] = [join(folder, 'control.json'), join(folder, 'link')];
  writePrivateFile(path, '{}');
  symlinkSync(path, link);
  assert.throws(() => readPrivateFile(link), { code: 'ELOOP' });
  chmodSync(path, 0o606);
  assert.throws(() => readPrivateFile(path), { code: 'refused' });
  chmodSync(path, 0o600);
  if (isRoot) {
    chownSync(path, someoneElse, someoneElse);
    assert.throws(() => readPrivateFile(path), { code: 'refused' });
  }
});
