import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, type TestContext, test } from 'node:test';
import { completeFlow, createBrowser, locationOf } from '../endpoint/signInBrowser.ts';
import { createOAuthClient } from '../helpers/oauthClient.ts';
import { openPeers, type Program, type ToldToken } from './round.ts';
import type { WebAppReport, WebAppTask } from './webApp.ts';

const peers = await openPeers();
after(peers.close);
const { consumerKey, status } = peers;
const origin = `https://localhost:${status.port}`;
const keys = { application: 'Shop', keyType: 'PRODUCTION' } as const;

await peers.app.call('keys.update', {
  ...keys,
  grantTypes: ['authorization_code', 'refresh_token', 'client_credentials', 'password'],
  callbackUrl: 'http://127.0.0.1/cb',
  pkce: 'required',
});

const nodeApp = (name: string, flags: readonly string[] = []): Program => ({
  command: process.execPath,
  args: [...flags, join(import.meta.dirname, `${name}.client.ts`)],
  env: { ...process.env, NODE_EXTRA_CA_CERTS: status.caFile },
});

/** Starts a foreign web app; gives its address. */
const start = async (t: TestContext, { command, args, env }: Program, task: WebAppTask): Promise<string> => {
  const child = spawn(command, args, { env, stdio: ['pipe', 'pipe', 'inherit'] });
  t.after(() => child.kill());
  child.stdin.end(JSON.stringify(task));
  for await (const line of createInterface(child.stdout)) return `http://127.0.0.1:${line}`;
  throw new Error('The app ended before it was ready.');
};

/** Signs in to a web app with a browser, and gives the app's report. */
const signIn = async (app: string): Promise<WebAppReport> => {
  const led = await fetch(`${app}/login`, { redirect: 'manual' });
  const url = new URL(led.headers.get('location') ?? assert.fail(await led.text()));
  assert.equal(url.origin, origin);
  const browser = createBrowser({ port: status.port ?? 0, ca: readFileSync(status.caFile, 'utf8') });
  const done = await completeFlow(browser, url.pathname + url.search, { username: 'tester', password: 's3cret' });
  const reply = await fetch(locationOf(done));
  const body = await reply.text();
  assert.equal(reply.status, 200, body);
  return JSON.parse(body) as WebAppReport;
};

const taskOf = (name: string, publicClient: boolean): WebAppTask => ({
  issuer: `${origin}/oauth2/token`,
  consumerKey,
  ...(!publicClient && { consumerSecret: peers.consumerSecret }),
  scope: `openid device_${name}`,
  username: 'tester',
  password: 's3cret',
});

const introspection = createOAuthClient(
  origin,
  { id: consumerKey, secret: peers.consumerSecret },
  readFileSync(status.caFile, 'utf8'),
);
after(introspection.close);

const assertToken = (token: ToldToken, scope: string): void => {
  assert.match(token.access_token, /^[\w-]{28}$/);
  assert.equal(token.token_type.toLowerCase(), 'bearer');
  assert.ok(Number(token.expires_in) > 3590 && Number(token.expires_in) <= 3600, `${token.expires_in}`);
  assert.equal(token.scope.split(' ').sort().join(' '), scope.split(' ').sort().join(' '));
};

/** Compares an app's report with the expected one, and with the state of its tokens. */
const assertReport = async (report: WebAppReport, { scope }: WebAppTask): Promise<void> => {
  const { user, refreshed, application, byPassword, userinfo, revoked = [] } = report;
  for (const token of [user, refreshed]) {
    assertToken(token, scope);
    assert.match(token.refresh_token ?? '', /^[\w-]{28}$/);
  }
  if (application) assertToken(application, `am_application_scope ${scope.replace('openid ', '')}`);
  if (byPassword) assertToken(byPassword, scope);
  if (userinfo) assert.equal(userinfo.sub, 'tester@carbon.super');
  // The password grant gives the token of the same tuple again (row 48).
  if (byPassword) assert.equal(byPassword.access_token, refreshed.access_token);
  const tokens = [user, refreshed, application].flatMap((token) => token?.access_token ?? []);
  assert.equal(new Set(tokens).size, tokens.length);
  for (const token of tokens) {
    assert.equal(await introspection.isActive(token), token !== user.access_token && !revoked.includes(token));
  }
};

const pythonApp = (library: string): Program => ({
  command: '/usr/bin/python3',
  args: [join(import.meta.dirname, 'webApp.py'), library],
  env: { ...process.env, REQUESTS_CA_BUNDLE: status.caFile },
});

interface App {
  readonly library: string;
  readonly program: Program;
  readonly publicClient?: boolean;
}

const apps: readonly App[] = [
  ...[false, true].flatMap((publicClient) => [
    { library: 'openid-client', program: nodeApp('openidClientApp'), publicClient },
    { library: 'oauth4webapi', program: nodeApp('oauth4webapiApp'), publicClient },
  ]),
  { library: 'passport-oauth2', program: nodeApp('passportOauth2') },
  { library: 'simple-oauth2', program: nodeApp('simpleOauth2') },
  {
    library: 'AppAuth-JS',
    program: nodeApp('appAuth', ['--import', join(import.meta.dirname, 'appAuth.hooks.mjs')]),
    publicClient: true,
  },
  ...['requests-oauthlib', 'Authlib'].map((library) => ({ library, program: pythonApp(library) })),
];

for (const { library, program, publicClient = false } of apps) {
  test(`${library} signs a user in as a ${publicClient ? 'public' : 'confidential'} client, and completes its flows`, async (t) => {
    await peers.app.call('keys.update', { ...keys, publicClient });
    const task = taskOf(library, publicClient);
    await assertReport(await signIn(await start(t, program, task)), task);
    assert.deepEqual(peers.faults, []);
  });
}
