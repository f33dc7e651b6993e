import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { Agent, type IncomingMessage, request as sendHttp } from 'node:http';
import { PassThrough, Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { test } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { BodyRequest } from '../../main/listener/body.ts';
import { errorReply } from '../../main/listener/reply.ts';
import type { Route } from '../../main/listener/route.ts';
import { serveSite } from './serveSite.ts';
import { ask, connect, exchange, readReplies, request, whenClosed } from './wire.ts';

const mebibyte = 1024 * 1024;
const octets = ['Content-Type', 'application/octet-stream'];

const streaming = (answer: Route['answer']): Route => ({
  methods: 'any',
  body: 'stream',
  query: 'read',
  cors: false,
  basicChallenge: false,
  answer,
});

const echo = streaming(({ request: body }) => ({ status: 200, headers: octets, body }));
const refusing = streaming(() => errorReply(401, 'invalid_token', 'Not with this token.'));
const form: Route = {
  ...echo,
  methods: ['POST'],
  body: 'form',
  answer: () => ({ status: 200, headers: [], body: '' }),
};

const chunked = { 'Content-Length': undefined, 'Transfer-Encoding': 'chunked' };

test('a 10 MB upload is echoed piece by piece, and read no faster than the client takes the reply', async (t) => {
  const pieces = Array.from({ length: 160 }, () => randomBytes(64 * 1024));
  const sent = createHash('sha256');
  for (const piece of pieces) sent.update(piece);
  const opened = Promise.withResolvers<BodyRequest>();
  const { promise: mayReply, resolve: reply } = Promise.withResolvers<void>();
  let mostHeld = 0;
  const route = streaming(async ({ request: upload, response }) => {
    opened.resolve(upload);
    await mayReply;
    const watch = new Transform({
      transform(piece, _, done) {
        mostHeld = Math.max(mostHeld, upload.readableLength + watch.readableLength + response.writableLength);
        done(null, piece);
      },
    });
    return { status: 200, headers: octets, body: upload.pipe(watch) };
  });
  const { http } = await serveSite(t, { '/echo': route });

  const client = sendHttp({ port: http.port, method: 'POST', path: '/echo', agent: false });
  const sending = pipeline(Readable.from(pieces), client);
  const upload = await opened.promise;
  while (upload.readableLength < upload.readableHighWaterMark) await nextTurn();
  for (let turn = 0; turn < 100; turn += 1) await nextTurn();
  assert.ok(upload.readableLength <= upload.readableHighWaterMark + 64 * 1024, String(upload.readableLength));

  reply();
  const [response]: IncomingMessage[] = await once(client, 'response');
  const received = createHash('sha256');
  let size = 0;
  for await (const piece of response as IncomingMessage) {
    size += piece.length;
    received.update(piece);
  }
  await sending;
  assert.equal(size, 10 * mebibyte);
  assert.equal(received.digest('hex'), sent.digest('hex'));
  assert.ok(mostHeld < mebibyte, `${mostHeld} bytes were held`);
});

test('a refusal does not read the upload, and the connection answers the next request', async (t) => {
  const { http, https, servers } = await serveSite(t, { '/no': refusing, '/echo': echo });
  for (const target of [http, https]) {
    const bytes = request('PUT /no HTTP/1.1', {}, 'x'.repeat(300_000));
    const replies = await exchange(target, `${bytes}${bytes}${request('POST /no HTTP/1.1', {}, 'y')}`, 3);
    assert.deepEqual(
      replies.map(({ status }) => status),
      [401, 401, 401],
    );
  }
  assert.equal(servers.requests.rows().length, 6);
});

test('an upload that goes on after the refusal is cut off', async (t) => {
  const { http } = await serveSite(t, { '/no': refusing });
  const socket = await connect(http);
  const replies = readReplies(socket, 1);
  const closed = whenClosed(socket);
  socket.write(request('PUT /no HTTP/1.1', { 'Content-Length': '99999999999' }));
  assert.equal((await replies)[0]?.status, 401);
  const piece = Buffer.alloc(64 * 1024, 'a');
  const feed = () => {
    while (socket.writable && socket.write(piece));
  };
  socket.on('drain', feed);
  feed();
  await closed;
});

test('a route that answers late, and read only a part, does not hold up the connection', async (t) => {
  const route = streaming(async ({ request: upload }) => {
    await once(upload, 'readable');
    upload.read(10);
    while (upload.readableLength < upload.readableHighWaterMark) await nextTurn();
    return { status: 200, headers: octets, body: Readable.from(['part']) };
  });
  const { http } = await serveSite(t, { '/part': route, '/echo': echo });
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  t.after(() => agent.destroy());
  const send = (path: string, body: Buffer) =>
    new Promise<[string, number | undefined]>((resolve, reject) => {
      const client = sendHttp({ port: http.port, method: 'POST', path, agent }, async (response) => {
        const { localPort } = response.socket;
        let text = '';
        for await (const piece of response) text += piece;
        resolve([text, localPort]);
      });
      client.on('error', reject).end(body);
    });
  const [part, port] = await send('/part', Buffer.alloc(500_000));
  assert.equal(part, 'part');
  assert.deepEqual(await send('/echo', Buffer.from('again')), ['again', port]);
});

test('a streamed upload may take longer than other requests', async (t) => {
  const { http } = await serveSite(
    t,
    { '/echo': echo, '/form': form },
    { timeouts: { headersMs: 300, requestMs: 400, checkMs: 50 } },
  );
  const client = sendHttp({ port: http.port, method: 'POST', path: '/echo', agent: false });
  client.write('slow ');
  const [response]: IncomingMessage[] = await once(client, 'response');
  for (let time = 0; time < 2; time += 1) {
    const late = await ask(http, request('POST /form HTTP/1.1', { 'Content-Length': '9' }, 'part'));
    assert.equal(late.status, 408);
  }
  client.end('and steady');
  let text = '';
  for await (const piece of response as IncomingMessage) text += piece;
  assert.equal(text, 'slow and steady');
  const socket = await connect(http);
  const replies = readReplies(socket, 2);
  socket.write(`${request('POST /echo HTTP/1.1', {}, '')}POST /echo HTTP/1.1\r\nHost: local`);
  assert.equal((await replies).at(-1)?.status, 408);
});

test('a reply whose source breaks off breaks off too, and the server goes on', async (t) => {
  const source = new PassThrough();
  const { http, errors } = await serveSite(t, {
    '/broken': streaming(() => ({ status: 200, headers: octets, body: source })),
    '/echo': echo,
  });
  const client = sendHttp({ port: http.port, path: '/broken', agent: false }).end();
  source.write('half');
  const [response]: IncomingMessage[] = await once(client, 'response');
  await once(response as IncomingMessage, 'data');
  source.destroy(new Error('the source broke'));
  await assert.rejects(once(response as IncomingMessage, 'end'), { code: 'ECONNRESET' });
  assert.equal((await ask(http, request('GET /echo HTTP/1.1', {}))).status, 200);
  assert.deepEqual(errors, []);
});

test('the source of a reply is released when the client leaves', async (t) => {
  const source = new PassThrough();
  const released = once(source, 'close');
  const { http, servers } = await serveSite(t, {
    '/endless': streaming(() => ({ status: 200, headers: octets, body: source })),
  });
  const client = sendHttp({ port: http.port, path: '/endless', agent: false }).end();
  source.write('some');
  await once(client, 'response');
  client.destroy();
  await released.catch(() => {});
  assert.equal(source.destroyed, true);
  await nextTurn();
  assert.equal(servers.requests.rows()[0]?.status, 200);
});

test('a malformed chunk behind a reply that has begun cuts it off, without a second reply', async (t) => {
  const { http } = await serveSite(t, { '/echo': echo });
  const socket = await connect(http);
  const closed = whenClosed(socket);
  let text = '';
  socket.on('data', (piece) => {
    text += piece;
    if (text.includes('hello')) socket.write('zz\r\n');
  });
  socket.write(request('POST /echo HTTP/1.1', chunked, '5\r\nhello\r\n'));
  await closed;
  assert.equal(text.match(/HTTP\/1\.1/g)?.length, 1);
});

const expecting = { 'Content-Length': '5', Expect: '100-continue' };

test('a form gets its 100 after admission; a refusal sends none, and ends the connection', async (t) => {
  const { http, https } = await serveSite(t, { '/form': form, '/no': refusing });
  for (const target of [http, https]) {
    const socket = await connect(target);
    socket.write(request('POST /form HTTP/1.1', expecting));
    assert.match(String(await once(socket, 'data')), /^HTTP\/1\.1 100 Continue\r\n/);
    const replies = readReplies(socket, 1);
    socket.write('hello');
    assert.equal((await replies)[0]?.status, 200);
    socket.destroy();
    for (const line of ['PUT /form HTTP/1.1', 'PUT /no HTTP/1.1', 'POST /nowhere HTTP/1.1']) {
      const refused = await connect(target);
      const closed = whenClosed(refused);
      let text = '';
      refused.on('data', (piece) => {
        text += piece;
      });
      refused.write(request(line, expecting));
      await closed;
      assert.match(text, /^HTTP\/1\.1 4\d\d .*\r\nConnection: close\r\n/s, line);
    }
  }
});

test('a client that stops sending, or stops reading, is cut off; a reply that is quiet is not', async (t) => {
  const quiet = new PassThrough();
  const { http } = await serveSite(
    t,
    {
      '/echo': echo,
      '/quiet': streaming(() => ({ status: 200, headers: octets, body: quiet })),
      '/large': streaming(() => ({ status: 200, headers: octets, body: Readable.from(endless()) })),
    },
    { timeouts: { idleMs: 100 } },
  );
  const listening = sendHttp({ port: http.port, path: '/quiet', agent: false }).end();
  const [response]: IncomingMessage[] = await once(listening, 'response');

  const stopped = await connect(http);
  const cut = whenClosed(stopped);
  stopped.write(request('POST /echo HTTP/1.1', { 'Content-Length': '9' }, 'part'));
  stopped.resume();
  await cut;

  const deaf = await connect(http);
  const cutToo = whenClosed(deaf);
  deaf.write(request('GET /large HTTP/1.1', {}));
  await once(deaf, 'readable');
  await released;
  deaf.resume();
  await cutToo;

  quiet.end('late');
  const [piece]: Buffer[] = await once(response as IncomingMessage, 'data');
  assert.equal(String(piece), 'late');
});

const { promise: released, resolve: release } = Promise.withResolvers<void>();

/** A body without end. */
async function* endless() {
  try {
    for (;;) yield Buffer.alloc(64 * 1024);
  } finally {
    release();
  }
}

test('a reply may have its own reason phrase, bytes outside ASCII and trailers', async (t) => {
  const source = new PassThrough();
  const { http } = await serveSite(t, {
    '/own': streaming(() => ({
      status: 299,
      reasonPhrase: 'Tr\xe8s bien',
      headers: ['X-Own', '\xe9', 'Trailer', 'X-Sum'],
      body: source,
      trailers: () => ['X-Sum', '1'],
    })),
  });
  const socket = await connect(http);
  let text = '';
  socket.on('data', (piece: Buffer) => {
    text += piece.toString('latin1');
  });
  socket.write(request('GET /own HTTP/1.1', { Connection: 'close' }));
  await once(socket, 'data');
  assert.match(text, /^HTTP\/1\.1 299 Tr\xe8s bien\r\nX-Own: \xe9\r\n/);
  source.end('body');
  await whenClosed(socket);
  assert.match(text, /body\r\n0\r\nX-Sum: 1\r\n\r\n$/);
});
