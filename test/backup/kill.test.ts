import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { openApp } from '../../main/app/app.ts';
import { ageTool } from '../helpers/age.ts';
import { openTestApp, passphrase } from '../helpers/app.ts';
import { entry, environmentIn, testFolder } from '../helpers/serving.ts';
import { until } from '../helpers/until.ts';

const devices = Array.from({ length: 500 }, (_, at) => `device-${at}`);
/** When to kill, as fractions of the time that an import writes. */
const instants = [0.1, 0.3, 0.5, 0.7, 0.85, 0.95, 1];

test('a killed import has imported everything or nothing', async (t) => {
  const age = ageTool(t);
  const from = await openTestApp();
  t.after(from.close);
  const { call } = from.app;
  await call('users.create', { username: 'tester', password: 's3cret' });
  await call('applications.create', { name: 'Shop', owner: 'tester' });
  await call('keys.generate', { application: 'Shop', keyType: 'PRODUCTION' });
  for (const round of [1, 2, 3, 4]) {
    const device = devices.map((name) => `${name}-${round}`);
    await call('devices.mint', { application: 'Shop', keyType: 'PRODUCTION', username: 'tester', device });
  }
  const { file, contents } = await call('backup.export', { recipients: [age.recipient] });

  const folder = testFolder(t);
  const home = join(folder, 'home');
  const path = join(folder, 'house.age');
  const before = join(folder, 'before');
  writeFileSync(path, Buffer.from(file, 'base64'));
  const first = await openApp({ folder: before });
  await first.call('vault.create', { mode: 'passphrase', passphrase });
  await first.close();

  const logSize = () => statSync(join(home, 'keyfob.db-wal'), { throwIfNoEntry: false })?.size ?? 0;
  /** Imports into a copy of the first folder, and kills it after this time of writing. Gives how long it wrote. */
  const importFor = async (limitMs: number): Promise<{ readonly ranMs: number; readonly done: boolean }> => {
    rmSync(home, { recursive: true, force: true });
    cpSync(before, home, { recursive: true });
    const child = spawn(process.execPath, [entry, 'backup', 'import', '--file', path], {
      env: { ...environmentIn(folder), KEYFOB_BACKUP_IDENTITY: age.keyFile },
      stdio: 'ignore',
    });
    const ended = once(child, 'exit');
    // More than the few pages that an opening writes.
    while (logSize() < 200_000 && child.exitCode === null) await delay(1);
    const beganMs = performance.now();
    await Promise.race([ended, delay(Math.min(limitMs, 600_000), undefined, { ref: false })]);
    child.kill('SIGKILL');
    await ended;
    return { ranMs: performance.now() - beganMs, done: child.exitCode === 0 };
  };
  /** The content of the folder afterwards, and the number of token rows at the start. */
  const look = async () => {
    const app = await openApp({ folder: home });
    const tokens = async () => (await app.call('about.read', {})).tokens;
    const rows = await tokens();
    await app.vault.unlock(passphrase);
    const applications = (await app.call('applications.list', {})).items.length;
    const users = (await app.call('users.list', {})).items.length;
    // An unfinished import is purged at the start.
    if (applications === 0) await until('the purge', async () => (await tokens()) === 0);
    await app.close();
    return { applications, users, rows };
  };

  const whole = await importFor(Number.POSITIVE_INFINITY);
  assert.equal(whole.done, true);
  const all = { applications: 1, users: 2, rows: contents.tokens };
  assert.deepEqual(await look(), all);
  let begun = 0;
  for (const instant of instants) {
    const { done } = await importFor(instant * whole.ranMs);
    const { rows, ...shown } = await look();
    if (done || shown.applications === 1) assert.deepEqual({ ...shown, rows }, all);
    else assert.deepEqual(shown, { applications: 0, users: 1 });
    if (shown.applications === 0 && rows > 0) begun += 1;
  }
  assert.ok(begun > 0, 'no kill met an import that had begun to write');
});
