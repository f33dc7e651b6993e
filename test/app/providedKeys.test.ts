import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { statSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { type TestContext, test } from 'node:test';
import { promisify } from 'node:util';
import { createCa, createLeaf } from '../../main/platform/certificates/certificate.ts';
import { ageTool } from '../helpers/age.ts';
import { openServingApp, openTestApp } from '../helpers/app.ts';

const run = promisify(execFile);
const keys = { application: 'Staging', keyType: 'PRODUCTION' } as const;
const hostile = { consumerKey: `k"e'y %PATH% $HOME \`id\` !! ~+\\`, consumerSecret: `'"s:e%20c+r e$(id)t\\"!&|<>@` };

interface Received {
  readonly path: string | undefined;
  /** Key and secret, of Basic or of the form. */
  readonly credentials: string;
  readonly form: URLSearchParams;
}

/** A real HTTPS server under an authority of its own. It reads Basic without form-decoding, as WSO2 does. */
async function openServer(t: TestContext) {
  const nowMs = Date.now();
  const ca = await createCa({ installationId: 'elsewhere', nowMs });
  const leaf = await createLeaf({ ca, extraNames: [], nowMs });
  const received: Received[] = [];
  const server = createServer({ key: leaf.privateKeyPem, cert: leaf.certificatePem }, async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const form = new URLSearchParams(Buffer.concat(chunks).toString());
    const [, base64] = /^Basic (.*)$/.exec(request.headers.authorization ?? '') ?? [];
    const inForm = `${form.get('client_id')}:${form.get('client_secret')}`;
    const credentials = base64 === undefined ? inForm : Buffer.from(base64, 'base64').toString();
    received.push({ path: request.url, credentials, form });
    response.setHeader('content-type', 'application/json').end('{"access_token":"of-the-server","expires_in":3600}');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.close());
  const { port } = server.address() as AddressInfo;
  return { origin: `https://localhost:${port}`, caCertificate: ca.certificatePem, received };
}

const openStaging = async (t: TestContext) => {
  const server = await openServer(t);
  const shop = await openServingApp();
  t.after(shop.close);
  const { call } = shop.app;
  const { origin, caCertificate } = server;
  await call('applications.create', { name: 'Staging' });
  await call('keys.provide', {
    ...{ ...keys, ...hostile, caCertificate, kind: 'wso2-3.2' },
    tokenUrl: `${origin}/token`,
    revokeUrl: `${origin}/revoke`,
  });
  const command = (input: object) => call('snippets.render', { ...keys, secrets: 'real', ...input });
  return { ...shop, server, call, command };
};

const bash = async (text: string, variables: NodeJS.ProcessEnv = {}) =>
  (
    await run('bash', ['--norc', '-c', text.replace('curl ', 'curl -sS --fail ')], {
      env: { ...process.env, ...variables },
    })
  ).stdout;

test('exported commands reach the server with its authority, and hostile key and secret arrive unchanged', async (t) => {
  const { server, command, folder, status } = await openStaging(t);
  const pair = `${hostile.consumerKey}:${hostile.consumerSecret}`;
  const real = await command({ scope: 'device_ipad' });
  assert.match(await bash(real.text), /of-the-server/);
  const env = await command({ secrets: 'env', scope: 'device_ipad' });
  const variables = { KEYFOB_CONSUMER_SECRET: hostile.consumerSecret, KEYFOB_CA: env.caFile };
  assert.match(await bash(env.text, variables), /of-the-server/);
  for (const { path, credentials, form } of server.received) {
    assert.deepEqual([path, credentials, form.get('scope')], ['/token', pair, 'device_ipad']);
  }
  await bash((await command({ call: 'revoke', token: 'of-the-server' })).text);
  const revocation = server.received.at(-1);
  assert.deepEqual(
    [revocation?.path, revocation?.credentials, revocation?.form.get('token')],
    ['/revoke', pair, 'of-the-server'],
  );
  assert.equal(server.received.length, 3);

  const [, file = ''] = /--cacert (\S+)/.exec(real.text) ?? [];
  assert.ok(file.startsWith(folder), file);
  if (process.platform !== 'win32') assert.equal(statSync(file).mode & 0o777, 0o600);
  const underOurs = real.text.replace(file, status.caFile);
  await assert.rejects(bash(underOurs), /certificate/i, 'our authority does not vouch for the server');
});

test('the same keys work offline at the own endpoint, and commands for it', async (t) => {
  const { server, command, call } = await openStaging(t);
  const here = await command({ target: 'machine' });
  const { access_token: token } = JSON.parse(await bash(here.text));
  const env = await command({ target: 'machine', secrets: 'env' });
  const variables = { KEYFOB_CONSUMER_SECRET: hostile.consumerSecret, KEYFOB_CA: env.caFile };
  const { access_token: again } = JSON.parse(await bash(env.text, variables));
  assert.equal(again, token, 'Basic and form are the same client');
  await bash((await command({ target: 'machine', call: 'revoke' })).text);
  assert.equal((await call('tokens.read', { token })).state, 'REVOKED');
  assert.deepEqual(server.received, [], 'nothing went to the server');
  await call('keys.updateServer', { ...keys, servedHere: false });
  await assert.rejects(bash(here.text), /401/);
});

test('Run calls a server on this machine under its authority, and shows no secret', async (t) => {
  const { server, call } = await openStaging(t);
  const ran = await call('snippets.run', keys);
  assert.equal(ran.status, 200);
  assert.deepEqual([ran.tokenId, ran.why], [undefined, undefined]);
  assert.ok(!JSON.stringify(ran).includes('of-the-server'));
  assert.equal(server.received[0]?.credentials, `${hostile.consumerKey}:${hostile.consumerSecret}`);
});

test('a backup carries keys of other servers, and reports other server facts', async (t) => {
  const { call } = await openStaging(t);
  await call('keys.updateServer', { ...keys, servedHere: false });
  const age = ageTool(t);
  const { file } = await call('backup.export', { recipients: [age.recipient] });
  const other = await openTestApp();
  t.after(other.close);
  const theirs = other.app.call;
  const given = { file, backupIdentity: age.keyFile };
  await theirs('backup.import', given);
  const known = async (from: typeof theirs) => {
    const { items } = await from('keys.list', { application: 'Staging' });
    return [await from('keys.reveal', keys), items.map(({ id: _, applicationId: __, ...rest }) => rest)];
  };
  assert.deepEqual(await known(theirs), await known(call));
  const find = async () =>
    (await theirs('backup.preview', given)).items.find(({ item }) => item === 'application:Staging');
  assert.equal((await find())?.state, 'equal');
  for (const change of [{ kind: 'other' as const }, { servedHere: true }, { consumerSecret: 'another' }]) {
    await theirs('keys.updateServer', { ...keys, ...change });
    assert.partialDeepStrictEqual(await find(), { state: 'conflict' });
    await theirs('backup.import', { ...given, onConflict: 'theirs' });
    assert.equal((await find())?.state, 'equal');
  }
});

test('commands carry a chosen consumer key with every allowed character', async (t) => {
  const shop = await openServingApp();
  t.after(shop.close);
  const { call } = shop.app;
  const consumerKey = `-._~${'k'.repeat(240)}~`;
  const variables = { SECRET: hostile.consumerSecret };
  const file = `keyfob: 1\napplications: [{ name: Staging, keys: { PRODUCTION: { consumerKey: "${consumerKey}", consumerSecret: "\${SECRET}" } } }]`;
  await call('describe.apply', { file: Buffer.from(file).toString('base64'), variables });
  assert.equal((await call('snippets.run', keys)).status, 200);
  const { caFile } = await call('endpoint.status', {});
  const environment = { KEYFOB_CONSUMER_SECRET: hostile.consumerSecret, KEYFOB_CA: caFile };
  const tokens = [];
  for (const secrets of ['real', 'env'] as const) {
    const { text } = await call('snippets.render', { ...keys, secrets });
    tokens.push(JSON.parse(await bash(text, environment)).access_token);
  }
  assert.equal(tokens[1], tokens[0], 'Basic and form are the same client');
});
