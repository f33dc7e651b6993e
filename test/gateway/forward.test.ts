import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { type IncomingMessage, request as sendHttp } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { test } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { ask, connect, exchange, header, readReplies, request } from '../listener/wire.ts';
import { httpBackend, rawBackend } from './backends.ts';
import { admitting, api, bob, cors, serveGateway } from './serveGateway.ts';

/** A header of the request that the raw backend got, in any case. */
const sentHeader = (head: string, name: string): string | undefined =>
  head
    .split('\r\n')
    .filter((line) => line.toLowerCase().startsWith(`${name}:`))
    .map((line) => line.slice(name.length + 2))
    .join(' | ') || undefined;

const ok = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';

test('a backend gets the request as the gateway reference says (section 10)', async (t) => {
  const { http, next } = await serveGateway(t);
  const heads: string[] = [];
  const backend = await rawBackend(t, (socket, head) => {
    heads.push(head);
    socket.end(ok);
  });
  const call = async (line: string, headers: Record<string, string | undefined>, body = '') => {
    const reply = await ask(http, request(line, headers, body));
    return { reply, head: heads.at(-1) ?? '' };
  };
  next.decide = admitting(`${backend.url}/base/`);
  const host = new URL(backend.url).host;

  await t.test('path and query are unchanged behind the backend URL', async () => {
    const { head } = await call('GET /shop/1.0.0/a%2Fb/../c;d=1?q=%20x&q=y HTTP/1.1', {});
    assert.equal(head.split('\r\n')[0], 'GET /base/a%2Fb/../c;d=1?q=%20x&q=y HTTP/1.1');
  });
  await t.test('hop-by-hop headers, those that Connection names and forged ones are removed', async () => {
    const { head } = await call('GET /shop/1.0.0/a HTTP/1.1', {
      Connection: 'keep-alive, X-Private',
      'X-Private': '1',
      'Keep-Alive': 'timeout=5',
      TE: 'trailers',
      Upgrade: 'h2c',
      'X-JWT-Assertion': 'forged',
      WSO2_AM_API_DEFAULT_VERSION: 'true',
      'Content-Type': 'text/plain',
      'User-Agent': 'curl/8',
    });
    for (const name of ['x-private', 'keep-alive', 'te', 'upgrade', 'x-jwt-assertion', 'content-type', 'activityid']) {
      assert.equal(sentHeader(head, name), undefined, name);
    }
    assert.equal(sentHeader(head, 'wso2_am_api_default_version'), undefined);
    assert.equal(sentHeader(head, 'user-agent'), 'Synapse-PT-HttpComponents-NIO');
    assert.equal(sentHeader(head, 'host'), host);
    assert.equal(sentHeader(head, 'connection'), 'keep-alive');
  });
  await t.test('duplicates, cookies and X-Forwarded headers stay as sent', async () => {
    const { head } = await call('GET /shop/1.0.0/a HTTP/1.1', {
      'X-Twice': '1\r\nX-Twice: 2',
      Cookie: 'a=b',
      'X-Forwarded-For': '10.0.0.1',
    });
    assert.equal(sentHeader(head, 'x-twice'), '1 | 2');
    assert.equal(sentHeader(head, 'cookie'), 'a=b');
    assert.equal(sentHeader(head, 'x-forwarded-for'), '10.0.0.1');
  });
  await t.test('the token is removed, and the rest of its header stays', async () => {
    const sent = { Authorization: 'Bearer secret, Basic eDp5' };
    next.decide = admitting(backend.url, { credentials: { header: 'authorization', rest: 'Basic eDp5' } });
    assert.equal(sentHeader((await call('GET /shop/1.0.0/a HTTP/1.1', sent)).head, 'authorization'), 'Basic eDp5');
    next.decide = admitting(backend.url);
    assert.equal(sentHeader((await call('GET /shop/1.0.0/a HTTP/1.1', sent)).head, 'authorization'), undefined);
    next.decide = admitting(backend.url, { credentials: undefined, caller: undefined });
    assert.equal(sentHeader((await call('GET /shop/1.0.0/a HTTP/1.1', sent)).head, 'authorization'), undefined);
    next.settings = { removeOAuthHeaders: false };
    const kept = (await call('GET /shop/1.0.0/a HTTP/1.1', sent)).head;
    assert.equal(sentHeader(kept, 'authorization'), sent.Authorization);
    next.settings = {};
  });
  await t.test('a custom header with the token is removed', async () => {
    next.decide = admitting(backend.url, { credentials: { header: 'x-token', rest: undefined } });
    const { head } = await call('GET /shop/1.0.0/a HTTP/1.1', { 'X-Token': 'Bearer secret', Authorization: 'mine' });
    assert.equal(sentHeader(head, 'x-token'), undefined);
    assert.equal(sentHeader(head, 'authorization'), 'mine');
  });
  await t.test('3.0 and later add an activityid, or keep the client’s', async () => {
    next.settings = { gatewayProfile: '3.2' };
    const made = await call('GET /shop/1.0.0/a HTTP/1.1', {});
    assert.match(sentHeader(made.head, 'activityid') ?? '', /^[0-9a-f-]{36}$/);
    assert.equal(header(made.reply, 'activityid'), sentHeader(made.head, 'activityid'));
    const own = await call('GET /shop/1.0.0/a HTTP/1.1', { activityid: 'mine' });
    assert.equal(sentHeader(own.head, 'activityid'), 'mine');
    assert.equal(header(own.reply, 'activityid'), 'mine');
    next.settings = {};
  });
  await t.test('a body without content has its length, others are chunked', async () => {
    const empty = await call('POST /shop/1.0.0/a HTTP/1.1', {});
    assert.equal(sentHeader(empty.head, 'content-length'), '0');
    const full = await call('POST /shop/1.0.0/a HTTP/1.1', { 'Content-Type': 'text/plain' }, 'abc');
    assert.equal(sentHeader(full.head, 'transfer-encoding'), 'chunked');
    assert.equal(sentHeader(full.head, 'content-type'), 'text/plain');
    const dropped = await call('GET /shop/1.0.0/a HTTP/1.1', { 'Content-Type': 'text/plain' }, 'abc');
    assert.equal(sentHeader(dropped.head, 'transfer-encoding'), undefined);
  });
});

