import assert from 'node:assert/strict';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { controlSocketPath } from '../../main/platform/folders.ts';
import { environmentIn, startServing, testFolder } from '../helpers/serving.ts';
import { straceTo } from '../helpers/strace.ts';

/** A way to make one step of a start fail. */
interface Obstacle {
  readonly flags?: readonly string[];
  /** A command to run it under. */
  readonly under?: readonly string[];
  readonly says: RegExp;
  /** Removes the cause. */
  clear?(): void;
}

/** A folder with content in place of a file. */
function folderAt(path: string): Pick<Obstacle, 'clear'> {
  mkdirSync(join(path, 'x'), { recursive: true });
  return { clear: () => rmSync(path, { recursive: true }) };
}

const unwritable =
  (name: string) =>
  (home: string): Obstacle => ({
    ...folderAt(join(home, `${name}.new`)),
    says: new RegExp(`${name}\\.new is not the kind of file`),
  });

/** No space for the content of one file. */
const full =
  (name: string) =>
  (home: string): Obstacle => {
    const path = join(home, name);
    const noRoom = [`--trace-path=${path}.new`, '--inject=write:error=ENOSPC'];
    const says = new RegExp(`"code":"storage_full","message":"There is no room for ${path}\\.`);
    return { under: straceTo(join(dirname(home), 'strace.log'), ['write'], noRoom), says };
  };

function takenSocket(home: string): Obstacle {
  const socket = controlSocketPath(home, environmentIn(dirname(home)), process.platform);
  return { ...folderAt(socket), says: /\.sock is not the kind of file/ };
}

async function takenPort(_home: string, t: TestContext): Promise<Obstacle> {
  const other = createServer();
  await new Promise<void>((listening) => other.listen(0, '127.0.0.1', listening));
  t.after(() => other.close());
  const { port } = other.address() as { readonly port: number };
  return { flags: ['--ui-port', String(port)], says: new RegExp(`"port_in_use","message":"Port ${port} is`) };
}

test('a start that fails at any step prints the error, exits, and does not block the next start', async (t) => {
  const folder = testFolder(t);
  const home = join(folder, 'home');
  mkdirSync(home, { mode: 0o700 });
  // In the order of the steps: a file of an earlier step is not written again.
  const files = ['owner.json', 'vault.json', 'ca.pem', 'control.json'].map(unwritable);
  const steps = [...files, full('control.json'), takenSocket, takenPort];
  for (const put of steps) {
    const { flags = [], under = [], says, clear } = await put(home, t);
    const failed = startServing(t, folder, under, ['--json', ...flags]);
    assert.deepEqual(await failed.ended, [1, null], failed.output().stderr);
    const { stdout, stderr } = failed.output();
    assert.match(stderr, says);
    assert.doesNotMatch(stderr, /Unexpected/);
    assert.equal(stdout, '');
    assert.equal(existsSync(join(home, 'control.json')), false);
    clear?.();
  }
  const next = startServing(t, folder);
  await next.ready;
  next.kill('SIGTERM');
  assert.deepEqual(await next.ended, [0, null], next.output().stderr);
});
