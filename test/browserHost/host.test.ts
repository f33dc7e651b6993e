import assert from 'node:assert/strict';
import { Agent, type IncomingMessage, request } from 'node:http';
import { connect, createServer } from 'node:net';
import { test } from 'node:test';
import type { Subscribe } from '../../main/transport/http.ts';
import { endlessMint, mintInput } from '../transport/handlers.ts';
import { json, listScopes, serveWindow } from './served.ts';

function open(
  port: number,
  path: string,
  headers: Readonly<Record<string, string>>,
  body?: string,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const method = body === undefined ? 'GET' : 'POST';
    request({ host: '127.0.0.1', port, path, method, agent: false, headers }, resolve).on('error', reject).end(body);
  });
}

/** A subscription whose listener and end are visible to the test. */
function watched() {
  const left = Promise.withResolvers<void>();
  let emit: Parameters<Subscribe>[0] = () => {};
  const subscribe: Subscribe = (listener) => {
    emit = listener;
    return left.resolve;
  };
  return { subscribe, left: left.promise, emit: (text: string) => emit('scopes.changed', { name: text }) };
}

test('streams events until the page leaves', async (t) => {
  const watch = watched();
  const { host, session } = await serveWindow(t, { subscribe: watch.subscribe });
  const events = await open(host.port, '/events', await session());
  assert.equal(events.headers['x-content-type-options'], 'nosniff');
  watch.emit('a');
  const line = await new Promise<Buffer>((resolve) => events.once('data', resolve));
  assert.equal(line.toString(), '{"name":"scopes.changed","data":{"name":"a"}}\n');
  events.destroy();
  await watch.left;
});

test('cuts off a page that does not read', async (t) => {
  const watch = watched();
  const { host, session } = await serveWindow(t, { subscribe: watch.subscribe });
  const events = await open(host.port, '/events', await session());
  events.on('error', () => {});
  for (let count = 0; count < 100; count += 1) watch.emit('x'.repeat(100_000));
  await watch.left;
});

const mint = JSON.stringify({ method: 'devices.mint', input: mintInput });

test('stops a call when its page leaves', async (t) => {
  const { dispatch, cancelled } = endlessMint();
  const { host, session } = await serveWindow(t, { dispatch });
  const answer = await open(host.port, '/call', { ...json, ...(await session()) }, mint);
  await new Promise((resolve) => answer.once('data', resolve));
  answer.destroy();
  assert.match(await cancelled, /^Cancelled\. \d+ of 1000000 were done before, and stay\.$/);
});

test('closing ends event streams, answers running calls, and leaves no connection', async (t) => {
  const { dispatch, cancelled } = endlessMint();
  const { host, session } = await serveWindow(t, { dispatch });
  const headers = await session();
  const agent = new Agent({ keepAlive: true });
  t.after(() => agent.destroy());
  const idle = await new Promise<IncomingMessage>((resolve) =>
    request({ host: '127.0.0.1', port: host.port, agent }, resolve).end(),
  );
  await new Promise((ended) => idle.resume().once('end', ended));
  const events = await open(host.port, '/events', headers);
  const streamEnded = new Promise((ended) => events.resume().once('end', ended));
  const answer = await open(host.port, '/call', { ...json, ...headers }, mint);
  const answerEnded = new Promise((ended) => answer.resume().once('end', ended));
  await host.close();
  await Promise.all([streamEnded, answerEnded]);
  assert.match(await cancelled, /^Cancelled/);
  await assert.rejects(open(host.port, '/', {}), { code: 'ECONNREFUSED' });
});

test('closing does not wait for a client that sends nothing', async (t) => {
  const { host } = await serveWindow(t, {
    timeouts: { headersMs: 60_000, requestMs: 60_000, checkMs: 10_000, drainMs: 50 },
  });
  const head = `POST /session HTTP/1.1\r\nHost: 127.0.0.1:${host.port}\r\nContent-Type: application/json\r\nContent-Length: 9\r\nExpect: 100-continue\r\n\r\n`;
  const slow = connect(host.port, '127.0.0.1', () => slow.write(head)).on('error', () => {});
  // The host is serving this request now: it sent 100 Continue.
  await new Promise((told) => slow.once('data', told));
  const gone = new Promise((ended) => slow.once('close', ended));
  await host.close();
  await gone;
});

test('sessions end with the process that opened them', async (t) => {
  const first = await serveWindow(t);
  const headers = { ...json, ...(await first.session()) };
  await first.host.close();
  const second = await serveWindow(t, { port: first.host.port });
  assert.equal((await second.ask({ ...listScopes, headers })).status, 401);
});

test('names a taken port and a free one', async (t) => {
  const other = createServer();
  await new Promise<void>((listening) => other.listen(0, '127.0.0.1', listening));
  t.after(() => other.close());
  const { port } = other.address() as { port: number };
  await assert.rejects(serveWindow(t, { port }), (error: Error & { code?: string; details?: { port?: object } }) => {
    assert.equal(error.code, 'port_in_use');
    assert.match(error.message, new RegExp(`^Port ${port} is in use by another program; .* \\d+ is free\\.$`));
    assert.partialDeepStrictEqual(error.details, { port: { taken: port } });
    return true;
  });
});
