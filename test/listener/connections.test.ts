import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Decided } from '../../main/engine/decisions/decided.ts';
import { bobForm, serve } from '../endpoint/serve.ts';
import { ask, connect, exchange, header, readReplies, type WireReply, whenClosed } from './wire.ts';

const tokenOf = ({ body }: WireReply): string => JSON.parse(body).access_token;
const errorOf = ({ body }: WireReply): string => JSON.parse(body).error_description;

/** Holds decisions until `open` is called. `waiting(n)` resolves when n of them are held. */
const gate = () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  const arrivals = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  let arrived = 0;
  return {
    open: resolve,
    waiting: (count: 1 | 2) => arrivals[count - 1]?.promise,
    run: async <T>(decide: () => Decided<T>): Promise<T> => {
      arrivals[arrived]?.resolve();
      arrived += 1;
      await promise;
      const decided = decide();
      if (decided.kind === 'answer') return decided.answer;
      throw new Error('the test expects no write');
    },
  };
};

test('answers a pipeline of writes, reuses and refusals in order', async (t) => {
  const { http, https, post } = await serve(t);
  for (const target of [http, https]) {
    const replies = await exchange(
      target,
      [
        post('/token', bobForm(`device_first_${target.port}`)),
        post('/token', bobForm(`device_first_${target.port}`)),
        post('/nowhere', 'x=y'),
        post('/token', bobForm(`device_second_${target.port}`)),
        post('/introspect', 'token=x'),
      ].join(''),
      5,
    );
    assert.deepEqual(
      replies.map(({ status }) => status),
      [200, 200, 404, 200, 200],
    );
    const [first, again, , second, introspection] = replies;
    assert.ok(first && again && second && introspection);
    assert.equal(tokenOf(first), tokenOf(again));
    assert.notEqual(tokenOf(first), tokenOf(second));
    assert.equal(introspection.body, '{"active":false}');
  }
});

test('answers malformed HTTP after the reply to the request before it, then ends the connection', async (t) => {
  const { http, https, post } = await serve(t);
  for (const target of [http, https]) {
    const replies = await exchange(
      target,
      `${post('/token', bobForm(`device_a_${target.port}`))}${post('/token', bobForm(`device_b_${target.port}`))}rubbish\r\n\r\n`,
      9,
    );
    assert.deepEqual(
      replies.map(({ status }) => status),
      [200, 200, 400],
    );
    assert.equal(header(replies[2] as WireReply, 'connection'), 'close');
  }
});

test('answers a malformed body after the reply to a running request', async (t) => {
  const { http, post } = await serve(t);
  const broken = post('/token', 'zz\r\n', { 'Content-Length': undefined, 'Transfer-Encoding': 'chunked' });
  const replies = await exchange(http, `${post('/token', bobForm('device_a'))}${broken}`, 9);
  assert.deepEqual(
    replies.map(({ status, body }) => [status, JSON.parse(body).error_description]),
    [
      [200, undefined],
      [400, 'The chunks of the body are malformed.'],
    ],
  );
});

test('sends one reply to a request refused before its body, whatever the body holds', async (t) => {
  const { http, post } = await serve(t);
  const chunked = { 'Content-Length': undefined, 'Transfer-Encoding': 'chunked' };
  const broken = await exchange(http, post('/nowhere', 'zz\r\n', chunked), 9);
  assert.deepEqual(
    broken.map(({ status }) => status),
    [404],
  );
  const whole = await exchange(http, `${post('/nowhere', 'x'.repeat(100_000))}${post('/introspect', 'token=x')}`, 2);
  assert.deepEqual(
    whole.map(({ status }) => status),
    [404, 200],
  );
});

test('cuts an endless body off after the refusal', async (t) => {
  const { http, post } = await serve(t);
  const socket = await connect(http);
  const replies = readReplies(socket, 1);
  const closed = whenClosed(socket);
  socket.write(post('/token', '', { 'Content-Length': '99999999999' }));
  assert.deepEqual(
    (await replies).map(({ status }) => status),
    [413],
  );
  const piece = Buffer.alloc(64 * 1024, 'a');
  const feed = () => {
    while (socket.writable && socket.write(piece));
  };
  socket.on('drain', feed);
  feed();
  await closed;
  assert.equal((await ask(http, post('/introspect', 'token=x'))).status, 200);
});

test('answers 408 to slow headers and bodies, and ends the connection', async (t) => {
  const { http, https, post, endpoint } = await serve(t, { timeouts: { headersMs: 300, requestMs: 400, checkMs: 50 } });
  const whole = post('/token', bobForm('device_slow'));
  for (const target of [http, https]) {
    for (const part of [whole.slice(0, 9), whole.slice(0, whole.indexOf('\r\n\r\n')), whole.slice(0, -1)]) {
      const [reply, ...more] = await exchange(target, part, 2);
      assert.ok(reply);
      assert.deepEqual([reply.status, more.length], [408, 0]);
      assert.equal(errorOf(reply), 'The request did not arrive in time; send headers and body at once.');
      assert.equal(header(reply, 'connection'), 'close');
    }
  }
  assert.equal((await ask(http, whole)).status, 200);
  assert.equal(
    endpoint.requests.rows().some(({ status }) => status === 200),
    true,
  );
});

