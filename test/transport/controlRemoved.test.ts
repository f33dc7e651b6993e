import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { type IncomingMessage, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { connectControl, OwnerGone, unreachable } from '../../main/transport/client.ts';
import { startControl } from '../../main/transport/control.ts';
import { readControlFile, writeControlFile } from '../../main/transport/controlFile.ts';
import { KeyfobError } from '../../preload/contract/errors.ts';
import { until } from '../helpers/until.ts';
import { dispatchOf } from './handlers.ts';

const scopes = dispatchOf({ scopes: { list: () => ({ items: [] }) } });

function folderOf(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'keyfob-'));
  t.after(() => rmSync(folder, { recursive: true }));
  return folder;
}

test('replaces a removed socket, folder or control file, and answers running calls', async (t) => {
  const folder = folderOf(t);
  const run = join(folder, 'run');
  const socketPath = () => {
    mkdirSync(run, { recursive: true, mode: 0o700 });
    return join(run, 's');
  };
  const control = await startControl({
    folder,
    socketPath,
    dispatch: scopes,
    subscribe: () => () => {},
    checkEveryMs: 10,
  });
  t.after(() => control.close());
  const call = async () => (await connectControl(folder)?.call('scopes.list', {}))?.items.length;
  const answers = () =>
    call().then(
      (items) => items === 0,
      () => false,
    );
  assert.equal(await call(), 0);
  const events = await new Promise<IncomingMessage>((resolve) => {
    const headers = { authorization: `Bearer ${readControlFile(folder)?.bearer}` };
    request({ socketPath: join(run, 's'), path: '/events', agent: false, headers }, resolve).end();
  });
  const removals = [join(run, 's'), run, join(folder, 'control.json')];
  for (const path of removals) {
    rmSync(path, { recursive: true });
    await until(`an answer after ${path} was removed`, answers);
  }
  assert.equal(events.readableEnded, false);
  await control.close();
  assert.deepEqual([existsSync(join(run, 's')), existsSync(join(folder, 'control.json'))], [false, false]);
});

test('leaves the file of a living new owner, and replaces the file of a dead one', async (t) => {
  const folder = folderOf(t);
  const socket = join(folder, 's');
  const control = await startControl({
    folder,
    socketPath: () => socket,
    dispatch: scopes,
    subscribe: () => () => {},
    checkEveryMs: 10,
  });
  t.after(() => control.close());
  const own = readControlFile(folder)?.bearer;
  const other = { socket: join(folder, 'other'), bearer: 'other' };
  const owner = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  const ended = once(owner, 'exit');
  t.after(() => owner.kill());
  writeControlFile(folder, { ...other, pid: owner.pid ?? assert.fail() });
  rmSync(socket);
  await delay(200);
  assert.equal(readControlFile(folder)?.bearer, 'other');
  assert.equal(existsSync(socket), false);

  owner.kill();
  await ended;
  await until('our own file', () => readControlFile(folder)?.bearer === own);
  await until('our own socket', () => existsSync(socket));
});

test('names an unreachable owner, with the reason', async (t) => {
  const folder = folderOf(t);
  const socketPath = join(folder, 's');
  const owned = new KeyfobError('folder_owned', '', { owner: { pid: 7, what: 'keyfob serve' } });
  writeControlFile(folder, { socket: socketPath, bearer: 'old', pid: 7 });
  const gone = await connectControl(folder)
    ?.call('scopes.list', {})
    .catch((error: unknown) => error);
  assert.ok(gone instanceof OwnerGone);
  const { code, message } = unreachable(owned, gone.message);
  assert.equal(code, 'folder_owned');
  assert.equal(
    message,
    `keyfob serve (process 7) owns the data folder and cannot be reached: its socket ${socketPath} is gone; try again in 20 seconds, or end that process.`,
  );
});
