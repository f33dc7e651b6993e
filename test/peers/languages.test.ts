import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { createCa } from '../../main/platform/certificates/certificate.ts';
import { renderSnippet } from '../../main/snippets/render.ts';
import type { InputOf } from '../../preload/contract/define.ts';
import type { MethodOf } from '../../preload/contract/index.ts';
import type { SnippetClient } from '../../preload/contract/snippets.ts';
import { hostileValues } from '../snippets/models.ts';
import { openPeers, run } from './round.ts';

// Runs snippets in their own languages, against the real endpoint and a server that records bytes. .NET and Go are not
// here: test/snippets/languages.test.ts reads their programs.

const peers = await openPeers();
const folder = mkdtempSync(join(tmpdir(), 'keyfob-languages-'));
const { call } = peers.app;
const keys = { application: 'Shop', keyType: 'PRODUCTION' } as const;
const password = `it's "100%" \\$HOME \${x} {0} #{x} & é 日本 🔑\u2028\u0001\n\\`;

interface Received {
  readonly method: string;
  readonly url: string;
  readonly authorization: string | undefined;
  readonly body: string;
}
const received: Received[] = [];
const recorder = createServer(async (request, response) => {
  let body = '';
  for await (const chunk of request.setEncoding('latin1')) body += chunk;
  const { method = '', url = '', headers } = request;
  received.push({ method, url, authorization: headers.authorization, body });
  response.end('ok');
});
let origin = '';
const otherCa = join(folder, 'other.pem');

before(async () => {
  writeFileSync(otherCa, (await createCa({ installationId: 'other', nowMs: Date.now() })).certificatePem);
  await call('users.create', { username: 'hostile', password });
  await new Promise<void>((resolve) => recorder.listen(0, '127.0.0.1', resolve));
  const address = recorder.address();
  assert(address !== null && typeof address === 'object');
  origin = `http://127.0.0.1:${address.port}`;
});
after(async () => {
  rmSync(folder, { recursive: true });
  await new Promise((resolve) => recorder.close(resolve));
  await peers.close();
});

/** Keys as another server may issue them. */
const base = {
  call: 'token',
  method: 'POST',
  insecure: false,
  direct: true,
  basic: { consumerKey: '"k e%y!$\\', consumerSecret: `"s'ec:r%e\\t!$`, provided: true },
} as const;

/** Key and secret as a server reads them: of Basic, else of the form. */
const credentialsOf = ({ authorization, body }: Received): string => {
  if (authorization !== undefined) return Buffer.from(authorization.replace('Basic ', ''), 'base64').toString();
  const form = new URLSearchParams(body);
  return `${form.get('client_id')}:${form.get('client_secret')}`;
};

interface Runner {
  readonly client: Exclude<SnippetClient, 'curl'>;
  readonly file: string;
  readonly command: string;
}
const runners: readonly Runner[] = [
  { client: 'httpie', file: 'call.sh', command: 'bash' },
  { client: 'python-requests', file: 'requests_call.py', command: '/usr/bin/python3' },
  { client: 'python-httpx', file: 'httpx_call.py', command: '/usr/bin/python3' },
  { client: 'node', file: 'call.mjs', command: process.execPath },
  { client: 'java', file: 'Call.java', command: '/usr/bin/java' },
  { client: 'php', file: 'call.php', command: 'php' },
];
/** A company's proxy, with nothing behind it. */
const proxy = 'http://127.0.0.1:9';
const surroundings = {
  ...{ PATH: process.env.PATH, HOME: folder, LC_ALL: 'C.UTF-8' },
  ...{ http_proxy: proxy, https_proxy: proxy, HTTP_PROXY: proxy, HTTPS_PROXY: proxy, ALL_PROXY: proxy },
};

const start = async ({ file, command }: Runner, text: string, variables = {}) => {
  const path = join(folder, file);
  writeFileSync(path, text);
  return run({ command, args: [path], env: { ...surroundings, ...variables } }, '');
};

/** The body in the output, which programs print after the status. */
const jsonOf = ({ code, stdout, stderr }: Awaited<ReturnType<typeof start>>): object => {
  assert.equal(code, 0, stderr);
  return JSON.parse(stdout.slice(stdout.indexOf('{')));
};

