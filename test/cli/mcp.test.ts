import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { Client, ProtocolError } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { isAlive } from '../../main/system/isAlive.ts';
import { connectControl } from '../../main/transport/client.ts';
import { createLeakDetector } from '../app/leakDetector.ts';
import { passphrase } from '../helpers/app.ts';
import { entry, environmentIn, startServing, testFolder } from '../helpers/serving.ts';
import { until } from '../helpers/until.ts';

const password = 'canary-of-the-tester';
const secret = 'canary_of_the_consumer_secret';
const shop = { application: 'Shop', keyType: 'PRODUCTION', username: 'tester' } as const;
const seed = `keyfob: 1
users: [{ username: tester, password: "${password}" }]
applications:
  - name: Shop
    keys: { PRODUCTION: { consumerKey: shop_key_for_tests, consumerSecret: "${secret}" } }
    subscriptions: [echo/1.0]
`;

/** The official client, connected to `keyfob mcp`. Records all that the server writes. */
async function connect(
  t: TestContext,
  folder: string,
  args: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
  options: ConstructorParameters<typeof Client>[1] = {},
) {
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [entry, 'mcp', ...args],
    env: { ...environmentIn(folder), ...env },
    stderr: 'pipe',
  });
  let written = '';
  transport.stderr?.on('data', (text: Buffer) => {
    written += text;
  });
  transport.onmessage = (message) => {
    written += JSON.stringify(message);
  };
  const client = new Client({ name: 'test', version: '1' }, options);
  await client.connect(transport);
  t.after(() => client.close());
  /** The answer of a tool that must succeed. */
  const use = async (name: string, given: Readonly<Record<string, unknown>> = {}) => {
    const answer = await client.callTool({ name, arguments: { ...given } });
    assert.ok(!answer.isError, JSON.stringify(answer));
    const [first] = answer.content;
    assert.ok(first?.type === 'text');
    const body = JSON.parse(first.text);
    assert.deepEqual(answer.structuredContent, body, 'the same, as data');
    return body;
  };
  /** Code and message of a tool that must fail. */
  const fails = async (name: string, given: Readonly<Record<string, unknown>> = {}) => {
    const { isError, structuredContent } = await client.callTool({ name, arguments: { ...given } });
    assert.equal(isError, true);
    return structuredContent as { readonly error: string; readonly message: string };
  };
  return { client, use, fails, written: () => written, pid: transport.pid ?? 0 };
}

