import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { type TestContext, test } from 'node:test';
import type { CallbackVerdict, JudgeCallback } from '../../main/engine/ports/callbackReceiver.ts';
import { openCallbackReceiver } from '../../main/runner/callback/callbackReceiver.ts';
import { failing } from '../helpers/engine.ts';
import { ask, header, request, type WireReply } from '../listener/wire.ts';

const judge: JudgeCallback = (parameters): CallbackVerdict => {
  if (parameters.get('state') !== 's') return { kind: 'wrong', why: 'Another state.' };
  const error = parameters.get('error');
  return error === undefined
    ? { kind: 'code', code: parameters.get('code') ?? '' }
    : { kind: 'error', error, description: '<b>denied</b>' };
};

async function open(t: TestContext, { url = 'http://127.0.0.1/cb', anyPort = true, limitMs = 60_000 } = {}) {
  const receiver = await openCallbackReceiver({ url, anyPort });
  t.after(receiver.close);
  let cancel = () => {};
  const watch = {
    whenCancelled: (stop: () => void) => {
      cancel = stop;
      return () => undefined;
    },
  };
  const received = receiver.receive(judge, { limitMs, watch });
  // A test that ends earlier than the answer must not leave a rejection.
  received.catch(() => undefined);
  const port = Number(new URL(receiver.redirectUri).port);
  const get = (path: string, headers = {}, method = 'GET'): Promise<WireReply> =>
    ask({ port }, request(`${method} ${path} HTTP/1.1`, { Host: `127.0.0.1:${port}`, ...headers }));
  return { ...receiver, received, port, get, cancel: () => cancel() };
}

test('the first right answer is received, and its page is safe and stored nowhere', async (t) => {
  const { received, get, redirectUri, port, close } = await open(t);
  assert.equal(redirectUri, `http://127.0.0.1:${port}/cb`);
  const page = await get('/cb?code=abc&state=s&iss=i');
  assert.deepEqual(await received, { kind: 'code', code: 'abc' });
  assert.equal(page.status, 200);
  assert.match(page.body, /You can close this tab/);
  assert.ok(!page.body.includes('<script') && !page.body.includes('abc'));
  assert.match(header(page, 'content-security-policy') ?? '', /default-src 'none'.*frame-ancestors 'none'/);
  assert.equal(header(page, 'cache-control'), 'no-store');
  assert.equal((await get('/cb?code=other&state=s')).status, 404, 'only one answer');
  await close();
  await assert.rejects(get('/cb?code=abc&state=s'), /ECONNREFUSED/);
});

test('an error of the sign-in is received, and its text is no markup', async (t) => {
  const { received, get } = await open(t);
  const page = await get('/cb?error=access_denied&state=s');
  assert.deepEqual(await received, { kind: 'error', error: 'access_denied', description: '<b>denied</b>' });
  assert.equal(page.status, 200);
  assert.match(page.body, /&#60;b&#62;denied/);
});

test('requests that are not the answer are refused, and the receiver goes on waiting', async (t) => {
  const { received, get, port } = await open(t);
  const wrong: readonly [status: number, ...Parameters<typeof get>][] = [
    [404, '/favicon.ico'],
    [404, '/'],
    [404, '/cb/?code=a&state=s'],
    [404, '/CB?code=a&state=s'],
    [404, `http://127.0.0.1:${port}/cb?code=a&state=s`],
    [405, '/cb?code=a&state=s', {}, 'POST'],
    [400, '/cb'],
    [400, '/cb?code=a&state=other'],
    [400, '/cb?code=a&state=s&state=s'],
    [400, '/cb?code=a&code=b&state=s'],
    [421, '/cb?code=a&state=s', { Host: 'rebound.example' }],
    [400, '/cb?code=a&state=s', { Host: undefined }],
  ];
  for (const [status, ...asked] of wrong) assert.equal((await get(...asked)).status, status, JSON.stringify(asked));
  const silent = connect(port, '127.0.0.1');
  silent.on('error', () => undefined);
  const page = await get('/cb?state=no&code=a');
  assert.match(page.body, /Another state.*still waits/s);
  await get('/cb?code=good&state=s');
  assert.deepEqual(await received, { kind: 'code', code: 'good' });
});

test('closing ends connections that send nothing', async (t) => {
  const { port, close } = await open(t);
  const silent = connect(port, '127.0.0.1');
  const ended = new Promise((resolve) => silent.on('close', resolve));
  silent.on('error', () => undefined);
  await new Promise((resolve) => silent.on('connect', resolve));
  await close();
  await ended;
});

test('waiting ends by a cancel and at the time limit', async (t) => {
  const cancelled = await open(t);
  cancelled.cancel();
  await assert.rejects(cancelled.received, failing('cancelled'));
  const late = await open(t, { limitMs: 1 });
  await assert.rejects(late.received, failing('call_failed', undefined, /Nobody signed in within/));
});

test('a callback keeps its host, path, query and, without a free choice, its port', async (t) => {
  const free = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => free.on('listening', resolve));
  const { port } = free.address() as AddressInfo;
  const url = `http://localhost:${port}/a/b?x=1`;
  await assert.rejects(openCallbackReceiver({ url, anyPort: false }), failing('port_in_use'));
  await new Promise((resolve) => free.close(resolve));
  const fixed = await open(t, { url, anyPort: false });
  assert.equal(fixed.redirectUri, url);
  await fixed.get('/a/b?x=1&code=c&state=s', { Host: `localhost:${port}` });
  assert.deepEqual(await fixed.received, { kind: 'code', code: 'c' });
  const moved = await open(t, { url: 'http://LOCALHOST:1/a?x=1' });
  assert.match(moved.redirectUri, /^http:\/\/LOCALHOST:\d+\/a\?x=1$/);
});
