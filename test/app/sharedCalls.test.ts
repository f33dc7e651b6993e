import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, test } from 'node:test';
import { promisify } from 'node:util';
import { createCa } from '../../main/platform/certificates/certificate.ts';
import type { InputOf } from '../../preload/contract/define.ts';
import type { MethodOf } from '../../preload/contract/index.ts';
import { snippetForm } from '../../preload/contract/snippets.ts';
import { openServingApp } from '../helpers/app.ts';
import { failing } from '../helpers/engine.ts';

const run = promisify(execFile);
const shop = { application: 'Shop', keyType: 'PRODUCTION' } as const;
type Input = Partial<InputOf<MethodOf<'exports.call'>>>;

let opened: Awaited<ReturnType<typeof openServingApp>>;
let folder: string;
before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'keyfob call '));
  opened = await openServingApp();
});
beforeEach(() => {
  rmSync(folder, { recursive: true });
  mkdirSync(folder);
});
after(async () => {
  assert.deepEqual(opened.faults, []);
  await opened.close();
  rmSync(folder, { recursive: true });
});

const call: typeof opened.app.call = (...args) => opened.app.call(...args);
const shared = (input: Input) => call('exports.call', { ...shop, username: 'tester', device: 'ipad', ...input });

/** Saves the files, and gives their texts by name. */
async function save(input: Input): Promise<Readonly<Record<string, string>>> {
  const { files } = await shared(input);
  for (const { name, text } of files) writeFileSync(join(folder, name), text);
  return Object.fromEntries(files.map(({ name, text }) => [name, text]));
}

/** Runs a shared script from another folder, as the receiver would. */
const receive = async (env: NodeJS.ProcessEnv = {}) => {
  const { PATH } = process.env;
  const { stdout } = await run('bash', [join(folder, 'call.sh')], { cwd: '/', env: { PATH, ...env } });
  return JSON.parse(stdout);
};

test('a shared token call runs from any folder, with the variables of the environment or of .env', async () => {
  const texts = await save({});
  assert.deepEqual(Object.keys(texts), ['call.sh', 'ca.pem', '.env.example', 'README.txt']);
  assert.match(texts['call.sh'] ?? '', /--cacert \.\/ca\.pem /);
  assert.equal(texts['.env.example'], 'KEYFOB_CONSUMER_SECRET=\nKEYFOB_PASSWORD=\n');
  const variables = { KEYFOB_CONSUMER_SECRET: opened.consumerSecret, KEYFOB_PASSWORD: 's3cret' };
  const { scope } = await receive(variables);
  assert.equal(scope, 'device_ipad');
  const filled = Object.entries(variables).map(([name, value]) => `${name}=${value}\n`);
  writeFileSync(join(folder, '.env'), filled.join(''));
  assert.equal((await receive()).scope, 'device_ipad');
});

test('a shared API call runs with its token, and tells when the token expires', async () => {
  const { items } = await call('devices.mint', { ...shop, username: 'tester', device: ['ipad'] });
  const [token] = items;
  assert(token !== undefined);
  const texts = await save({ call: 'api' });
  const { caller } = await receive({ KEYFOB_ACCESS_TOKEN: token.accessToken });
  assert.equal(caller.device, 'ipad');
  const lines = (texts['README.txt'] ?? '').trim().split('\n');
  assert.equal(lines.length, 5, 'four lines and the expiry');
  const [, at = ''] = /^The token expires at (\S+), 59 min \d+ s after/.exec(lines.at(-1) ?? '') ?? [];
  const { expiresAtMs } = await call('tokens.read', { token: String(token.id) });
  assert.ok(Math.abs(Date.parse(at) - (expiresAtMs ?? 0)) < 1000, at);

  await call('settings.write', { clockOffsetSeconds: 600 });
  const moved = (await shared({ call: 'api' })).notes.join('\n');
  const [, movedTo = ''] = /^The token expires at (\S+), 49 min/m.exec(moved) ?? [];
  assert.ok(Math.abs(Date.parse(movedTo) - (expiresAtMs ?? 0) + 600_000) < 1000, 'in the real time of the receiver');
  await call('settings.write', { clockOffsetSeconds: 0 });
});