test('a client gets the response as the backend sent it, without what acts on the host', async (t) => {
  const { http, next } = await serveGateway(t);
  let response = ok;
  const backend = await rawBackend(t, (socket) => socket.end(response, 'latin1'));
  next.decide = admitting(backend.url, { cors });
  const call = async (raw: string, method = 'GET') => {
    response = raw;
    return await ask(http, request(`${method} /shop/1.0.0/a HTTP/1.1`, {}));
  };
  await t.test('headers', async () => {
    const reply = await call(
      [
        'HTTP/1.1 201 Made here',
        'Server: backend',
        'Set-Cookie: a=1; Path=/',
        'Set-Cookie: b=2',
        'Strict-Transport-Security: max-age=1',
        'Clear-Site-Data: "*"',
        'Access-Control-Allow-Origin: *',
        'Access-Control-Allow-Credentials: true',
        'Connection: X-Private, close',
        'X-Private: 1',
        'Location: http://backend/x',
        'Content-Length: 2\r\n\r\nok',
      ].join('\r\n'),
    );
    assert.equal(reply.status, 201);
    assert.equal(reply.body, 'ok');
    assert.deepEqual(
      reply.headers.filter(([name]) => name === 'Set-Cookie').map(([, value]) => value),
      ['a=1; Path=/', 'b=2'],
    );
    const gone = ['strict-transport-security', 'clear-site-data', 'access-control-allow-credentials', 'x-private'];
    for (const name of gone) assert.equal(header(reply, name), undefined, name);
    assert.equal(header(reply, 'access-control-allow-origin'), 'http://localhost:3000');
    assert.equal(header(reply, 'server'), 'backend');
    assert.equal(header(reply, 'location'), 'http://backend/x');
  });
  await t.test('an unusual status and reason phrase', async () => {
    response = 'HTTP/1.1 799 Tr\xe8s bien\r\nContent-Length: 0\r\n\r\n';
    const socket = await connect(http);
    let text = '';
    socket.on('data', (piece: Buffer) => {
      text += piece.toString('latin1');
    });
    socket.write(request('GET /shop/1.0.0/a HTTP/1.1', { Connection: 'close' }));
    await once(socket, 'close');
    assert.match(text, /^HTTP\/1\.1 799 Tr\xe8s bien\r\n/);
  });
  await t.test('HEAD keeps the length of the body', async () => {
    const reply = await call('HTTP/1.1 200 OK\r\nContent-Length: 1234\r\n\r\n', 'HEAD');
    assert.equal(header(reply, 'content-length'), '1234');
  });
  await t.test('4xx and 5xx of a backend pass, and are no failures', async () => {
    const reply = await call('HTTP/1.1 503 Busy\r\nContent-Length: 4\r\n\r\nbusy');
    assert.deepEqual([reply.status, reply.body, header(reply, 'x-keyfob-reason')], [503, 'busy', undefined]);
  });
});

