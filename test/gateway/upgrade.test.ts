import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import { ask, connect, exchange, header, request } from '../listener/wire.ts';
import { rawBackend } from './backends.ts';
import { admitting, serveGateway } from './serveGateway.ts';

const handshake = {
  ...{ Connection: 'Upgrade', Upgrade: 'websocket', 'Content-Length': undefined },
  ...{ 'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==', 'Sec-WebSocket-Version': '13' },
};
const line = 'GET /shop/1.0.0/chat HTTP/1.1';

test('a WebSocket is admitted like any request, then forwarded both ways until either side ends', async (t) => {
  const { http, https, next, servers } = await serveGateway(t);
  let head = '';
  const backend = await rawBackend(t, (socket, sent) => {
    head = sent;
    socket.write(
      'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: x\r\n\r\nhello',
    );
    socket.on('data', (piece: Buffer) => {
      if (piece.toString() === 'end') socket.end('ended');
      else socket.write(piece.toString().toUpperCase());
    });
  });
  next.decide = admitting(backend.url);
  for (const target of [http, https]) {
    const socket = await connect(target);
    let text = '';
    socket.on('data', (piece) => {
      text += piece;
    });
    const until = async (part: string) => {
      while (!text.includes(part)) await once(socket, 'data');
    };
    socket.write(request(line, { ...handshake, Authorization: 'Bearer secret' }));
    await until('hello');
    assert.match(text, /^HTTP\/1\.1 101 Switching Protocols\r\n.*Sec-WebSocket-Accept: x\r\n/s);
    assert.match(head, /\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n.*Upgrade: websocket\r\n/s);
    assert.doesNotMatch(head, /secret/);
    socket.write('abc');
    await until('ABC');
    socket.write('end');
    await once(socket, 'close');
    assert.match(text, /ended$/);
  }
  assert.equal(servers.requests.rows()[0]?.status, 101);
});

test('refused handshakes, and backends that do not upgrade, get plain replies', async (t) => {
  const { http, next } = await serveGateway(t);
  const backend = await rawBackend(t, (socket) => socket.end('HTTP/1.1 426 No\r\nContent-Length: 2\r\n\r\nno'));
  next.decide = admitting(backend.url);
  const plain = await ask(http, request(line, handshake));
  assert.deepEqual([plain.status, plain.body], [426, 'no']);
  next.decide = () => ({
    kind: 'refused',
    fault: { code: 900902, stage: 'authentication' },
    facts: {},
    cors: undefined,
  });
  const refused = await ask(http, request(line, handshake));
  assert.equal(refused.status, 401);
  assert.equal(header(refused, 'connection'), 'close');
  assert.equal((await ask(http, request(line, { ...handshake, Origin: 'https://evil.example' }))).status, 403);
  assert.equal((await ask(http, request(line, { ...handshake, Host: 'evil.example' }))).status, 421);
  assert.equal(backend.connections(), 1);
});

test('other upgrades stay ordinary requests', async (t) => {
  const { http } = await serveGateway(t);
  const headers = { Connection: 'Upgrade, HTTP2-Settings', Upgrade: 'h2c', 'HTTP2-Settings': 'AAEAAEAA' };
  const reply = await ask(http, request('POST /shop/1.0.0/a HTTP/1.1', headers, 'body'));
  assert.equal(reply.status, 200);
  assert.equal(JSON.parse(reply.body).request.body.text, 'body');
});

test('an open WebSocket does not hold up a stop', async (t) => {
  const { http, next, servers } = await serveGateway(t, { timeouts: { drainMs: 3_600_000 } });
  const backend = await rawBackend(t, (socket) =>
    socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n'),
  );
  next.decide = admitting(backend.url);
  const socket = await connect(http);
  socket.on('error', () => {});
  socket.write(request(line, handshake));
  await once(socket, 'data');
  const closed = once(socket, 'close');
  socket.resume();
  await servers.stop();
  await closed;
});

test('a handshake behind a reply that is not out yet stays an ordinary request', async (t) => {
  const { http, next } = await serveGateway(t);
  next.decide = admitting('echo');
  const [first, second] = await exchange(http, `${request('GET /a HTTP/1.1', {})}${request(line, handshake)}`, 2);
  assert.deepEqual([first?.status, second?.status], [200, 200]);
});
