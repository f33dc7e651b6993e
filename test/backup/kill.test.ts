import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { openApp } from '../../main/app.ts';
import { ageTool } from '../helpers/age.ts';
import { openTestApp, passphrase } from '../helpers/app.ts';
import { entry, environmentIn, testFolder } from '../helpers/serving.ts';

const devices = Array.from({ length: 500 }, (_, at) => `device-${at}`);
const mostKills = 12;

test('an import that is killed at any instant has brought everything or nothing', async (t) => {
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
  writeFileSync(path, Buffer.from(file, 'base64'));
  const first = await openApp({ folder: home });
  await first.call('vault.create', { mode: 'passphrase', passphrase });
  await first.close();

  /** Imports, and is killed after so many milliseconds from its first sign of life in the folder. */
  const importAndKill = async (afterMs: number) => {
    const child = spawn(process.execPath, [entry, 'backup', 'import', '--file', path], {
      env: { ...environmentIn(folder), KEYFOB_BACKUP_IDENTITY: age.keyFile },
      stdio: 'ignore',
    });
    const ended = once(child, 'exit');
    await Promise.race([ended, delay(afterMs)]);
    child.kill('SIGKILL');
    await ended;
    return child.exitCode === 0;
  };
  /** What is there after it, and whether rows of an import that came to nothing were met. */
  const look = async () => {
    const app = await openApp({ folder: home });
    const rows = (await app.call('about.read', {})).tokens;
    await app.vault.unlock(passphrase);
    const { items } = await app.call('applications.list', {});
    const users = (await app.call('users.list', {})).items.map(({ username }) => username);
    const { counts } = { counts: await app.call('tokens.count', {}) };
    // What was begun is purged at the start.
    for (let waited = 0; items.length === 0 && (await app.call('about.read', {})).tokens > 0; waited += 1) {
      assert.ok(waited < 1000);
      await delay(10);
    }
    await app.close();
    return { applications: items.length, users: users.length, counts, rows };
  };

  let met = 0;
  let afterMs = 400;
  for (let kill = 0; kill < mostKills; kill += 1) {
    const done = await importAndKill(afterMs);
    const { applications, users, rows } = await look();
    if (applications === 1) {
      assert.deepEqual([users, rows], [2, contents.tokens]);
      if (!done) met += 1;
      break;
    }
    assert.deepEqual([applications, users, done], [0, 1, false]);
    if (rows > 0) met += 1;
    // Finer steps once it has begun to write.
    afterMs += rows > 0 ? 60 : 200;
  }
  if ((await look()).applications === 0) assert.equal(await importAndKill(600_000), true);
  const { applications, users, rows } = await look();
  assert.deepEqual([applications, users, rows], [1, 2, contents.tokens]);
  assert.ok(met > 0, 'no kill met an import that had begun to write');
});