test('bodies and trailers stream both ways', async (t) => {
  const { http, next } = await serveGateway(t);
  const backend = await httpBackend(t, async (incoming, response) => {
    response.writeHead(200, { Trailer: 'X-Sum' });
    const hash = createHash('sha256');
    for await (const piece of incoming) {
      hash.update(piece);
      response.write(piece);
    }
    response.addTrailers({ 'X-Sum': hash.digest('hex'), 'X-Client': String(incoming.trailers['x-client']) });
    response.end();
  });
  next.decide = admitting(backend.url);
  const pieces = Array.from({ length: 64 }, () => randomBytes(64 * 1024));
  const sent = createHash('sha256');
  for (const piece of pieces) sent.update(piece);
  const client = sendHttp({ port: http.port, method: 'PUT', path: '/shop/1.0.0/a', headers: { Trailer: 'X-Client' } });
  client.addTrailers({ 'X-Client': 'mine' });
  const sending = pipeline(Readable.from(pieces), client);
  const [response]: IncomingMessage[] = await once(client, 'response');
  const received = createHash('sha256');
  for await (const piece of response as IncomingMessage) received.update(piece);
  await sending;
  const sum = sent.digest('hex');
  assert.equal(received.digest('hex'), sum);
  assert.deepEqual({ ...response?.trailers }, { 'x-sum': sum, 'x-client': 'mine' });
});

test('server-sent events arrive one by one, the headers before the first', async (t) => {
  const { http, next } = await serveGateway(t);
  let event = (_text: string) => {};
  const backend = await httpBackend(t, (_, response) => {
    response.writeHead(200, { 'Content-Type': 'text/event-stream' }).flushHeaders();
    event = (text) => response.write(`data: ${text}\n\n`);
  });
  next.decide = admitting(backend.url);
  const client = sendHttp({ port: http.port, path: '/shop/1.0.0/events' }).end();
  const [response]: IncomingMessage[] = await once(client, 'response');
  assert.equal(response?.headers['content-type'], 'text/event-stream');
  for (const text of ['one', 'two']) {
    event(text);
    const [piece]: Buffer[] = await once(response as IncomingMessage, 'data');
    assert.equal(String(piece), `data: ${text}\n\n`);
  }
  client.destroy();
});

test('failed backends are WSO2’s faults (gateway reference 9)', async (t) => {
  const { http, next } = await serveGateway(t);
  let backend = '';
  const fails = async (url: string, code: number, description: string, why: RegExp, method = 'GET') => {
    backend = url;
    next.decide = admitting(backend);
    const reply = await ask(http, request(`${method} /shop/1.0.0/a HTTP/1.1`, {}));
    assert.equal(reply.status, 500);
    assert.equal(
      reply.body,
      `<am:fault xmlns:am="http://wso2.org/apimanager"><am:code>${code}</am:code><am:type>Status report</am:type><am:message>Runtime Error</am:message><am:description>${description}</am:description></am:fault>`,
    );
    assert.match(header(reply, 'x-keyfob-reason') ?? '', why);
  };
  const closed = await httpBackend(t, () => {});
  const cutting = await rawBackend(t, (socket) => socket.destroy());
  const strange = await rawBackend(t, (socket) => socket.end('SSH-2.0-OpenSSH\r\n\r\n'));
  const early = await rawBackend(t, (socket) => socket.end('HTTP/1.1 099 Odd\r\nContent-Length: 0\r\n\r\n'));
  await t.test('101503, refused', () =>
    fails('http://127.0.0.1:9', 101503, 'Error connecting to the back end', /cannot be reached \(ECONNREFUSED\)/),
  );
  await t.test('101503, unknown host', () =>
    fails('http://nowhere.invalid', 101503, 'Error connecting to the back end', /cannot be reached/),
  );
  await t.test('101503, TLS fails', () =>
    fails(closed.url.replace('http:', 'https:'), 101503, 'Error connecting to the back end', /cannot be reached/),
  );
  await t.test('101508, closed before the answer', () =>
    fails(cutting.url, 101508, 'Error in Sender', /closed the connection/),
  );
  await t.test('101509, no HTTP', () => fails(strange.url, 101509, 'Error in Sender', /not HTTP/));
  await t.test('101509, a status below 100', () => fails(early.url, 101509, 'Error in Sender', /not HTTP/));
  await t.test('101504, no response in time', async () => {
    next.settings = { backendTimeoutSeconds: 1 };
    await fails(closed.url, 101504, 'Send timeout', /within 1 s/);
    next.settings = {};
  });
  await t.test('303001, suspended by setting until its time is over', async () => {
    next.settings = { backendSuspensionSeconds: 30 };
    await fails(cutting.url, 101508, 'Error in Sender', /closed/);
    const before = cutting.connections();
    await fails(
      cutting.url,
      303001,
      'Currently , Address endpoint : [ Name : shop--v1.0.0_APIproductionEndpoint ] [ State : SUSPENDED ]',
      /suspended for another 30 s/,
    );
    next.decide = admitting(cutting.url, { caller: { ...bob, keyType: 'SANDBOX' }, api });
    assert.equal(cutting.connections(), before);
    next.nowMs += 30_000;
    await fails(cutting.url, 101508, 'Error in Sender', /closed/);
  });
});

