import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
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
