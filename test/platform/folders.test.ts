import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { controlSocketPath, dataFolder } from '../../main/platform/folders.ts';

const systemTemp = tmpdir();
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(systemTemp, 'kf-'));
  process.env.TMPDIR = folder;
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('KEYFOB_HOME wins on every system, and a relative path becomes absolute', () => {
  assert.equal(dataFolder({ KEYFOB_HOME: '/data/k', XDG_DATA_HOME: '/xdg' }, 'linux'), '/data/k');
  assert.equal(dataFolder({ KEYFOB_HOME: '/data/k', HOME: '/Users/ann' }, 'darwin'), '/data/k');
  assert.equal(dataFolder({ KEYFOB_HOME: 'D:\\k', APPDATA: 'C:\\a' }, 'win32'), 'D:\\k');
  assert.equal(dataFolder({ KEYFOB_HOME: 'here' }, 'linux'), join(process.cwd(), 'here'));
});

test('without KEYFOB_HOME, each system has its own place', () => {
  assert.equal(dataFolder({ HOME: '/home/ann', XDG_DATA_HOME: '/xdg' }, 'linux'), '/xdg/keyfob');
  assert.equal(
    dataFolder({ HOME: '/home/ann', XDG_DATA_HOME: 'not/absolute' }, 'linux'),
    '/home/ann/.local/share/keyfob',
  );
  assert.equal(dataFolder({ HOME: '/home/ann', KEYFOB_HOME: '' }, 'linux'), '/home/ann/.local/share/keyfob');
  assert.equal(dataFolder({}, 'linux'), join(homedir(), '.local/share/keyfob'));
  assert.equal(dataFolder({ HOME: '/Users/ann' }, 'darwin'), '/Users/ann/Library/Application Support/Keyfob');
  assert.equal(
    dataFolder({ APPDATA: 'C:\\Users\\ann\\AppData\\Roaming' }, 'win32'),
    'C:\\Users\\ann\\AppData\\Roaming\\Keyfob',
  );
  assert.equal(dataFolder({ USERPROFILE: 'C:\\Users\\ann' }, 'win32'), 'C:\\Users\\ann\\AppData\\Roaming\\Keyfob');
});

test('places the socket in the runtime folder, named by the real path of the data folder', () => {
  const [data, other, link, runtime] = ['data', 'other', 'link', 'run'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
    string,
  ];
  for (const path of [data, other, runtime]) mkdirSync(path, { mode: 0o700 });
  symlinkSync(data, link);
  const env = { XDG_RUNTIME_DIR: runtime };
  const path = controlSocketPath(data, env, 'linux');
  assert.match(path.slice(runtime.length), /^\/keyfob-[0-9a-f]{16}\.sock$/);
  assert.equal(controlSocketPath(link, env, 'linux'), path);
  assert.notEqual(controlSocketPath(other, env, 'linux'), path);
});

test('uses our own runtime folder when the given one is missing, relative, open to others or too long', () => {
  const open = join(folder, 'open');
  mkdirSync(open);
  chmodSync(open, 0o755);
  const long = join(folder, 'l'.repeat(90));
  mkdirSync(long, { mode: 0o700 });
  for (const runtime of [undefined, 'run', join(folder, 'absent'), open, long]) {
    const path = controlSocketPath(folder, { XDG_RUNTIME_DIR: runtime }, 'linux');
    assert.equal(join(path, '../..'), folder);
    assert.equal(statSync(join(path, '..')).mode & 0o777, 0o700);
  }
});

test('never uses a folder that others can enter, even as the last choice', () => {
  const path = controlSocketPath(folder, {}, 'linux');
  chmodSync(join(path, '..'), 0o770);
  assert.throws(() => controlSocketPath(folder, {}, 'linux'), { code: 'refused', message: /XDG_RUNTIME_DIR/ });
});

test('uses a named pipe on Windows', () => {
  assert.match(controlSocketPath(folder, {}, 'win32'), /^\\\\\.\\pipe\\keyfob-[0-9a-f]{16}$/);
});
