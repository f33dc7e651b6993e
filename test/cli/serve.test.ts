import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { passphrase, place } from './keyfob.ts';

test('serve prints its addresses as one JSON line, and its snippets run as printed', async (t) => {
  const here = place(t);
  const serving = await here.serve('--port 0 --http-port 0 --json');
  const ready = JSON.parse(serving.line);
  assert.equal(ready.pid, serving.pid);
  assert.equal(ready.tokenUrl, `https://localhost:${ready.port}/token`);
  assert.equal(ready.authorizeUrl, `https://localhost:${ready.port}/authorize`);
  assert.equal(ready.revokeUrl, `https://localhost:${ready.port}/revoke`);
  assert.equal(ready.introspectUrl, `https://localhost:${ready.port}/oauth2/introspect`);
  assert.equal(ready.httpTokenUrl, `http://localhost:${ready.httpPort}/token`);
  assert.match(readFileSync(ready.caFile, 'utf8'), /BEGIN CERTIFICATE/);

  await here.json('keyfob users create --username tester --password s3cret --json');
  await here.json('keyfob applications create --name Shop --json');
  await here.json('keyfob keys generate --application Shop --keyType PRODUCTION --json');
  const snippet =
    'keyfob snippets render --application Shop --keyType PRODUCTION --username tester --device ipad --secrets real';
  const answered = await here.bash(`eval "$(${snippet}) -sS"`);
  assert.equal(JSON.parse(answered.stdout).scope, 'device_ipad', answered.stderr);
  const requests = await here.bash('keyfob requests list');
  assert.match(requests.stdout, /POST +\/token +200 +Shop +tester +ipad/);

  serving.kill('SIGTERM');
  const { code, stdout } = await serving.ended;
  assert.equal(code, 0);
  assert.equal(stdout, `${serving.line}\n`);
  assert.equal(existsSync(join(here.home, 'control.json')), false);
});

test('people see every address, and one line per request without its secrets', async (t) => {
  const here = place(t);
  const serving = await here.serve('--port 0 --http-port 0');
  const [said, url = ''] = await serving.says(/^Token endpoint.*\nPlain HTTP +(http:\S+)\n(?:.*\n)*Press Ctrl-C.*\n/);
  const lines = said.trimEnd().split('\n');
  const told = [
    /^Token endpoint {7}https:\/\/localhost:\d+\/token$/,
    /^Plain HTTP {11}http:\/\/localhost:\d+\/token$/,
    /^APIs {17}https:\/\/localhost:\d+\/echo\/1\.0 and others$/,
    /^Window \(opens once\) {2}http:\/\/127\.0\.0\.1:\d+\/#token=[\w-]{43}$/,
    /^CA certificate {7}\/.*ca\.pem$/,
    /^Press Ctrl-C to stop\.$/,
  ];
  assert.equal(lines.length, told.length);
  for (const [at, pattern] of told.entries()) assert.match(lines[at] ?? '', pattern);
  const body = new URLSearchParams({ grant_type: 'password', username: 'ann', password: 'pw-canary' });
  const headers = { authorization: `Basic ${btoa('nobody:secret-canary')}` };
  assert.equal((await fetch(url, { method: 'POST', body, headers })).status, 401);
  serving.kill('SIGINT');
  const { code, stderr } = await serving.ended;
  assert.equal(code, 0);
  assert.match(stderr, /^\d\d:\d\d:\d\d POST \/token 401 .*invalid_client$/m);
  assert.doesNotMatch(stderr, /canary/);
  assert.doesNotMatch(stderr, new RegExp(passphrase));
});

test('a second serve names the owner of the data folder', async (t) => {
  const here = place(t);
  const serving = await here.serve('--port 0 --json');
  const second = await here.bash('keyfob serve --port 0');
  assert.equal(second.code, 1);
  assert.equal(second.stdout, '');
  assert.match(second.stderr, new RegExp(`^The data folder is owned by .*${serving.pid}.*\\.\\n$`));
  const forPrograms = await here.bash('keyfob serve --port 0 --json');
  assert.partialDeepStrictEqual(JSON.parse(forPrograms.stderr), {
    error: { code: 'folder_owned', details: { owner: { pid: serving.pid } } },
  });
});

test('a taken port is an error that names a free one, and releases the data folder', async (t) => {
  const here = place(t);
  const other = createServer();
  await new Promise<void>((listening) => other.listen(0, '127.0.0.1', listening));
  t.after(() => other.close());
  const { port } = other.address() as { port: number };
  const { code, stdout, stderr } = await here.bash(`keyfob serve --port ${port} --ui-port 0 --json`);
  assert.equal(code, 1);
  assert.equal(stdout, '');
  const { error } = JSON.parse(stderr.trim().split('\n').at(-1) ?? '');
  assert.equal(error.code, 'port_in_use');
  assert.equal(error.details.port.taken, port);
  assert.ok(error.message.includes(String(error.details.port.free)), error.message);
  assert.equal(existsSync(join(here.home, 'control.json')), false);
  assert.equal((await here.bash('keyfob users list')).code, 0);
});

test('after a kill the command line works alone, and the next serve owns the folder', async (t) => {
  const here = place(t);
  const first = await here.serve('--port 0 --json');
  await here.json('keyfob applications create --name Shop --json');
  first.kill('SIGKILL');
  await first.ended;
  assert.equal(existsSync(join(here.home, 'control.json')), true);
  assert.match((await here.bash('keyfob applications list')).stdout, /Shop/);
  const second = await here.serve('--port 0 --json');
  assert.match((await here.bash('keyfob applications list', { KEYFOB_PASSPHRASE: undefined })).stdout, /Shop/);
  second.kill('SIGHUP');
  assert.equal((await second.ended).code, 0);
});

test('a locked vault refuses calls until a command unlocks it through the owner', async (t) => {
  const here = place(t);
  const serving = await here.serve('--port 0 --json');
  assert.match((await here.bash('keyfob vault lock')).stdout, /^✓ The vault is locked\.$/m);
  const { code, stderr } = await here.bash('keyfob users list');
  assert.equal(code, 1);
  assert.match(stderr, /^The vault is locked; .*keyfob vault unlock/);
  assert.match((await here.bash('keyfob vault unlock')).stdout, /^✓ The vault is unlocked\.$/m);
  assert.equal((await here.bash('keyfob users list')).code, 0);
  serving.kill('SIGTERM');
  assert.equal((await serving.ended).code, 0);
});

test('a second signal ends serve without waiting for the last answers', async (t) => {
  const here = place(t);
  const serving = await here.serve('--port 0 --http-port 0 --json');
  const { httpPort } = JSON.parse(serving.line);
  const slow = connect(httpPort, '127.0.0.1').on('error', () => {});
  t.after(() => slow.destroy());
  const head = `POST /token HTTP/1.1\r\nHost: localhost:${httpPort}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 9\r\n\r\n`;
  await new Promise((sent) => slow.write(head, sent));
  // This answer comes after the endpoint accepted the slow request.
  await here.json('keyfob endpoint status --json');
  // Apart, because a signal soon after the first counts as the same, and one during the exit would end the process itself.
  serving.kill('SIGTERM');
  const again = setInterval(() => serving.kill('SIGTERM'), 1000);
  const { code } = await serving.ended;
  clearInterval(again);
  assert.equal(code, 1);
});