for (const runner of runners) {
  const { client, command } = runner;
  describe(client, () => {
    if (client === 'java' && !existsSync(command)) {
      test('is not installed', (t) => t.diagnostic('Java is not installed, so its snippets did not run.'));
      return;
    }
    const user = { ...keys, client, username: 'hostile' } as const;

    test('gets a token with a hostile password, from a literal and from a variable', async () => {
      const real = await call('snippets.render', { ...user, device: `${client}-real`, secrets: 'real' });
      assert.match(JSON.stringify(jsonOf(await start(runner, real.text))), /"scope":"device_\S+-real"/);
      const env = await call('snippets.render', { ...user, device: `${client}-env`, secrets: 'env' });
      assert.ok(!env.text.includes(peers.status.caFile), 'it names no path of this machine');
      const variables = {
        KEYFOB_CA: peers.status.caFile,
        KEYFOB_CONSUMER_SECRET: peers.consumerSecret,
        KEYFOB_PASSWORD: password,
      };
      assert.match(JSON.stringify(jsonOf(await start(runner, env.text, variables))), /"scope":"device_\S+-env"/);
    });

    test('calls an API with the token', async () => {
      await call('tokens.issue', { ...keys, username: 'hostile' });
      const { text } = await call('snippets.render', { ...user, call: 'api', secrets: 'real' });
      assert.ok('caller' in jsonOf(await start(runner, text)));
    });

    test('refuses the endpoint without our authority, and calls it without a check', async () => {
      const { text } = await call('snippets.render', { ...user, secrets: 'real' });
      const served = (await call('requests.list', {})).items.length;
      const refused = await start(runner, text.replace(peers.status.caFile, otherCa));
      assert.notEqual(refused.code, 0, refused.stdout);
      assert.match(refused.stderr, /certificate|CERT|PKIX/i);
      assert.equal((await call('requests.list', {})).items.length, served);
      const unchecked = await call('snippets.render', { ...user, insecure: true, secrets: 'real' });
      assert.ok('access_token' in jsonOf(await start(runner, unchecked.text)));
    });

    test('sends every hostile value byte for byte', async () => {
      const extra = ['=x', '@x', '==x', ':=x', '\\=x', '\\:x', '\u0001!\u2028🔑', ''];
      const values = [...hostileValues, ...extra].map((value, at) => ({ name: `v${at}`, value }));
      const model = { ...base, url: `${origin}/a b/[x]?q={y}&z=%41#f`, method: 'PUT', form: values };
      await start(runner, renderSnippet(model, client, 'real').text);
      const sent = received.pop();
      assert.deepEqual(
        [...new URLSearchParams(sent?.body)],
        values.map(({ name, value }) => [name, value]),
      );
      assert.equal(sent?.method, 'PUT');
      assert.equal(decodeURIComponent(sent.url), '/a b/[x]?q={y}&z=A');
      assert.equal(credentialsOf(sent), `${base.basic.consumerKey}:${base.basic.consumerSecret}`);
    });
  });
}

const [httpie, php] = ['httpie', 'php'].map((name) => runners.find(({ client }) => client === name));

test('HTTPie and PHP send the secret of another server from a variable', async () => {
  for (const runner of [httpie, php]) {
    assert(runner !== undefined);
    const model = { ...base, url: `${origin}/token`, form: [{ name: 'grant_type', value: 'client_credentials' }] };
    const { text } = renderSnippet(model, runner.client, 'env');
    const { consumerKey, consumerSecret } = base.basic;
    await start(runner, text, { KEYFOB_CONSUMER_SECRET: consumerSecret });
    const sent = received.pop();
    assert.equal(sent && credentialsOf(sent), `${consumerKey}:${consumerSecret}`);
  }
});

test('PHP makes each call of the pane, with each method', async () => {
  assert(php !== undefined);
  const user = { ...keys, client: 'php', username: 'hostile', secrets: 'real' } as const;
  const output = async (input: Partial<InputOf<MethodOf<'snippets.render'>>>) =>
    (await start(php, (await call('snippets.render', { ...user, ...input })).text)).stdout;
  await output({ call: 'token' });
  assert.match(await output({ call: 'introspect' }), /^200\n\{.*"active":true/);
  assert.match(await output({ call: 'refresh' }), /^200\n\{"access_token"/);
  for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const) {
    assert.match(await output({ call: 'api', method, url: `${origin}/x` }), /^200\nok/, method);
    assert.equal(received.pop()?.method, method);
  }
  assert.match(await output({ call: 'api', method: 'HEAD', url: `${origin}/x` }), /^200\n/);
  assert.equal(received.pop()?.method, 'HEAD');
  assert.match(await output({ call: 'revoke' }), /^200\n/);
  assert.deepEqual(peers.faults, []);
});
