import assert from 'node:assert/strict';
import { mkdirSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { after, before, type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from '@playwright/test';
import { writeOpeningFile } from '../../main/browserHost/openingFile.ts';
import { builtWindow, serveWindow } from '../browserHost/served.ts';
import { chromiumArgs, findChromium } from '../ui/harness/chromium.ts';

/** Opens a window's session, makes a call, and gives the outcome. */
const windowScript = `
const say = (text) => document.body.append(text);
const token = new URLSearchParams(location.hash.slice(1)).get('token');
const headers = { 'content-type': 'application/json' };
const opened = await fetch('/session', { method: 'POST', headers, body: JSON.stringify({ token }) });
if (!opened.ok) say('refused with ' + opened.status);
else {
  const { bearer } = await opened.json();
  headers.authorization = 'Bearer ' + bearer;
  const called = await fetch('/call', { method: 'POST', headers, body: '{"method":"scopes.list","input":{}}' });
  say('called with ' + called.status);
}`;
const windowPage = `<!doctype html><title>Keyfob</title><meta name="csp-nonce" content="__CSP_NONCE__">
<script>document.title = 'inline ran';</script>
<body style="color: red"><script type="module" src="/assets/app-Ab3_-xyz.js"></script></body>`;

/** A foreign host name that resolves to this machine (DNS rebinding). */
const rebound = 'rebound.example';
let browser: Browser;

before(async () => {
  browser = await chromium.launch({
    executablePath: findChromium() ?? '',
    args: [...chromiumArgs, `--host-resolver-rules=MAP ${rebound} 127.0.0.1`],
  });
});
after(() => browser.close());

async function served(t: TestContext) {
  const folder = builtWindow(t, { 'index.html': windowPage, 'assets/app-Ab3_-xyz.js': windowScript });
  const window = await serveWindow(t, { folder });
  const context = await browser.newContext();
  t.after(() => context.close());
  return { ...window, context, own: `http://127.0.0.1:${window.host.port}` };
}

/** A foreign page on another port of this machine, under the host `name`. */
async function elsewhere(t: TestContext, page: Page, name = '127.0.0.1', html = '<body></body>'): Promise<void> {
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html' });
    response.end(`<!doctype html>${html}`);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  t.after(() => server.close());
  await page.goto(`http://${name}:${(server.address() as AddressInfo).port}/`);
}

test('opens once for its owner, and refuses a stolen address', async (t) => {
  const { host, context, seen } = await served(t);
  const url = host.newUrl();
  const page = await context.newPage();
  const violations: string[] = [];
  page.on('console', (message) => violations.push(message.text()));
  await page.goto(url);
  await page.getByText('called with 200').waitFor();
  const thief = await browser.newContext();
  t.after(() => thief.close());
  const stolen = await thief.newPage();
  await stolen.goto(url);
  await stolen.getByText('refused with 401').waitFor();
  assert.equal(seen.calls, 1);
  // The policy stops scripts that a fault in the page would let in.
  assert.equal(await page.title(), 'Keyfob');
  assert.equal(await page.evaluate(() => getComputedStyle(document.body).color), 'rgb(0, 0, 0)');
  assert.ok(violations.some((text) => text.includes('Content Security Policy')));
  assert.deepEqual(await context.cookies(), []);
  const reached = await page.evaluate(() =>
    fetch('http://127.0.0.1:1/').then(
      () => 'reached',
      (error) => String(error),
    ),
  );
  assert.match(reached, /TypeError/);
  assert.ok(violations.some((text) => text.includes("connect-src 'self'")));
});

test("opens once from the owner's file, which stays out of the history", async (t) => {
  const { host, context, own, seen } = await served(t);
  const folder = join(builtWindow(t), '100%41 #1?');
  mkdirSync(folder);
  const file = writeOpeningFile(folder, host.newUrl());
  assert.equal(statSync(fileURLToPath(file)).mode & 0o777, 0o600);
  const page = await context.newPage();
  await page.goto(file);
  await page.getByText('called with 200').waitFor();
  assert.equal(new URL(page.url()).origin, own);
  assert.equal(await page.evaluate(() => history.length), 2, 'the empty tab and the window');
  assert.equal(seen.calls, 1);
  const again = await context.newPage();
  await again.goto(file);
  await again.getByText('already used').waitFor();
  assert.equal(seen.calls, 1);
});

for (const name of ['127.0.0.1', 'localhost', rebound]) {
  test(`refuses calls from a page on another port of ${name}, even with token and bearer`, async (t) => {
    const { host, context, own, seen, session, exchange } = await served(t);
    const token = new URL(host.newUrl()).hash.replace('#token=', '');
    const { authorization } = await session();
    const page = await context.newPage();
    await elsewhere(t, page, name);
    const outcomes = await page.evaluate(
      async ({ own, token, authorization }) => {
        const call = '{"method":"scopes.list","input":{}}';
        const session = JSON.stringify({ token });
        const attempts: readonly [path: string, init: RequestInit][] = [
          ['/', {}],
          ['/', { mode: 'no-cors' }],
          ['/assets/app-Ab3_-xyz.js', {}],
          ['/call', { method: 'POST', headers: { authorization, 'content-type': 'application/json' }, body: call }],
          ['/call', { method: 'POST', mode: 'no-cors', body: call }],
          ['/session', { method: 'POST', headers: { 'content-type': 'application/json' }, body: session }],
          ['/session', { method: 'POST', mode: 'no-cors', body: session, credentials: 'include' }],
          ['/events', { headers: { authorization } }],
        ];
        return await Promise.all(
          attempts.map(([path, init]) =>
            fetch(own + path, init).then(
              (response) => `${response.type} ${response.status}`,
              () => 'failed',
            ),
          ),
        );
      },
      { own, token, authorization },
    );
    for (const outcome of outcomes) assert.ok(['failed', 'opaque 0'].includes(outcome), outcome);
    assert.equal(seen.calls, 0);
    assert.equal((await exchange(token)).status, 200, 'the token was not used up');
  });
}

test('refuses a foreign host name that resolves to this machine', async (t) => {
  const { host, context, seen } = await served(t);
  const page = await context.newPage();
  const answer = await page.goto(host.newUrl().replace('127.0.0.1', rebound));
  assert.equal(answer?.status(), 421);
  // The refusal is a page under that name, which cannot call either.
  const tried = await page.evaluate(() =>
    fetch('/session', { method: 'POST', body: '{}' }).then(
      ({ status }) => String(status),
      () => 'blocked',
    ),
  );
  assert.equal(tried, 'blocked');
  assert.equal(seen.calls, 0);
});

test('refuses a form posted from another page', async (t) => {
  const { host, context, own, exchange } = await served(t);
  const token = new URL(host.newUrl()).hash.replace('#token=', '');
  const page = await context.newPage();
  const html = `<form method="post" enctype="text/plain" action="${own}/session"><input name='{"token":"${token}","x":"' value='"}'></form>`;
  await elsewhere(t, page, 'localhost', html);
  const answered = page.waitForResponse(`${own}/session`);
  await page.evaluate(() => document.forms[0]?.submit());
  assert.equal((await answered).status(), 403);
  assert.equal((await exchange(token)).status, 200);
});

test('refuses to be framed or embedded', async (t) => {
  const { host, context, own, seen } = await served(t);
  const page = await context.newPage();
  const html = `<iframe src="${host.newUrl()}"></iframe><object data="${host.newUrl()}"></object>
    <script src="${own}/assets/app-Ab3_-xyz.js" type="module"></script><link rel="stylesheet" href="${own}/">`;
  const statuses: number[] = [];
  page.on('response', (response) => {
    if (response.url().startsWith(own)) statuses.push(response.status());
  });
  await elsewhere(t, page, '127.0.0.1', html);
  await page.waitForLoadState('networkidle');
  assert.ok(statuses.length > 0);
  assert.deepEqual(new Set(statuses), new Set([403]));
  for (const frame of page.frames().slice(1)) assert.doesNotMatch(await frame.content(), /called with/);
  assert.equal(seen.calls, 0);
});

test('gives an opening page no handle to the window', async (t) => {
  const { host, context, seen } = await served(t);
  const page = await context.newPage();
  await elsewhere(t, page);
  const [opened] = await Promise.all([
    context.waitForEvent('page'),
    page.evaluate((url) => {
      Reflect.set(globalThis, 'held', open(url));
    }, host.newUrl()),
  ]);
  await opened.waitForLoadState();
  assert.match(await opened.content(), /refused/);
  assert.equal(await page.evaluate(() => Reflect.get(globalThis, 'held').closed), true, 'the two are kept apart');
  assert.equal(seen.calls, 0);
});
