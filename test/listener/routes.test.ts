import assert from 'node:assert/strict';
import { test } from 'node:test';
import { errorReply, json } from '../../main/listener/reply.ts';
import type { Route } from '../../main/listener/route.ts';
import { serveSite } from './serveSite.ts';
import { ask, header, request, type WireReply } from './wire.ts';

/** A page with a query, as a sign-in page is. */
const page: Route = {
  methods: ['GET', 'HEAD'],
  body: 'none',
  query: 'read',
  cors: false,
  basicChallenge: false,
  answer: ({ query }) => ({
    status: 200,
    headers: ['Content-Type', 'text/html; charset=utf-8'],
    body: Buffer.from(`<!doctype html><p>Größe: ${new URLSearchParams(query).get('size')}</p>`),
  }),
};

const noBearer = errorReply(401, 'invalid_token', 'Send a bearer token.', [
  ...json,
  'WWW-Authenticate',
  'Bearer error="invalid_token"',
]);

/** A route that reads a bearer token and no form, as userinfo does. */
const bearer: Route = {
  methods: ['GET', 'POST'],
  body: 'none',
  query: 'ignored',
  cors: true,
  basicChallenge: false,
  answer({ request: { headers }, query }) {
    const token = /^Bearer (\S+)$/.exec(headers.authorization ?? '')?.[1];
    return token === undefined ? noBearer : { status: 200, headers: json, body: JSON.stringify({ token, query }) };
  },
};

/** A route for every other path and method, as a gateway is. */
const anything: Route = {
  methods: 'any',
  body: 'stream',
  query: 'read',
  cors: false,
  basicChallenge: false,
  answer: ({ method, path, query }) => ({ status: 200, headers: ['X-Asked', `${method} ${path} ${query}`], body: '' }),
};

const access = ({ headers }: WireReply) => headers.filter(([name]) => /^(access-control-|vary$)/i.test(name));

test('a GET route answers its query with HTML in UTF-8', async (t) => {
  const { http, https } = await serveSite(t, { '/authorize': page });
  for (const target of [http, https]) {
    const reply = await ask(target, request('GET /authorize?size=4%20m HTTP/1.1', { 'Content-Length': undefined }));
    assert.equal(reply.status, 200);
    assert.equal(header(reply, 'Content-Type'), 'text/html; charset=utf-8');
    const html = '<!doctype html><p>Größe: 4 m</p>';
    assert.equal(Buffer.from(reply.body, 'latin1').toString(), html);
    assert.equal(header(reply, 'Content-Length'), String(Buffer.byteLength(html)));
  }
  const head = await ask(http, request('HEAD /authorize?size=1 HTTP/1.1', {}));
  assert.deepEqual([head.status, head.body], [200, '']);
});

test('another method gets 405 with Allow, an unknown path 404', async (t) => {
  const { http } = await serveSite(t, { '/authorize': page, '/userinfo': bearer });
  for (const [line, allow] of [
    ['POST /authorize?size=1 HTTP/1.1', 'GET, HEAD'],
    ['OPTIONS /authorize HTTP/1.1', 'GET, HEAD'],
    ['DELETE /userinfo HTTP/1.1', 'GET, POST, OPTIONS'],
  ] as const) {
    const reply = await ask(http, request(line, {}, 'a=b'));
    assert.equal(reply.status, 405, line);
    assert.equal(header(reply, 'Allow'), allow);
  }
  assert.equal((await ask(http, request('GET /nowhere HTTP/1.1', {}))).status, 404);
  assert.equal((await ask(http, request('GET /authorize#x HTTP/1.1', {}))).status, 400);
});

test('only pages of allowed origins read replies, and only of routes that declare CORS', async (t) => {
  const { http } = await serveSite(t, { '/authorize': page, '/userinfo': bearer });
  for (const Origin of ['http://localhost:3000', 'https://app.example']) {
    const open = await ask(http, request('GET /userinfo HTTP/1.1', { Origin }));
    assert.equal(header(open, 'Access-Control-Allow-Origin'), Origin);
    assert.equal(header(open, 'Access-Control-Expose-Headers'), 'WWW-Authenticate, X-Shop');
    const preflight = await ask(http, request('OPTIONS /userinfo HTTP/1.1', { Origin }));
    assert.equal(preflight.status, 204);
    assert.equal(header(preflight, 'Access-Control-Allow-Methods'), 'GET, POST');
    const closed = await ask(http, request('GET /authorize?size=1 HTTP/1.1', { Origin }));
    assert.deepEqual([closed.status, access(closed)], [200, []]);
  }
});