test('a response that breaks off is cut for the client, and the gateway goes on', async (t) => {
  const { http, next, errors } = await serveGateway(t);
  const backend = await rawBackend(t, (socket) =>
    socket.write('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf', () => socket.destroySoon()),
  );
  next.decide = admitting(backend.url);
  const client = sendHttp({ port: http.port, path: '/shop/1.0.0/a', agent: false }).end();
  const [response]: IncomingMessage[] = await once(client, 'response');
  await assert.rejects(once(response?.resume() as IncomingMessage, 'end'), { code: 'ECONNRESET' });
  next.decide = admitting('echo');
  assert.equal((await ask(http, request('GET /shop/1.0.0/a HTTP/1.1', {}))).status, 200);
  assert.deepEqual(errors, []);
});

test('the call is cancelled when the client leaves, before and within the response', async (t) => {
  const { http, next, servers } = await serveGateway(t);
  for (const starts of [false, true]) {
    const called = Promise.withResolvers<IncomingMessage>();
    const backend = await httpBackend(t, (incoming, response) => {
      if (starts) response.write('some');
      called.resolve(incoming);
    });
    next.decide = admitting(backend.url);
    const client = sendHttp({ port: http.port, path: '/shop/1.0.0/a', agent: false }).end();
    client.on('error', () => {});
    if (starts) await once(client, 'response');
    const incoming = await called.promise;
    incoming.on('error', () => {});
    const gone = new Promise((resolve) => incoming.once('close', resolve));
    client.destroy();
    await gone;
    while (servers.requests.rows().length < (starts ? 2 : 1)) await nextTurn();
    assert.equal(servers.requests.rows()[0]?.status, starts ? 200 : 499);
  }
});

test('a refusal reads no body and opens no connection, and sends no 100', async (t) => {
  const { http, next } = await serveGateway(t);
  const backend = await httpBackend(t, (incoming, response) => {
    incoming.pipe(response);
  });
  const expecting = { Expect: '100-continue', 'Content-Length': '5' };
  next.decide = () => ({
    kind: 'refused',
    fault: { code: 900901, stage: 'authentication' },
    facts: {},
    cors: undefined,
  });
  const socket = await connect(http);
  let text = '';
  socket.on('data', (piece) => {
    text += piece;
  });
  socket.write(request('POST /shop/1.0.0/a HTTP/1.1', expecting));
  await once(socket, 'close');
  assert.match(text, /^HTTP\/1\.1 401 .*Connection: close\r\n/s);
  assert.equal(backend.connections(), 0);

  next.decide = admitting(backend.url);
  const admitted = await connect(http);
  const replies = readReplies(admitted, 1);
  admitted.write(request('POST /shop/1.0.0/a HTTP/1.1', expecting));
  const [first] = await once(admitted, 'data');
  assert.match(String(first), /^HTTP\/1\.1 100 Continue/);
  admitted.write('hello');
  assert.equal((await replies)[0]?.status, 200);
  admitted.destroy();
  assert.equal(backend.connections(), 1);
});

test('a backend that leads back to the gateway is a fault with its reason', async (t) => {
  const { http, next } = await serveGateway(t);
  next.decide = admitting(`http://localhost:${http.port}/shop/1.0.0`);
  const reply = await ask(http, request('GET /shop/1.0.0/a HTTP/1.1', {}));
  assert.equal(reply.status, 500);
  assert.match(reply.body, /<am:code>500<\/am:code>/);
  assert.match(header(reply, 'x-keyfob-reason') ?? '', /leads back to this gateway/);
});

test('a kept connection that the backend has closed is replaced without a failure', async (t) => {
  const { http, next } = await serveGateway(t);
  const backend = await rawBackend(t, (socket) => {
    socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
    // It closes as soon as the next request arrives.
    socket.once('data', () => socket.destroy());
  });
  next.decide = admitting(backend.url);
  const bytes = request('GET /shop/1.0.0/a HTTP/1.1', {});
  const replies = await exchange(http, `${bytes}${bytes}`, 2);
  assert.deepEqual(
    replies.map(({ status }) => status),
    [200, 200],
  );
  assert.equal(backend.connections(), 2);
});