test('no form names a path, user or host of this machine, nor a secret unless it is real', async () => {
  const machine = [opened.folder, tmpdir(), userInfo().homedir, hostname()].filter((text) => text.length > 3);
  for (const secrets of ['env', 'placeholder', 'real'] as const) {
    for (const what of ['token', 'api', 'introspect', 'refresh', 'revoke'] as const) {
      const {
        files,
        containsSecrets,
        folder: name,
        notes,
      } = await shared({
        ...{ secrets, call: what },
        forms: snippetForm.options,
      });
      const all = JSON.stringify(files);
      for (const own of machine) assert.ok(!all.includes(own), own);
      assert.equal(new Set(files.map((file) => file.name)).size, files.length, 'each form has a file of its own');
      const isReal = secrets === 'real';
      assert.equal(containsSecrets, isReal);
      assert.equal(all.includes(opened.consumerSecret), isReal && what !== 'api');
      assert.equal(
        notes.some((note) => note.startsWith('SECRET: ')),
        isReal,
      );
      assert.equal(name.endsWith('-with-secrets'), isReal);
    }
  }
});

test('a call for the same network uses a name of this machine there, which the certificate has', async () => {
  await assert.rejects(shared({ receiver: 'network' }), failing('refused'));
  await call('settings.write', { extraNames: ['phone.test', '10.0.2.2'] });
  await assert.rejects(shared({ receiver: 'network', host: 'other.test' }), failing('bad_input', 'host'));
  await assert.rejects(
    shared({ receiver: 'network', call: 'api', url: 'http://localhost:3000/x' }),
    failing('bad_input', 'url'),
  );
  const { port } = opened.status;
  assert.equal((await shared({ receiver: 'network' })).url, `https://10.0.2.2:${port}/token`);
  const { url, warnings } = await shared({ receiver: 'network', host: 'PHONE.test', call: 'api' });
  assert.equal(url, `https://phone.test:${port}/echo/1.0/`);
  assert.match(warnings.join(), /listens on 127\.0\.0\.1 and ::1 only/);

  // A receiver whose resolver knows the name.
  const bin = mkdtempSync(join(tmpdir(), 'keyfob-bin-'));
  const real = (await run('bash', ['-c', 'command -v curl'])).stdout.trim();
  const resolving = `#!/bin/sh\nshift\nexec ${real} -q --resolve phone.test:${port}:127.0.0.1 "$@"\n`;
  writeFileSync(join(bin, 'curl'), resolving);
  chmodSync(join(bin, 'curl'), 0o700);
  await save({ receiver: 'network', host: 'phone.test', secrets: 'real' });
  assert.equal((await receive({ PATH: `${bin}:${process.env.PATH}` })).scope, 'device_ipad');
  rmSync(bin, { recursive: true });
  await call('settings.write', { extraNames: [] });
});

test('from elsewhere, generated keys call a Keyfob of the receiver, and provided keys their server', async () => {
  const own = await shared({ receiver: 'elsewhere' });
  const texts = Object.fromEntries(own.files.map(({ name, text }) => [name, text]));
  assert.equal(own.url, 'https://localhost:8243/token');
  assert.match(own.warnings.join(), /cannot be reached from elsewhere/);
  assert.match(texts['call.sh'] ?? '', /--cacert "\$KEYFOB_CA"/);
  assert.match(texts['call.sh'] ?? '', /-u "YOUR_CONSUMER_KEY:\$KEYFOB_CONSUMER_SECRET"/);
  assert.equal(texts['ca.pem'], undefined, 'our authority did not sign the certificate of another Keyfob');
  assert.match(texts['.env.example'] ?? '', /^KEYFOB_CA=$/m);
  assert.ok(!JSON.stringify(own).includes(opened.consumerKey));
  await assert.rejects(shared({ receiver: 'elsewhere', secrets: 'real' }), failing('bad_input', 'secrets'));

  await call('applications.create', { name: 'Staging' });
  const tokenUrl = 'https://gw.example.com:8243/token';
  const keys = { application: 'Staging', keyType: 'PRODUCTION' } as const;
  const { certificatePem: caCertificate } = await createCa({ installationId: 'elsewhere', nowMs: Date.now() });
  const provided = {
    consumerKey: 'key',
    consumerSecret: 'Se cret',
    kind: 'wso2-3.2',
    tokenUrl,
    caCertificate,
  } as const;
  await call('keys.provide', { ...keys, ...provided });
  const server = await call('exports.call', { ...keys, receiver: 'elsewhere' });
  assert.equal(server.url, tokenUrl);
  assert.equal(server.files.find(({ name }) => name === 'ca.pem')?.text, caCertificate);
  assert.deepEqual(server.warnings, []);
  assert.equal((await call('exports.call', { ...keys, receiver: 'machine' })).url, opened.status.tokenUrl);
});