test('a bearer route reads no form, and its 401 asks for no Basic credentials', async (t) => {
  const { http } = await serveSite(t, { '/userinfo': bearer });
  const Authorization = 'Bearer abc';
  const good = await ask(http, request('GET /userinfo?access_token=x HTTP/1.1', { Authorization }));
  assert.deepEqual(JSON.parse(good.body), { token: 'abc', query: '' });
  const posted = await ask(http, request('POST /userinfo HTTP/1.1', { Authorization }, '{"any":"body"}'));
  assert.equal(posted.status, 200);
  const refused = await ask(http, request('GET /userinfo HTTP/1.1', {}));
  assert.equal(refused.status, 401);
  assert.equal(header(refused, 'WWW-Authenticate'), 'Bearer error="invalid_token"');
});

test('a route for any path gets every method, OPTIONS too, and the query unchanged', async (t) => {
  const { http } = await serveSite(t, { '/userinfo': bearer }, { elsewhere: anything });
  for (const method of ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'PROPFIND']) {
    const reply = await ask(
      http,
      request(`${method} /shop/1.0/a%2Fb?x=%zz&x=+ HTTP/1.1`, { Origin: 'http://localhost' }),
    );
    assert.equal(header(reply, 'X-Asked'), `${method} /shop/1.0/a%2Fb x=%zz&x=+`);
    assert.deepEqual(access(reply), []);
  }
  assert.equal((await ask(http, request('GET /userinfo HTTP/1.1', {}))).status, 401);
});

test('the Host and Origin rules come before every route', async (t) => {
  let answered = 0;
  const counting: Route = {
    ...anything,
    answer() {
      answered += 1;
      return { status: 200, headers: [], body: '' };
    },
  };
  const { http } = await serveSite(t, {}, { elsewhere: counting });
  for (const [headers, status] of [
    [{ Host: 'evil.example' }, 421],
    [{ Host: undefined }, 400],
    [{ Origin: 'https://evil.example' }, 403],
    [{ Origin: 'null' }, 403],
  ] as const) {
    for (const method of ['GET', 'OPTIONS', 'POST']) {
      assert.equal((await ask(http, request(`${method} /shop/1.0 HTTP/1.1`, headers, 'body'))).status, status);
    }
  }
  assert.equal(answered, 0);
});

test('an error of a route becomes the reply that the site gives', async (t) => {
  const early = new Error('early');
  const late = new Error('late');
  const { http, errors } = await serveSite(t, {
    '/early': {
      ...page,
      answer() {
        throw early;
      },
    },
    '/late': { ...page, basicChallenge: true, answer: () => Promise.reject(late) },
  });
  const replies = [
    await ask(http, request('GET /early HTTP/1.1', {})),
    await ask(http, request('GET /late HTTP/1.1', {})),
  ];
  assert.deepEqual(
    replies.map((reply) => [reply.status, header(reply, 'WWW-Authenticate')]),
    [
      [500, undefined],
      [500, 'Basic realm="localhost"'],
    ],
  );
  assert.deepEqual(errors, [early, late]);
});

test('a reply that cannot be written becomes a 500, and those of the same turn arrive', async (t) => {
  const broken: Route = { ...page, answer: () => ({ status: 200, headers: ['X-Line', 'one\ntwo'], body: 'never' }) };
  const { http, errors } = await serveSite(t, { '/authorize': page, '/broken': broken });
  const get = (path: string) => ask(http, request(`GET ${path} HTTP/1.1`, { 'Content-Length': undefined }));
  const replies = await Promise.all([
    get('/broken'),
    get('/authorize?size=1'),
    get('/broken'),
    get('/authorize?size=2'),
  ]);
  assert.deepEqual(
    replies.map(({ status }) => status),
    [500, 200, 500, 200],
  );
  assert.equal(errors.length, 2);
});