test('cuts off a client that keeps sending after a refusal', async (t) => {
  const { http, https, post } = await serve(t, { timeouts: { headersMs: 300, requestMs: 400, checkMs: 50 } });
  const chunked = { 'Content-Length': undefined, 'Transfer-Encoding': 'chunked' };
  for (const target of [http, https]) {
    for (const bytes of ['rubbish\r\n\r\n', post('/token', 'zz\r\n', chunked), post('/nowhere', 'zz\r\n', chunked)]) {
      const socket = await connect({ ...target, allowHalfOpen: true });
      const closed = whenClosed(socket);
      const replies = readReplies(socket, 9);
      const goOn = () => {
        if (socket.writable) socket.write('more rubbish\r\n', () => setImmediate(goOn));
      };
      socket.write(bytes, goOn);
      assert.equal((await replies).length, 1);
      await closed;
    }
  }
  assert.equal((await ask(http, post('/introspect', 'token=x'))).status, 200);
});

test('leaves no trace of a connection cut anywhere in a request', async (t) => {
  const { http, https, post, endpoint, faults, world } = await serve(t);
  const whole = post('/token', bobForm('device_cut'));
  const cuts = [1, whole.indexOf('\r\n'), whole.indexOf('Authorization') + 5, whole.indexOf('\r\n\r\n') + 4, -1];
  for (const target of [http, https]) {
    for (const how of ['end', 'destroy'] as const) {
      for (const cut of cuts) {
        const socket = await connect(target);
        const closed = whenClosed(socket);
        socket.on('data', () => assert.fail('a reply to a part of a request'));
        await new Promise((resolve) => socket.write(whole.slice(0, cut), resolve));
        if (how === 'end') socket.end();
        else socket.destroy();
        await closed;
      }
    }
  }
  assert.equal((await ask(http, post('/introspect', 'token=x'))).status, 200);
  assert.deepEqual(
    endpoint.requests.rows().map(({ path }) => path),
    ['/introspect'],
  );
  assert.deepEqual(faults, []);
  const { items } = await world.call('tokens.list', { scope: 'device_cut' });
  assert.deepEqual(items, []);
});

test('serves others after a client left before its reply', async (t) => {
  const { open, waiting, run } = gate();
  const { http, post, endpoint, faults } = await serve(t, { run });
  const socket = await connect(http);
  const closed = whenClosed(socket);
  socket.write(post('/revoke', 'token=x'));
  await waiting(1);
  socket.destroy();
  await closed;
  open();
  assert.equal((await ask(http, post('/revoke', 'token=x'))).status, 200);
  assert.deepEqual(faults, []);
  assert.equal(
    endpoint.requests.rows().every(({ status }) => status === 200),
    true,
  );
});

test('stopping ends idle connections, finishes running requests, and refuses new ones', async (t) => {
  const { open, waiting, run } = gate();
  const { http, https, post, endpoint } = await serve(t, { run });
  const idle = await connect(https);
  const idleClosed = whenClosed(idle);
  idle.resume();
  const used = await connect(http);
  const usedClosed = whenClosed(used);
  const before = readReplies(used, 1);
  used.write(post('/nowhere', ''));
  await before;

  const running = await Promise.all([connect(http), connect(https)]);
  const replies = running.map((socket) => readReplies(socket, 2));
  for (const socket of running) socket.write(post('/revoke', 'token=x'));
  await waiting(2);
  const stopped = endpoint.stop();
  await Promise.all([idleClosed, usedClosed]);
  await assert.rejects(connect(http), { code: 'ECONNREFUSED' });
  await assert.rejects(connect(https), { code: 'ECONNREFUSED' });
  assert.equal(endpoint.status().running, true);

  open();
  for (const [reply, ...more] of await Promise.all(replies)) {
    assert.ok(reply);
    assert.deepEqual([reply.status, more.length], [200, 0]);
    assert.equal(header(reply, 'connection'), 'close');
  }
  assert.equal((await stopped).running, false);
});

test('stopping ends slow requests after a limit', async (t) => {
  const { http, https, post, endpoint } = await serve(t, { timeouts: { drainMs: 30 } });
  const sockets = await Promise.all([connect(http), connect(https)]);
  const closed = sockets.map((socket) => whenClosed(socket));
  for (const socket of sockets) {
    socket.resume();
    socket.write(post('/token', bobForm('device_slow')).slice(0, -1));
  }
  await ask(http, post('/introspect', 'token=x'));
  await endpoint.stop();
  await Promise.all(closed);
});