test('a model mints, calls, explains and revokes in a running Keyfob, sees no secret, and a person sees its calls', async (t) => {
  const folder = testFolder(t);
  const serving = startServing(t, folder);
  await serving.ready;
  const control = connectControl(join(folder, 'home'));
  assert.ok(control);
  const { call } = control;
  await call('describe.apply', { file: Buffer.from(seed).toString('base64') });
  const { client, use, fails, written } = await connect(t, folder);
  assert.equal(client.getServerVersion()?.name, 'keyfob');
  assert.match(client.getInstructions() ?? '', /never hold the values of tokens/);

  const { tools } = await client.listTools();
  const named = Object.fromEntries(tools.map((tool) => [tool.name, tool]));
  assert.equal(named.reveal_token, undefined);
  assert.deepEqual(named.revoke_token?.annotations, {
    ...{ title: 'Revoke token', readOnlyHint: false, destructiveHint: true },
    ...{ idempotentHint: false, openWorldHint: false },
  });
  assert.equal(named.list_tokens?.annotations?.readOnlyHint, true);
  assert.deepEqual(named.mint_device_tokens?.inputSchema.required, ['application', 'keyType', 'device']);
  for (const { name, title, description = '', inputSchema } of tools) {
    assert.match(name, /^[a-z_]{1,64}$/);
    assert.ok(title);
    assert.match(description, /\.$/);
    for (const [field, schema] of Object.entries(inputSchema.properties ?? {})) {
      assert.ok('description' in Object(schema), `${name}: ${field}`);
      assert.ok(!('secret' in Object(schema)), `${name}: ${field}`);
    }
  }

  const { items } = await use('mint_device_tokens', { ...shop, device: ['ipad', 'pixel'] });
  assert.deepEqual(
    items.map(({ device, accessToken }: { device: string; accessToken?: string }) => [device, accessToken]),
    [
      ['ipad', undefined],
      ['pixel', undefined],
    ],
  );
  const [{ id: ipad }, { id: pixel }] = items;
  const leaks = createLeakDetector();
  for (const id of [ipad, pixel]) {
    const { accessToken, refreshToken = '' } = await call('tokens.reveal', { token: String(id) });
    leaks.addSecret(`access token ${id}`, accessToken);
    leaks.addSecret(`refresh token ${id}`, refreshToken);
  }
  leaks.addSecret('the password', password);
  leaks.addSecret('the consumer secret', secret);

  const listed = await use('list_tokens', { application: 'Shop', device: 'ipad' });
  assert.match(listed.items[0].expiresAt, /^\d{4}-\d\d-\d\dT/, 'times are text');
  const reply = await use('call_api', { ...shop, device: 'ipad', path: '/echo/1.0/hello' });
  assert.deepEqual([reply.status, reply.usedTokenId], [200, ipad]);
  await use('revoke_token', { token: ipad });
  assert.equal((await use('call_api', { ...shop, token: ipad })).status, 401);
  const explained = await use('explain_token', { token: ipad });
  assert.deepEqual([explained.explained.state, explained.history.length], ['REVOKED', 2]);
  assert.equal((await use('expire_token', { token: pixel, inSeconds: 60 })).id, pixel);

  await use('move_clock', { seconds: 3600 });
  assert.equal((await use('move_clock', { seconds: -60 })).clockOffsetSeconds, 3540);
  assert.equal((await use('read_clock')).clockOffsetSeconds, 3540);
  assert.equal((await use('reset_clock')).clockOffsetSeconds, 0);
  for (const name of ['list_applications', 'list_keys', 'list_users', 'list_scopes', 'list_apis', 'read_endpoint']) {
    await use(name);
  }

  const refused: readonly (readonly [string, object, string, RegExp])[] = [
    ['revoke_token', { token: '999' }, 'not_found', /token/],
    ['issue_token', { application: 'Shp', keyType: 'PRODUCTION' }, 'not_found', /Did you mean "Shop"/],
    ['issue_token', { keyType: 'PRODUCTION' }, 'bad_input', /application is missing/],
    ['call_api', { ...shop, url: 'http://localhost:1/' }, 'bad_input', /no field "url"/],
    ['call_api', { ...shop, device: 'pixel', path: '@evil.example/' }, 'bad_input', /starts with a slash/],
    ['call_api', { ...shop, device: 'pixel', reveal: true }, 'bad_input', /no field "reveal"/],
    ['move_clock', { seconds: '5' }, 'bad_input', /whole number/],
    ['read_clock', { bearer: 'canary-of-an-unknown-field' }, 'bad_input', /no field "bearer"/],
  ];
  for (const [name, given, code, message] of refused) {
    const { error, message: text } = await fails(name, { ...given });
    assert.equal(error, code, text);
    assert.match(text, message);
  }
  await assert.rejects(client.callTool({ name: 'revoke_tokn', arguments: {} }), (error) => {
    assert.ok(error instanceof ProtocolError);
    assert.match(error.message, /No tool named "revoke_tokn"\. Did you mean/);
    return error.code === -32602;
  });

  // The window reads the same list.
  const rows = (await call('requests.list', { limit: 1000 })).items.filter(({ source }) => source === 'mcp');
  assert.equal(rows.at(-1)?.path, 'mint_device_tokens');
  assert.deepEqual([rows.at(-1)?.application, rows.at(-1)?.user, rows.at(-1)?.status], ['Shop', 'tester', 200]);
  assert.equal(rows.find(({ path }) => path === 'issue_token')?.status, 400);
  const strange = await call('requests.read', {
    sequence: rows.find(({ path }) => path === 'read_clock')?.sequence ?? 0,
  });
  assert.equal(strange.sent.body, '{"bearer":"••••"}', 'an unknown field may hold a secret');
  const revoked = rows.find(({ path }) => path === 'revoke_token');
  assert.equal(revoked?.status, 404);
  assert.match(revoked?.why ?? '', /token/);
  const { sent, answered } = await call('requests.read', { sequence: rows.at(-1)?.sequence ?? 0 });
  assert.match(sent.body ?? '', /"device":\["ipad","pixel"\]/);
  assert.match(answered.body ?? '', /"device":"pixel"/);
  assert.equal((await use('list_requests', { search: 'MCP revoke_token' })).items.length, 2);
  await assert.rejects(call('requests.repeat', { sequence: rows.at(-1)?.sequence ?? 0 }), /HTTP requests/);
  const { har } = await call('requests.exportHar', {});
  assert.doesNotMatch(har, /MCP/);
  // A token named by its value: the log of a person does not show it.
  const { accessToken } = await call('tokens.reveal', { token: String(pixel) });
  assert.equal((await use('explain_token', { token: accessToken })).explained.id, pixel);
  const [newest] = (await call('requests.list', { limit: 1 })).items;
  leaks.record('the log', JSON.stringify(await call('requests.read', { sequence: newest?.sequence ?? 0 })));
  leaks.record('what the server writes', written());
  assert.deepEqual(leaks.found(), []);
});

