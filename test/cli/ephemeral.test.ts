import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { connect } from 'node:net';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { type TestContext, test } from 'node:test';
import { place } from './keyfob.ts';

const seed = `keyfob: 1
users: [{ username: tester, password: user-canary }]
applications:
  - name: Shop
    keys: { PRODUCTION: { consumerKey: shop_key_for_tests, consumerSecret: "\${SHOP_SECRET}" } }
`;
const secret = 'secret-canary';

/** A place with a seed, whose temporary folders are in `tmp`. */
const prepare = (t: TestContext) => {
  const here = place(t);
  const folder = dirname(here.home);
  const TMPDIR = join(folder, 'tmp');
  mkdirSync(TMPDIR);
  writeFileSync(join(folder, 'keyfob.yaml'), seed);
  const env = { TMPDIR, SHOP_SECRET: secret, KEYFOB_PASSPHRASE: undefined };
  return {
    here,
    folder,
    env,
    leftOver: () => readdirSync(TMPDIR).filter((name) => name.startsWith('keyfob-ephemeral-')),
  };
};

/** `POST /token` under a name of the endpoint, whose certificate is verified. */
const token = async (port: number, name: string, ca: string) => {
  const headers = {
    host: `${name}:${port}`,
    authorization: `Basic ${btoa(`shop_key_for_tests:${secret}`)}`,
    'content-type': 'application/x-www-form-urlencoded',
  };
  const options = { host: '127.0.0.1', port, path: '/token', method: 'POST', headers, ca, servername: name };
  const sent = request({ ...options, agent: false });
  sent.end('grant_type=password&username=tester&password=user-canary');
  const [response] = await once(sent, 'response');
  return { status: response.statusCode, ...JSON.parse(await text(response)) };
};

test('an ephemeral serve has its seed before the first request, answers to its names, and is gone at the end', async (t) => {
  const { here, folder, env, leftOver } = prepare(t);
  const flags = '--ephemeral --seed keyfob.yaml --host 0.0.0.0 --name keyfob --ca-file ca.pem --log json --port 0';
  const serving = await here.serve(flags, env);
  const ready = JSON.parse(serving.line);
  assert.equal(ready.event, 'ready');
  assert.ok(ready.addresses.includes('0.0.0.0'));
  assert.ok(ready.names.includes('keyfob'));
  assert.equal(leftOver().length, 1);

  const ca = readFileSync(join(folder, 'ca.pem'), 'utf8');
  for (const name of ['keyfob', 'localhost']) {
    const { status, access_token } = await token(ready.port, name, ca);
    assert.equal(status, 200, name);
    assert.ok(access_token);
  }
  const url = `https://127.0.0.1:${ready.port}`;
  const healthy = await here.bash(`keyfob health --url ${url}`);
  assert.deepEqual([healthy.code, healthy.stdout, healthy.stderr], [0, 'ready\n', '']);
  const other = await here.bash(`curl -sk -H 'Host: evil.example' ${url}/-/ready -w '%{http_code}'`);
  assert.match(other.stdout, /421$/);
  assert.match(await here.bash(`curl -sk -X POST ${url}/-/ready -w '%{http_code}'`).then((end) => end.stdout), /405$/);

  serving.kill('SIGTERM');
  const { code, stdout, stderr } = await serving.ended;
  assert.equal(code, 0);
  const log = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  // The check is not in the log.
  assert.deepEqual(
    log.map(({ event, path, status }) => [event, path, status].filter((part) => part !== undefined).join(' ')),
    ['ready', 'request /token 200', 'request /token 200', 'request /-/ready 421', 'request /-/ready 405', 'stopping'],
  );
  assert.match(stderr, /^--host 0\.0\.0\.0: other machines can reach this endpoint/);
  assert.doesNotMatch(stdout + stderr, /canary/);
  assert.deepEqual(leftOver(), []);
  assert.equal(existsSync(here.home), false);
  assert.equal((await here.bash(`keyfob health --url ${url}`)).code, 1);
});

test('a killed ephemeral serve leaves a sealed folder, which the next start removes', async (t) => {
  const { here, env, leftOver } = prepare(t);
  const killed = await here.serve('--ephemeral --seed keyfob.yaml --port 0', env);
  const [before] = leftOver();
  killed.kill('SIGKILL');
  await killed.ended;
  assert.deepEqual(leftOver(), [before]);
  const next = await here.serve('--ephemeral --port 0', env);
  assert.equal(leftOver().length, 1);
  assert.ok(!leftOver().includes(before ?? ''));
  next.kill('SIGTERM');
  assert.equal((await next.ended).code, 0);
});

test('a bad seed ends serve before a port opens; wider flags need --ephemeral', async (t) => {
  const { here, folder, env, leftOver } = prepare(t);
  writeFileSync(join(folder, 'bad.yaml'), 'keyfob: 1\nuser: []\n');
  const refused: readonly (readonly [string, RegExp])[] = [
    ['--ephemeral --seed bad.yaml --http-port 39471', /^Line 2, column 1: user is unknown here/],
    ['--ephemeral --seed nosuch.yaml', /^Cannot read the seed nosuch\.yaml/],
    ['--host 0.0.0.0', /^--host needs --ephemeral/],
    ['--name keyfob', /^--name needs --ephemeral/],
    ['--ephemeral --home here', /leave --home out/],
    ['--ephemeral --host 203.0.113.7', /no address 203\.0\.113\.7/],
    ['--ephemeral --name www.example.com', /No certificate can be created for www\.example\.com/],
  ];
  for (const [flags, message] of refused) {
    const { code, stderr } = await here.bash(`keyfob serve --port 0 ${flags}`, env);
    assert.equal(code, 2, flags);
    assert.match(stderr, message, flags);
  }
  const socket = connect(39471, '127.0.0.1');
  await assert.rejects(once(socket, 'connect'));
  assert.deepEqual(leftOver(), []);
});
