import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
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

/** The status of each request that Postman's runner made, by name. */
async function runInPostman(): Promise<ReadonlyMap<string, number>> {
  const runner = fileURLToPath(import.meta.resolve('newman/bin/newman.js'));
  const report = join(folder, 'report.json');
  const files = ['keyfob.postman_collection.json', '-e', 'keyfob.postman_environment.json'];
  const trust = ['--ssl-extra-ca-certs', 'ca.pem'];
  const reporter = ['--reporters', 'json', '--reporter-json-export', report];
  await run(process.execPath, [runner, 'run', ...files, ...trust, ...reporter], { cwd: folder });
  const { executions } = JSON.parse(readFileSync(report, 'utf8')).run;
  type Execution = { readonly item: { readonly name: string }; readonly response?: { readonly code: number } };
  return new Map(executions.map(({ item, response }: Execution) => [item.name, response?.code ?? 0]));
}

test("Postman's runner makes every call of an exported application", async () => {
  await call('apis.create', { name: 'orders', productionBackend: 'echo' });
  await call('apis.setResource', { api: 'orders', verb: 'GET', template: '/orders/{id}' });
  await call('subscriptions.create', { application: 'Shop', api: 'orders' });
  await call('devices.mint', { ...shop, username: 'tester', device: ['ipad'] });
  const { files, calls, devices } = await call('exports.application', {
    ...{ application: 'Shop', username: 'tester', format: 'postman', secrets: 'real' },
  });
  save(files);
  const statuses = await runInPostman();
  assert.deepEqual(
    [...statuses].filter(([, status]) => status !== 200),
    [],
  );
  assert.equal(statuses.size, calls + 2 * devices);
  for (const name of ['Refresh the token', 'GET /orders/{id}', 'Call as ipad', 'Revoke the token']) {
    assert.ok(statuses.has(name), name);
  }
  const { items } = await call('requests.list', { search: 'orders/1' });
  assert.ok(items.some(({ path }) => path === '/orders/1.0.0/orders/1'));
});

interface HttpRequest {
  readonly name: string;
  readonly status: number;
}

/** Sends the requests of an .http file in order, and keeps tokens as JetBrains and REST Client document it. */
async function sendHttpFile(text: string, secrets: Record<string, string>): Promise<readonly HttpRequest[]> {
  const values = new Map(Object.entries(secrets));
  for (const [, name = '', value = ''] of text.matchAll(/^@(\w+) = (.*)$/gm)) values.set(name, value);
  const sent: HttpRequest[] = [];
  for (const block of text.split(/^### /m).slice(1)) {
    const [title = '', ...lines] = block.split('\n');
    const named = /^# @name (\w+)$/m.exec(block)?.[1];
    const kept = [...block.matchAll(/global\.set\("(\w+)", response\.body\.(\w+)\)/g)];
    const message = lines.filter((line) => !/^(?:#|>)/.test(line)).join('\n');
    const filled = message.replace(/\{\{([^}]+)\}\}/g, (whole, name: string) => values.get(name) ?? whole);
    const [head = '', body = ''] = filled.trim().split('\n\n');
    const [start = '', ...headers] = head.split('\n');
    const [method = '', url = ''] = start.split(' ');
    const options = [
      '-s',
      '--cacert',
      join(folder, 'ca.pem'),
      '-w',
      '\n%{http_code}',
      ...(method === 'HEAD' ? ['--head'] : ['-X', method]),
      url,
    ];
    const data = body === '' ? [] : ['--data-raw', body];
    const { stdout } = await run('curl', [...options, ...headers.flatMap((header) => ['-H', header]), ...data]);
    const [, reply = '', status] = /^([\s\S]*)\n(\d+)$/.exec(stdout) ?? [];
    sent.push({ name: title, status: Number(status) });
    if (named === undefined || status !== '200') continue;
    const members: Record<string, string> = JSON.parse(reply);
    for (const [, variable = '', member = ''] of kept) values.set(variable, members[member] ?? '');
    for (const [member, value] of Object.entries(members)) values.set(`${named}.response.body.$.${member}`, value);
  }
  return sent;
}

test('the requests of each .http dialect are answered, with any password', async () => {
  for (const format of ['http-jetbrains', 'http-vscode', 'http-visual-studio'] as const) {
    const input = { application: 'Shop', username: `o'neil`, format, secrets: 'real' } as const;
    const { files } = await call('exports.application', input);
    save(files);
    const secretFile = files.find(({ name }) => /private|user$|settings/.test(name));
    const parsed = JSON.parse(secretFile?.text ?? '');
    const { keyfob } = parsed['rest-client.environmentVariables'] ?? parsed;
    const sent = await sendHttpFile(files[0]?.text ?? '', keyfob);
    // The token of a reply is refreshed, and these two keep the old one.
    const isOld = (name: string) => format !== 'http-jetbrains' && name.startsWith('orders/');
    assert.deepEqual(
      sent.filter(({ name, status }) => status !== 200 && !isOld(name)),
      [],
      format,
    );
    assert.ok(sent.some(({ name }) => name === 'Call as ipad'));
  }
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
