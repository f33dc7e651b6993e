import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { after, test } from 'node:test';
import { chromium } from '@playwright/test';
import { listening } from '../gateway/backends.ts';
import { chromiumArgs, findChromium } from '../ui/harness/chromium.ts';
import { openPeers, run } from './round.ts';

const peers = await openPeers();
after(peers.close);
const { app, status } = peers;
const origin = `https://localhost:${status.port}`;
const keys = { application: 'Shop', keyType: 'PRODUCTION' } as const;

/** Answers the method, whether a token arrived, and the body. */
const backend = createServer(async (incoming: IncomingMessage, response: ServerResponse) => {
  const body = await text(incoming);
  const seen = { method: incoming.method, url: incoming.url, token: incoming.headers.authorization ?? null, body };
  response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(seen));
});

const { url } = await listening({ after: (close) => after(close) }, backend);
await app.call('apis.create', { name: 'orders', version: '1.0', productionBackend: url, sandboxBackend: null });
await app.call('subscriptions.create', { application: 'Shop', api: 'orders/1.0' });
const { accessToken: token } = await app.call('tokens.issue', { ...keys, username: 'tester', scope: 'device_peer' });

const forwarded = { method: 'POST', url: '/7?deep=true', token: null, body: '{"a":1}' };
const reasonOfRefusal = 'Never issued here.';

/** What each client reports: the reply of the backend, and the status and reason of a refusal. */
const assertReport = (report: string): void => {
  const { answered, refused } = JSON.parse(report);
  assert.deepEqual(JSON.parse(answered), forwarded);
  assert.deepEqual(refused, { status: 401, reason: reasonOfRefusal });
};

test("Python's requests call an API, and read why they are refused", async () => {
  const script = `
import json, sys, requests
task = json.load(sys.stdin)
def call(token):
    headers = {"Authorization": "Bearer " + token, "Content-Type": "application/json"}
    return requests.post(task["url"], data='{"a":1}', headers=headers, verify=task["caFile"])
refused = call("nope")
print(json.dumps({"answered": call(task["token"]).text, "refused": {"status": refused.status_code, "reason": refused.headers["X-Keyfob-Reason"]}}))
`;
  const task = { url: `${origin}/orders/1.0/7?deep=true`, token, caFile: status.caFile };
  const { code, stdout, stderr } = await run(
    { command: '/usr/bin/python3', args: ['-c', script] },
    JSON.stringify(task),
  );
  assert.equal(code, 0, stderr);
  assertReport(stdout);
});

test('HttpClient of Java calls an API over plain HTTP, with its offer of h2c', async (t) => {
  if (!existsSync('/usr/bin/java')) {
    t.diagnostic('Java is not installed, so its client did not run.');
    return;
  }
  const http = `http://localhost:${status.httpPort}/orders/1.0/7?deep=true`;
  const args = [join(import.meta.dirname, 'GatewayClient.java'), http, token];
  const { code, stdout, stderr } = await run({ command: '/usr/bin/java', args }, '');
  assert.equal(code, 0, stderr);
  assertReport(stdout);
});

test('a page of this machine calls an API from the browser; a foreign page may only lead to the sign-in', async (t) => {
  const page = createServer((_, response) => response.writeHead(200, { 'Content-Type': 'text/html' }).end('<p>page'));
  const served = await listening(t, page);
  const browser = await chromium.launch({
    executablePath: findChromium() ?? '',
    args: [...chromiumArgs, '--ignore-certificate-errors', '--host-resolver-rules=MAP shop.example 127.0.0.1'],
  });
  t.after(() => browser.close());
  const tab = await browser.newPage();
  const report = () =>
    tab.evaluate(
      async ({ url, token: bearer }) => {
        const call = (value: string) =>
          fetch(url, {
            method: 'POST',
            headers: { Authorization: `Bearer ${value}`, 'Content-Type': 'application/json' },
            body: '{"a":1}',
          });
        const refused = await call('nope');
        return JSON.stringify({
          answered: await (await call(bearer)).text(),
          refused: { status: refused.status, reason: refused.headers.get('X-Keyfob-Reason') },
        });
      },
      { url: `${origin}/orders/1.0/7?deep=true`, token },
    );
  await tab.goto(served.url);
  assertReport(await report());

  const logged = (await app.call('requests.list', {})).items.length;
  await tab.goto(served.url.replace('127.0.0.1', 'shop.example'));
  await assert.rejects(report(), /Failed to fetch/);
  const [newest] = (await app.call('requests.list', {})).items;
  assert.deepEqual([newest?.status, newest?.foreignSite], [403, served.url.replace('127.0.0.1', 'shop.example')]);
  assert.equal((await app.call('requests.list', {})).items.length, logged + 1);

  const callback = 'https://shop.example/cb';
  await app.call('keys.update', { ...keys, grantTypes: ['authorization_code'], callbackUrl: callback });
  const fields = { response_type: 'code', client_id: peers.consumerKey, redirect_uri: callback };
  const inputs = Object.entries(fields).map(([name, value]) => `<input type="hidden" name="${name}" value="${value}">`);
  const form = `<form method="post" action="${origin}/oauth2/authorize">${inputs.join('')}<button>Sign in</button></form>`;
  await tab.evaluate((html) => {
    document.body.innerHTML = html;
  }, form);
  await tab.getByRole('button').click();
  await tab.getByText('Sign in to Shop').waitFor();
});

test('one token invokes every API that its application subscribes to', async () => {
  await app.call('apis.create', { name: 'stock', version: '2.0' });
  const authorization = { headers: { Authorization: `Bearer ${token}` } };
  const call = async (path: string) =>
    (await fetch(`http://localhost:${status.httpPort}${path}`, authorization)).status;
  assert.deepEqual(await Promise.all(['/orders/1.0/a', '/echo/1.0/a', '/stock/2.0/a'].map(call)), [200, 200, 403]);
  await app.call('subscriptions.create', { application: 'Shop', api: 'stock/2.0' });
  assert.equal(await call('/stock/2.0/a'), 200);
  assert.deepEqual(peers.faults, []);
});
