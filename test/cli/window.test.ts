import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { command, type Place, passphrase, place } from './keyfob.ts';

const json = { 'content-type': 'application/json' };

/** Opens a session at an address of the window. Returns a function that calls methods in it. */
async function openAt(url: string): Promise<(method: string, input: object) => Promise<unknown>> {
  const { origin, hash } = new URL(url);
  const token = hash.replace('#token=', '');
  const opened = await fetch(`${origin}/session`, { method: 'POST', headers: json, body: JSON.stringify({ token }) });
  assert.equal(opened.status, 200);
  const { bearer } = (await opened.json()) as { bearer: string };
  return async (method, input) => {
    const headers = { ...json, authorization: `Bearer ${bearer}` };
    const answer = await fetch(`${origin}/call`, { method: 'POST', headers, body: JSON.stringify({ method, input }) });
    const lines = (await answer.text()).trim().split('\n');
    return JSON.parse(lines.at(-1) ?? '').reply;
  };
}

const noVault = { KEYFOB_PASSPHRASE: undefined };

test('the window opens without a vault, and creating one there starts the endpoint', async (t) => {
  const here = place(t);
  const window = await here.window('--port 0', noVault);
  const url = /^Open this link \(works once\): (http:\/\/127\.0\.0\.1:\d+\/#token=[\w-]{43})$/.exec(window.line)?.[1];
  assert.ok(url, window.line);
  const call = await openAt(url);
  assert.partialDeepStrictEqual(await call('vault.status', {}), { ok: true, output: { state: 'none' } });
  assert.partialDeepStrictEqual(await call('users.list', {}), { ok: false, error: { code: 'vault_none' } });
  assert.partialDeepStrictEqual(await call('vault.create', { mode: 'passphrase', passphrase }), { ok: true });
  await window.says(/^Token endpoint +https:\/\/localhost:\d+\/token\n(?:.*\n)*Press Ctrl-C to stop\.$/m);
  assert.partialDeepStrictEqual(await call('users.list', {}), { ok: true });
  window.kill('SIGINT');
  assert.deepEqual({ ...(await window.ended), stdout: '' }, { code: 0, stdout: '', stderr: '' });
});

test('with a vault that needs no prompt the endpoint starts too, and a taken port does not hide the window', async (t) => {
  const here = place(t);
  const other = createServer();
  await new Promise<void>((listening) => other.listen(0, '127.0.0.1', listening));
  t.after(() => other.close());
  const { port } = other.address() as { port: number };
  const window = await here.window(`--port ${port} --json`);
  const { windowUrl, pid } = JSON.parse(window.line);
  assert.equal(pid, window.pid);
  const call = await openAt(windowUrl);
  assert.partialDeepStrictEqual(await call('vault.status', {}), { ok: true, output: { state: 'unlocked' } });
  window.kill('SIGTERM');
  const { code, stdout, stderr } = await window.ended;
  assert.deepEqual([code, stdout], [0, `${window.line}\n`]);
  assert.equal(JSON.parse(stderr.trim().split('\n').at(-1) ?? '').error.code, 'port_in_use');
});

test('serve has a window too, and prints its address', async (t) => {
  const here = place(t);
  const serving = await here.serve('--port 0 --json');
  const { windowUrl } = JSON.parse(serving.line);
  const call = await openAt(windowUrl);
  assert.partialDeepStrictEqual(await call('endpoint.status', {}), { ok: true, output: { running: true } });

  const second = await here.bash('keyfob window --no-open');
  assert.equal(second.code, 0);
  assert.match(
    second.stderr,
    new RegExp(`^This is the window of keyfob serve \\(process ${serving.pid}\\), which owns the data folder\\.\\n$`),
  );
  const [, url = ''] = /^Open this link \(works once\): (\S+)\n$/.exec(second.stdout) ?? [];
  assert.equal(new URL(url).origin, new URL(windowUrl).origin);
  assert.notEqual(url, windowUrl);
  await openAt(url);
  const forPrograms = await here.bash('keyfob window --json');
  assert.partialDeepStrictEqual(JSON.parse(forPrograms.stdout), { pid: serving.pid });
});

test('serve prints a link to its window', async (t) => {
  const serving = await place(t).serve('--port 0');
  const [, url = ''] = await serving.says(/^Window \(opens once\) +(\S+)\n/m);
  await openAt(url);
});

test('serve --wait prints a link to the window, which can create the vault', async (t) => {
  const here = place(t);
  const { code, stdout, stderr } = await here.bash(`
    touch out err
    env -u KEYFOB_PASSPHRASE ${command} serve --wait --port 0 --ui-port 0 --json >out 2>err &
    serve=$!
    grep -om1 'the window: .*' <(tail -f --pid=$serve err)
    kill $serve; wait $serve`);
  assert.equal(code, 0, stderr);
  assert.match(stdout, /^the window: http:\/\/127\.0\.0\.1:\d+\/#token=[\w-]{43}\n$/);
});

test('serve --no-window has no window to show', async (t) => {
  const here = place(t);
  const serving = await here.serve('--port 0 --no-window --json');
  assert.equal(JSON.parse(serving.line).windowUrl, undefined);
  const asked = await here.bash('keyfob window');
  assert.deepEqual([asked.code, asked.stdout], [1, '']);
  assert.match(asked.stderr, /serves no window\. Restart it without --no-window\.$/m);
});

test('--ui-port chooses the port of the window', async (t) => {
  const here = place(t);
  const first = await here.window('--json', noVault);
  const { port } = new URL(JSON.parse(first.line).windowUrl);
  first.kill('SIGTERM');
  await first.ended;
  const second = await here.window(`--json --ui-port ${port}`, noVault);
  assert.equal(new URL(JSON.parse(second.line).windowUrl).port, port);
  const elsewhere = place(t);
  const taken = await elsewhere.bash(`keyfob serve --port 0 --ui-port ${port} --json`);
  assert.equal(taken.code, 1);
  assert.partialDeepStrictEqual(JSON.parse(taken.stderr.trim().split('\n').at(-1) ?? ''), {
    error: { code: 'port_in_use', details: { port: { taken: Number(port) } } },
  });
});

test('without --ui-port the port is 8242, or a free one that the terminal shows', async (t) => {
  const other = createServer();
  // Another process on the port works for this test too.
  await new Promise<unknown>((done) => other.once('error', done).listen(8242, '127.0.0.1', () => done(undefined)));
  t.after(() => other.close());
  const shown = await place(t).bash(`
    touch out err
    env -u KEYFOB_PASSPHRASE ${command} window --no-open >out 2>err & window=$!
    grep -qm1 'works once' <(tail -f --pid=$window out)
    kill $window; wait $window; cat out; cat err >&2`);
  const [, port] = /: http:\/\/127\.0\.0\.1:(\d+)\//.exec(shown.stdout) ?? [];
  assert.notEqual(port, '8242');
  assert.equal(shown.stderr, `Port 8242 is in use, so the window is on port ${port}.\n`);
});

/** A program with the name of a browser, which logs its environment and arguments. */
function pretendBrowser(t: TestContext, here: Place): { readonly env: Record<string, string>; readonly log: string } {
  t.diagnostic('a browser that only notes its environment and arguments');
  const folder = join(here.home, '..', 'bin');
  const log = join(here.home, '..', 'browser.log');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'chromium'), `#!/bin/sh\nenv >>'${log}'\necho "$@" >>'${log}'\n`);
  writeFileSync(log, '');
  chmodSync(join(folder, 'chromium'), 0o755);
  return { env: { PATH: `${folder}:${process.env.PATH}`, KEYFOB_BACKUP_PASSPHRASE: 'canary' }, log };
}

test('with a display it opens as a separate browser window', async (t) => {
  const here = place(t);
  const { env, log } = pretendBrowser(t, here);
  const line = (display: string, flags = '') =>
    here.bash(
      `rm -f out; env -u KEYFOB_PASSPHRASE ${display} ${command} window --ui-port 0 ${flags} >out & window=$!
       grep -m1 'Open this link' <(tail -F --pid=$window out 2>/dev/null)
       ${display === '' || flags !== '' ? '' : `grep -m1 app= <(tail -f --pid=$window '${log}')`}
       kill $window; wait $window; cat '${log}'`,
      env,
    );
  const hidden = await line('');
  assert.doesNotMatch(hidden.stdout, /--app/);
  const kept = await line('DISPLAY=:7', '--no-open');
  assert.doesNotMatch(kept.stdout, /--app/);
  const shown = await line('DISPLAY=:7');
  const [, url = ''] = /^Open this link .*: (\S+)$/m.exec(shown.stdout) ?? [];
  assert.ok(shown.stdout.includes(`--app=${url}\n`), shown.stdout);
  assert.match(shown.stdout, /^DISPLAY=:7$/m);
  assert.doesNotMatch(shown.stdout, /KEYFOB_|canary/);
});
