import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { parseEnv, promisify } from 'node:util';
import { openServingApp } from '../helpers/app.ts';
import { failing } from '../helpers/engine.ts';

const run = promisify(execFile);
const shop = { application: 'Shop', keyType: 'PRODUCTION' } as const;
const password = `it's "100%" $HOME \\ \`id\` #é`;

let opened: Awaited<ReturnType<typeof openServingApp>>;
let folder: string;
before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'keyfob-exports-'));
  opened = await openServingApp();
  await opened.app.call('users.create', { username: `o'neil`, password });
});
after(async () => {
  assert.deepEqual(opened.faults, []);
  await opened.close();
  rmSync(folder, { recursive: true });
});

const call: typeof opened.app.call = (...args) => opened.app.call(...args);

function save(files: readonly { readonly name: string; readonly text: string }[]): void {
  for (const { name, text } of files) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}

/** The JSON replies of a script, which follow their titles. */
const replies = (stdout: string) =>
  stdout
    .split(/^.+: (?:token|API)$/m)
    .slice(1)
    .map((reply) => JSON.parse(reply));

test('a script runs against the endpoint, with real secrets and with variables', async () => {
  const owner = { ...shop, username: `o'neil` };
  const { items } = await call('devices.mint', { ...owner, device: ['ipad', 'a.b', 'A-b'] });
  const real = await call('exports.devices', { ...owner, secrets: 'real' });
  assert.deepEqual([real.devices, real.expired, real.containsSecrets], [3, 0, true]);
  save(real.files);
  const { PATH } = process.env;
  const direct = replies((await run('bash', [join(folder, 'calls.sh')], { env: { PATH }, cwd: '/' })).stdout);
  const tokens = items.map(({ accessToken }) => accessToken);
  assert.deepEqual(
    direct.flatMap(({ access_token }) => access_token ?? []),
    tokens,
  );
  assert.deepEqual(
    direct.flatMap(({ caller }) => caller?.device ?? []),
    ['ipad', 'a.b', 'A-b'],
  );

  const open = await call('exports.devices', owner);
  assert.equal(open.containsSecrets, false);
  for (const token of tokens) assert.ok(!JSON.stringify(open).includes(token));
  save(open.files);
  const variables = {
    KEYFOB_CONSUMER_SECRET: opened.consumerSecret,
    KEYFOB_PASSWORD: password,
    ...Object.fromEntries(['IPAD', 'A_B', 'A_B_2'].map((name, at) => [`KEYFOB_ACCESS_TOKEN_${name}`, tokens[at]])),
  };
  const env = { PATH, ...variables };
  const byVariables = replies((await run('bash', [join(folder, 'calls.sh')], { env, cwd: '/' })).stdout);
  assert.deepEqual(
    byVariables.flatMap(({ access_token }) => access_token ?? []),
    tokens,
  );
  assert.deepEqual(
    byVariables.flatMap(({ caller }) => caller?.device ?? []),
    ['ipad', 'a.b', 'A-b'],
  );
});

test('exports the live tokens of the named ones, in their order', async () => {
  const owner = { ...shop, username: 'tester' };
  const { items } = await call('devices.mint', { ...owner, device: ['one', 'two', 'three'] });
  const [one, two, three] = items.map(({ id }) => id) as [number, number, number];
  const names = async (input: { tokens?: number[]; includeExpired?: boolean }) => {
    const { files, expired } = await call('exports.devices', { ...owner, format: 'lines', secrets: 'real', ...input });
    return [files[0]?.text.split('\n').flatMap((line) => line.split('\t')[0] || []), expired];
  };
  assert.deepEqual(await names({ tokens: [three, one] }), [['three', 'one'], 0]);
  await call('tokens.setExpiry', { token: String(two) });
  assert.deepEqual(await names({}), [['one', 'three'], 1]);
  assert.deepEqual(await names({ includeExpired: true }), [['one', 'two', 'three'], 0]);
  await assert.rejects(names({ tokens: [two] }), failing('not_found', 'device'));
  await call('tokens.revoke', { token: String(three) });
  await assert.rejects(names({ tokens: [three] }), failing('bad_input', 'tokens'));
  const { items: others } = await call('devices.mint', { ...shop, device: ['other'] });
  await assert.rejects(names({ tokens: [others[0]?.id ?? 0] }), failing('bad_input', 'tokens'));
});

test('a placeholder replaces a value of which only a hash is stored', async () => {
  await call('settings.write', { tokenPersistence: 'hashed' });
  const { items } = await call('devices.mint', { ...shop, username: 'tester', device: ['hashed'] });
  const ids = items.map(({ id }) => id);
  const exported = await call('exports.devices', {
    ...shop,
    username: 'tester',
    tokens: ids,
    format: 'env',
    secrets: 'real',
  });
  assert.equal(exported.notKept, 1);
  assert.equal(parseEnv(exported.files[0]?.text ?? '').KEYFOB_ACCESS_TOKEN_HASHED, 'YOUR_ACCESS_TOKEN');
});
