import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import type { SnippetModel } from '../../main/engine/ports/snippet.ts';
import { createRunCall } from '../../main/runner/runCall.ts';
import { encodeFormValue, encodeUrl } from '../../main/snippets/encode.ts';
import { failing } from '../helpers/engine.ts';

const encoding = { url: encodeUrl, formValue: encodeFormValue };
const run = createRunCall({ encoding });
const unwatched = { whenCancelled: () => () => undefined };

interface Arrived {
  readonly request: IncomingMessage;
  readonly body: string;
}
const arrived: Arrived[] = [];

const answers: Readonly<Record<string, RequestListener>> = {
  '/text': (_, response) => response.writeHead(201, 'Made', { 'X-One': 'a' }).end('grün'),
  '/latin': (_, response) =>
    response.writeHead(200, { 'Content-Type': 'text/plain; charset=ISO-8859-1' }).end(Buffer.from([0xfc])),
  '/binary': (_, response) => response.writeHead(200, { 'Content-Type': 'image/png' }).end(Buffer.from([0x89, 0xff])),
  '/long': (_, response) => response.writeHead(200).end('ü'.repeat(50_000)),
  '/moved': (_, response) => response.writeHead(302, { Location: '/text' }).end(),
  '/cut': (request) => request.socket.destroy(),
  '/cut-body': (request, response) => {
    response.writeHead(200, { 'Content-Length': '10' }).write('abc', () => request.socket.destroy());
  },
  '/stream': (_, response) => {
    response.writeHead(200, { 'Content-Type': 'text/event-stream' }).write('data: 1\n\n');
  },
  '/silent': () => undefined,
};

const server = createServer(async (request, response) => {
  const body = await new Response(request as unknown as BodyInit).text().catch(() => '');
  arrived.push({ request, body });
  const path = (request.url ?? '').replace(/\?.*/, '');
  (answers[path] ?? answers['/text'])?.(request, response);
});
let origin = '';
let port = 0;

before(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  port = (server.address() as AddressInfo).port;
  origin = `http://127.0.0.1:${port}`;
});
after(() => {
  server.closeAllConnections();
  server.close();
});

const model = (url: string, more: Partial<SnippetModel> = {}): SnippetModel => ({
  ...{ call: 'api', method: 'GET', url, form: [], insecure: false, direct: true },
  ...more,
});
const get = (path: string) => run(model(`${origin}${path}`), unwatched);

test('a call arrives as its command would send it', async () => {
  const form = [
    { name: 'grant_type', value: 'password' },
    { name: 'password', value: 'a b&ü', secret: 'password' as const },
  ];
  const basic = { consumerKey: 'key', consumerSecret: 'se:cret' };
  await run(model(`${origin}/text?q=a b|ü#end`, { method: 'POST', form, basic }), unwatched);
  const { request, body } = arrived.at(-1) ?? assert.fail();
  assert.equal(request.method, 'POST');
  assert.equal(request.url, '/text?q=a%20b%7C%C3%BC');
  assert.equal(body, 'grant_type=password&password=a%20b%26%C3%BC');
  const { headers } = request;
  assert.equal(headers.authorization, `Basic ${Buffer.from('key:se:cret').toString('base64')}`);
  assert.equal(headers['content-type'], 'application/x-www-form-urlencoded');
  assert.equal(headers['content-length'], `${body.length}`);
  assert.equal(headers.host, `127.0.0.1:${port}`);

  await run(model(`${origin}/text`, { bearer: 'value' }), unwatched);
  assert.equal(arrived.at(-1)?.request.headers.authorization, 'Bearer value');
  assert.equal(arrived.at(-1)?.request.headers['content-type'], undefined);
});

test('a reply comes as it arrived: status, reason phrase, headers, body', async () => {
  const reply = await get('/text');
  assert.equal(reply.status, 201);
  assert.equal(reply.statusText, 'Made');
  assert.ok(reply.headers.some(({ name, value }) => name === 'X-One' && value === 'a'));
  assert.deepEqual([reply.body, reply.bodyBytes, reply.truncated], ['grün', 5, false]);
  assert.ok(reply.durationMs > 0);
  assert.equal((await get('/latin')).body, 'ü');
  const binary = await get('/binary');
  assert.deepEqual([binary.body, binary.bodyBytes], [undefined, 2]);
  const long = await get('/long');
  // 64 KiB, which end between two characters or within one.
  assert.deepEqual([long.body?.length, long.bodyBytes, long.truncated], [32_768, 100_000, true]);
  // A redirect may lead anywhere.
  const moved = await get('/moved');
  assert.deepEqual([moved.status, moved.body], [302, '']);
});

test('every name leads to this machine', async () => {
  const { status } = await run(model(`http://api.example.com:${port}/text`), unwatched);
  assert.equal(status, 201);
  assert.equal(arrived.at(-1)?.request.headers.host, `api.example.com:${port}`);
  assert.equal((await run(model(`http://192.0.2.1:${port}/text`), unwatched)).status, 201);
});

test('no proxy of the environment gets a call', async (t) => {
  process.env.HTTP_PROXY = 'http://127.0.0.1:1';
  process.env.NODE_USE_ENV_PROXY = '1';
  t.after(() => {
    delete process.env.HTTP_PROXY;
    delete process.env.NODE_USE_ENV_PROXY;
  });
  assert.equal((await get('/text')).status, 201);
});

test('a failed call says what happened and what to do', async () => {
  const fails = (url: string, words: RegExp) =>
    assert.rejects(run(model(url), unwatched), failing('call_failed', undefined, words));
  await fails('http://localhost:1/', /^Nothing listens at localhost:1\. Start it/);
  await fails(`${origin}/cut`, /closed the connection before it answered/);
  await fails(`${origin}/cut-body`, /closed the connection before it answered/);
  await fails(`https://127.0.0.1:${port}/text`, /does not speak HTTPS\. Use http:\/\//);
  const late = createRunCall({ encoding, limitMs: 50 });
  await assert.rejects(late(model(`${origin}/silent`), unwatched), failing('call_failed', undefined, /within 0\.05 s/));
  // A stream has answered. The limit leaves time to connect on a busy machine.
  const stream = await createRunCall({ encoding, limitMs: 1000 })(model(`${origin}/stream`), unwatched);
  assert.deepEqual([stream.status, stream.body, stream.truncated], [200, 'data: 1\n\n', true]);
});

test('a cancelled call ends, and its connection is closed', async () => {
  let stop = () => {};
  const called = run(model(`${origin}/silent`), {
    whenCancelled(listener) {
      stop = listener;
      return () => undefined;
    },
  });
  const [request] = (await once(server, 'request')) as [IncomingMessage];
  stop();
  await assert.rejects(called, failing('cancelled'));
  await once(request.socket, 'close');
});
