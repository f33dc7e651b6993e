import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { type TestContext, test } from 'node:test';

const root = resolve(import.meta.dirname, '../..');

/** A Node that claims to be old, in the first process only. */
const pretendOld = `
if (!process.env.PRETENDED) {
  process.env.PRETENDED = '1';
  const versions = { ...process.versions, node: '20.11.0' };
  Object.defineProperties(process, { versions: { value: versions }, version: { value: 'v20.11.0' } });
}`;

/** The entry in a separate project, whose command line is `program`. */
function project(t: TestContext, program: string) {
  const folder = mkdtempSync(join(tmpdir(), 'keyfob-'));
  t.after(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, 'main/system'), { recursive: true });
  for (const file of ['cli.mjs', 'system/nodeVersion.mjs'])
    cpSync(join(root, 'main', file), join(folder, 'main', file));
  writeFileSync(join(folder, 'main/cli.ts'), program);
  writeFileSync(join(folder, 'old.mjs'), pretendOld);
  mkdirSync(join(folder, 'node_modules/vite'), { recursive: true });
  writeFileSync(join(folder, 'node_modules/vite/package.json'), '{}');
  const giveOwnNode = () => {
    // The folder into which npm installs it.
    const own = relative(root, realpathSync(join(root, 'node_modules/.bin/node')));
    mkdirSync(join(folder, dirname(own)), { recursive: true });
    symlinkSync(process.execPath, join(folder, own));
  };
  const args = ['--import', join(folder, 'old.mjs'), join(folder, 'main/cli.mjs')];
  return { folder, args, giveOwnNode };
}

test('under an old Node the entry restarts itself with the Node of the project', (t) => {
  const { args, giveOwnNode } = project(
    t,
    `const { stdin, argv, versions } = process;
    for await (const chunk of stdin) console.log(JSON.stringify([versions.node, argv.slice(2), String(chunk)]));
    process.exitCode = 7;`,
  );
  giveOwnNode();
  const { status, stdout, stderr } = spawnSync(process.execPath, [...args, 'a b', '--x'], {
    input: 'hello',
    encoding: 'utf8',
  });
  assert.equal(stderr, '');
  assert.deepEqual(JSON.parse(stdout), [process.versions.node, ['a b', '--x'], 'hello']);
  assert.equal(status, 7);
});

test('without a new Node the entry prints what to install', (t) => {
  const { args } = project(t, 'throw new Error("not to be reached");');
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  assert.equal(stdout, '');
  assert.equal(
    stderr,
    'Keyfob needs Node 24 or newer, but this is v20.11.0. Install it, or run `npm ci`, which installs a copy for this project.\n',
  );
  assert.equal(status, 1);
});

test('without development packages the entry prints how to install them, under any Node', (t) => {
  const { folder, args } = project(t, "import 'commander';");
  cpSync(join(root, 'main/start.mjs'), join(folder, 'main/start.mjs'));
  rmSync(join(folder, 'node_modules/vite'), { recursive: true });
  for (const run of [args, args.slice(-1), [join(folder, 'main/start.mjs')]]) {
    const { status, stdout, stderr } = spawnSync(process.execPath, run, { encoding: 'utf8' });
    assert.deepEqual([status, stdout], [1, '']);
    assert.match(stderr, /^Keyfob's development packages .*\. Run `npm ci --include=dev`\.\n$/);
  }
});

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  test(`${signal} is passed to the child, and its exit code back`, async (t) => {
    const { args, giveOwnNode } = project(
      t,
      `process.once('${signal}', () => { console.log('stopping'); process.exit(3); });
      console.log('ready');
      setInterval(() => {}, 1000);`,
    );
    giveOwnNode();
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    let out = '';
    for await (const chunk of child.stdout) {
      if (out === '') child.kill(signal);
      out += chunk;
    }
    const code = child.exitCode ?? (await new Promise((exited) => child.once('exit', exited)));
    assert.equal(out, 'ready\nstopping\n');
    assert.equal(code, 3);
  });
}

test('a child that a signal ended ends the parent by the same signal', async (t) => {
  const { args, giveOwnNode } = project(t, `process.kill(process.pid, 'SIGKILL'); setInterval(() => {}, 1000);`);
  giveOwnNode();
  assert.equal(spawnSync(process.execPath, args).signal, 'SIGKILL');
});

test('SIGUSR1 opens no debugger, in the program or in the old Node above it', async (t) => {
  const { args, giveOwnNode } = project(
    t,
    `const { url } = await import('node:inspector');
    const kill = (pid) => { try { process.kill(pid, 'SIGUSR1'); } catch {} };
    kill(process.pid);
    kill(process.ppid);
    // Node's own handler opens the debugger on a separate thread.
    for (let look = 0; look < 20; look += 1) await new Promise((next) => setTimeout(next, 10));
    console.log(JSON.stringify([process.execArgv, url() ?? null]));`,
  );
  giveOwnNode();
  const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  // A debugger would print its address.
  assert.equal(stderr, '');
  const [execArgv, url] = JSON.parse(stdout);
  assert.equal(url, null);
  assert.equal(execArgv[0], '--disable-sigusr1');
});