test('a cancelled call stops between two steps, and its end is in the log', async (t) => {
  const folder = testFolder(t);
  await startServing(t, folder).ready;
  const { call } = connectControl(join(folder, 'home')) ?? {};
  assert.ok(call);
  await call('describe.apply', { file: Buffer.from(seed).toString('base64') });
  const { client, use } = await connect(t, folder);
  const stop = new AbortController();
  const device = Array.from({ length: 10_000 }, (_, at) => `device${at}`);
  const seen: number[] = [];
  const minting = client.callTool(
    { name: 'mint_device_tokens', arguments: { ...shop, device } },
    {
      signal: stop.signal,
      onprogress({ progress }) {
        seen.push(progress);
        stop.abort();
      },
    },
  );
  await assert.rejects(minting);
  assert.ok(seen.length > 0);
  const find = async () =>
    (await call('requests.list', { limit: 10 })).items.find(({ path }) => path === 'mint_device_tokens');
  await until('the call is in the log', async () => (await find()) !== undefined);
  const row = await find();
  assert.deepEqual([row?.status, row?.error], [499, 'cancelled']);
  const { total } = await call('tokens.count', { deviceTokens: true });
  assert.ok(total > 0 && total < 10_000, String(total));
  // The server goes on.
  assert.equal((await use('list_applications')).items.length, 1);
});

test('a temporary Keyfob for one client: with its seed, with values if allowed, and gone at the end', async (t) => {
  const folder = testFolder(t);
  const TMPDIR = join(folder, 'tmp');
  mkdirSync(TMPDIR);
  const file = join(folder, 'keyfob.yaml');
  writeFileSync(file, seed);
  const env = { TMPDIR, KEYFOB_HOME: '' };
  // The newer revision of the protocol; the other tests use the older one.
  const revision = { versionNegotiation: { mode: { pin: '2026-07-28' } } };
  const args = ['--ephemeral', '--seed', file, '--allow-secrets'];
  const { client, use, pid } = await connect(t, folder, args, env, revision);
  assert.equal(client.getNegotiatedProtocolVersion(), '2026-07-28');
  const { id, accessToken } = await use('issue_token', shop);
  assert.match(accessToken, /^[\w-]{28,}$/);
  assert.equal((await use('reveal_token', { token: id })).accessToken, accessToken);
  assert.equal((await use('call_api', shop)).status, 200);
  const { items } = await use('list_requests');
  const issued = items.find(({ path }: { path: string }) => path === 'issue_token');
  assert.doesNotMatch(
    JSON.stringify(await use('read_request', { sequence: issued.sequence })),
    new RegExp(accessToken),
  );
  await client.close();
  await until('the process ends', () => !isAlive(pid));
  assert.deepEqual(
    readdirSync(TMPDIR).filter((name) => name.startsWith('keyfob-')),
    [],
  );
});

test('alone, it owns the folder as serve does: other commands and clients reach it', async (t) => {
  const folder = testFolder(t);
  const first = await connect(t, folder);
  assert.equal((await first.use('list_applications')).items.length, 0);
  const control = connectControl(join(folder, 'home'));
  assert.ok(control);
  assert.equal(control.pid, first.pid);
  await control.call('describe.apply', { file: Buffer.from(seed).toString('base64') });
  assert.match(await control.windowUrl(), /^http:\/\/127\.0\.0\.1:/);
  await control.call('vault.lock', {});
  const locked = await first.fails('list_applications');
  assert.equal(locked.error, 'vault_locked', 'a model does not open what a person locked');
  assert.match(locked.message, /Ask the person to unlock it/);
  await control.call('vault.unlock', { passphrase });
  const second = await connect(t, folder);
  await second.use('issue_token', shop);
  assert.deepEqual(
    (await second.use('list_requests')).items.map(({ path }: { path: string }) => path),
    ['issue_token', 'list_applications', 'list_applications'],
    first.written(),
  );
  await first.client.close();
  // The second becomes the owner, and the token is still there.
  assert.equal((await second.use('list_tokens', { application: 'Shop' })).items.length, 1);
  assert.equal(connectControl(join(folder, 'home'))?.pid, second.pid);
});

test('flags that do not fit end it with a sentence', async (t) => {
  const folder = testFolder(t);
  const refused: readonly (readonly [readonly string[], RegExp])[] = [
    [['--seed', 'a.yaml'], /^--seed needs --ephemeral/],
    [['--port', '0'], /^--port needs --ephemeral/],
    [['--ephemeral', '--home', 'here'], /leave --home out/],
    [['--ephemeral', '--seed', 'nosuch.yaml'], /^Cannot read the seed nosuch\.yaml/],
  ];
  for (const [args, message] of refused) {
    const child = spawn(process.execPath, [entry, 'mcp', ...args], { env: environmentIn(folder) });
    let stderr = '';
    child.stderr.on('data', (text: Buffer) => {
      stderr += text;
    });
    const [code] = await once(child, 'close');
    assert.equal(code, 2, stderr);
    assert.match(stderr, message);
  }
});
