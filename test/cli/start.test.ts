import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { type TestContext, test } from 'node:test';
import { environmentIn, testFolder } from '../helpers/serving.ts';

const start = resolve(import.meta.dirname, '../../main/start.mjs');

test('npm start says why there is no window of its own, and the address that it prints opens the window', async (t) => {
  const home = join(testFolder(t), 'home');
  const env = { ...environmentIn(home), DISPLAY: '', WAYLAND_DISPLAY: '' };
  const child = spawn(process.execPath, [start], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  t.after(() => child.kill('SIGKILL'));
  const lines: string[] = [];
  let address: URL | undefined;
  for await (const line of createInterface(child.stdout)) {
    lines.push(line);
    const [found] = /http:\S+/.exec(line) ?? [];
    if (found === undefined) continue;
    address = new URL(found);
    break;
  }
  assert.match(lines[0] ?? '', /^No window of its own: there is no display; serving the window to a browser\.$/);
  assert.ok(address, lines.join('\n'));
  const page = await fetch(address);
  assert.equal(page.status, 200);
  assert.match(await page.text(), /<title>Keyfob<\/title>/);
  const session = await fetch(new URL('/session', address), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token: address.hash.replace('#token=', '') }),
  });
  assert.equal(session.status, 200);

  child.kill('SIGTERM');
  const [code] = await once(child, 'exit');
  assert.equal(code, 0);
});

/** A program in Electron's place, and what `npm start` with a display does with it. */
function startWith(t: TestContext, script: string) {
  const folder = testFolder(t);
  writeFileSync(join(folder, 'electron'), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  const env = { ...environmentIn(join(folder, 'home')), DISPLAY: ':7', ELECTRON_OVERRIDE_DIST_PATH: folder };
  const child = spawn(process.execPath, [start, '--no-open'], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  t.after(() => child.kill('SIGKILL'));
  return child;
}

test('npm start picks Electron where its program is, and ends as that ends', async (t) => {
  const child = startWith(t, 'echo "started with $1"; exit 0');
  const [line] = await once(createInterface(child.stdout), 'line');
  assert.equal(line, `started with ${resolve(import.meta.dirname, '../..')}`);
  const [code] = await once(child, 'exit');
  assert.equal(code, 0);
});

test('an Electron that does not start is said to, and the window is served to a browser', async (t) => {
  const child = startWith(t, 'exit 127');
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const why = 'No window of its own: Electron ended with 127 as it started; serving the window to a browser.';
  assert.equal((await lines.next()).value, why);
  assert.match((await lines.next()).value ?? '', /^Window \(the address works once\): http:/);
  child.kill('SIGTERM');
  const [code] = await once(child, 'exit');
  assert.equal(code, 0);
});
