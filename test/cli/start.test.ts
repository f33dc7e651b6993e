import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, globSync, mkdirSync, readFileSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { type TestContext, test } from 'node:test';
import { environmentIn, testFolder } from '../helpers/serving.ts';

const start = resolve(import.meta.dirname, '../../main/start.mjs');

test('npm start prints why it opens a browser, and a link that opens the window', async (t) => {
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
  assert.match(lines[0] ?? '', /^No display found, so Keyfob opens in your browser\.$/);
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

/** Runs `npm start` with a display and a script in place of Electron. */
function startWith(t: TestContext, script: string, args: readonly string[] = []) {
  const folder = testFolder(t);
  writeFileSync(join(folder, 'electron'), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  const env = { ...environmentIn(join(folder, 'home')), DISPLAY: ':7', ELECTRON_OVERRIDE_DIST_PATH: folder };
  const child = spawn(process.execPath, [start, '--no-open', ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  t.after(() => child.kill('SIGKILL'));
  return { child, lines: createInterface(child.stdout)[Symbol.asyncIterator]() };
}

test('npm start runs Electron if it is installed, passes the arguments on, and exits with its code', async (t) => {
  const { child, lines } = startWith(t, 'echo "started with $*"; exit 0', ['--no-sandbox']);
  const root = resolve(import.meta.dirname, '../..');
  assert.equal((await lines.next()).value, `started with ${root} --no-open --no-sandbox`);
  const [code] = await once(child, 'exit');
  assert.equal(code, 0);
});

const badEnds = [
  { script: 'exit 127', why: /^Electron did not start \(exit code 127\), so Keyfob opens in your browser\.$/ },
  {
    script: 'kill -ABRT $$',
    why: /^Electron did not start \(SIGABRT\), so Keyfob opens in your browser\.$/,
  },
  { script: 'kill -TRAP $$', why: /^Electron did not start \(SIGTRAP: .*sandbox.*AppArmor.*--no-sandbox/ },
  {
    script: 'kill -TERM $$',
    why: /^Electron did not start \(SIGTERM\), so Keyfob opens in your browser\.$/,
  },
];

for (const { script, why } of badEnds) {
  test(`an Electron that ends at once by \`${script}\` counts as not started, and the window opens in a browser`, async (t) => {
    const { child, lines } = startWith(t, script, ['--no-sandbox', '--ozone-platform=x11']);
    assert.match((await lines.next()).value ?? '', why);
    assert.match((await lines.next()).value ?? '', /^Open this link \(works once\): http:/);
    child.kill('SIGTERM');
    const [code] = await once(child, 'exit');
    assert.equal(code, 0);
  });
}

test('an Electron that we stop has not failed', async (t) => {
  const { child, lines } = startWith(t, 'echo ready; exec sleep 60');
  await lines.next();
  child.kill('SIGTERM');
  const [code] = await once(child, 'exit');
  assert.equal(code, 1);
  assert.equal((await lines.next()).done, true, 'nothing is served to a browser');
});

/** A copy of the built project in a folder with this name. */
function projectIn(t: TestContext, name: string): string {
  const root = resolve(import.meta.dirname, '../..');
  const folder = join(testFolder(t), name);
  mkdirSync(folder);
  const files = globSync(['package*.json', 'vite*.ts', 'main', 'preload', 'build/{main,renderer}'], { cwd: root });
  for (const file of files) cpSync(join(root, file), join(folder, file), { recursive: true, preserveTimestamps: true });
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  return folder;
}

/** Runs `npm start` there without a display, until it prints the link to the window, or ends. */
async function startIn(t: TestContext, folder: string) {
  const env = environmentIn(join(folder, 'home'));
  const child = spawn(process.execPath, [join(folder, 'main/start.mjs'), '--port', '0'], { env, stdio: 'pipe' });
  t.after(() => child.kill('SIGKILL'));
  const ended = once(child, 'exit');
  const errors = text(child.stderr);
  for await (const line of createInterface(child.stdout)) {
    if (!line.startsWith('Open this link')) continue;
    child.kill('SIGTERM');
    await ended;
    return { line };
  }
  const [code] = await ended;
  return { code, errors: await errors };
}

test('npm start works in a folder of any name if nothing is stale, else an error names the folder to rename', async (t) => {
  const folder = projectIn(t, 'my 100%41 a#b? é');
  const { line, errors } = await startIn(t, folder);
  assert.match(line ?? '', /^Open this link \(works once\): http:/, errors);
  utimesSync(join(folder, 'package.json'), new Date(), new Date());
  assert.deepEqual(await startIn(t, folder), {
    code: 1,
    errors: `Cannot build the window in a folder with #, ? or * in its path. Rename or move ${folder}.\n`,
  });
});

test('no module is imported by a path, which some folder names turn into another URL', () => {
  const root = resolve(import.meta.dirname, '../..');
  for (const file of globSync('{main,preload,test}/**/*.{ts,mjs}', { cwd: root })) {
    const source = readFileSync(join(root, file), 'utf8');
    assert.doesNotMatch(source, /\bimport\((?:join|resolve|posix|win32|fileURLToPath)\b|[`'"]file:\/\/\$\{/, file);
  }
});
