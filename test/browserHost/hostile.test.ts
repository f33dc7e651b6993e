import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { connect } from 'node:net';
import { test } from 'node:test';
import { ask as askPort, codeOf, json, listScopes, serveWindow, tokenOf } from './served.ts';

const form = 'application/x-www-form-urlencoded';
const asset = { path: '/assets/app-Ab3_-xyz.js' };

/** Headers that a foreign page or a rebound name cannot avoid sending. `PORT` is our port. */
const foreign: readonly (readonly [
  name: string,
  headers: Readonly<Record<string, string | string[]>>,
  status: number,
])[] = [
  ['a rebound name', { host: 'evil.example:PORT' }, 421],
  ['a rebound name that looks like ours', { host: '127.0.0.1.evil.example:PORT' }, 421],
  ['a name under localhost', { host: 'evil.localhost:PORT' }, 421],
  ['another loopback address', { host: '127.0.0.2:PORT' }, 421],
  ['an IPv6 address, on which the host does not listen', { host: '[::1]:PORT' }, 421],
  ['ours without its port', { host: '127.0.0.1' }, 421],
  ['ours with another port', { host: '127.0.0.1:1' }, 421],
  ['ours in capitals', { host: 'LOCALHOST:PORT' }, 421],
  ['another origin', { origin: 'https://evil.example' }, 403],
  ['the origin null', { origin: 'null' }, 403],
  ['another port of this address', { origin: 'http://127.0.0.1:1' }, 403],
  ['our own address by its other name', { origin: 'http://localhost:PORT' }, 403],
  ['our own address by another scheme', { origin: 'https://127.0.0.1:PORT' }, 403],
  ['two origins', { origin: ['http://127.0.0.1:PORT', 'https://evil.example'] }, 403],
  ['an empty origin', { origin: '' }, 403],
  ['a page of another site', { 'sec-fetch-site': 'cross-site' }, 403],
  ['a page of another port', { 'sec-fetch-site': 'same-site' }, 403],
  ['an unknown relation', { 'sec-fetch-site': 'same-origin, none' }, 403],
];

for (const [name, headers, status] of foreign) {
  test(`refuses ${name}, with any secret`, async (t) => {
    const { host, ask, session, exchange, seen, faults } = await serveWindow(t);
    const open = await session();
    const token = tokenOf(host.newUrl());
    const here = (text: string) => text.replace('PORT', String(host.port));
    const given = Object.fromEntries(
      Object.entries(headers).map(([key, value]) => [key, Array.isArray(value) ? value.map(here) : here(value)]),
    );
    const answers = [
      await ask({ headers: given }),
      await ask({ ...asset, headers: given }),
      await ask({ path: '/events', headers: { ...open, ...given } }),
      await ask({ ...listScopes, headers: { ...open, ...json, ...given } }),
      await ask({ method: 'OPTIONS', path: '/call', headers: given }),
      await exchange(token, given),
      await ask({
        method: 'POST',
        path: '/open',
        body: `token=${token}`,
        headers: { 'content-type': form, 'sec-fetch-mode': 'cors', ...given },
      }),
    ];
    for (const answer of answers) {
      assert.deepEqual([answer.status, codeOf(answer)], [status, 'refused']);
      assert.deepEqual(
        Object.keys(answer.headers).filter((header) => header.startsWith('access-control')),
        [],
      );
    }
    assert.equal(seen.calls, 0);
    assert.equal((await exchange(token)).status, 200, 'the token still works');
    assert.deepEqual(faults, []);
  });
}

test('a form on another page opens nothing, even with the token; a file on this machine does, once', async (t) => {
  const { host, ask, exchange } = await serveWindow(t);
  const token = tokenOf(host.newUrl());
  const send = (headers: Readonly<Record<string, string>>, body = `token=${token}`) =>
    ask({ method: 'POST', path: '/open', body, headers: { 'content-type': form, ...headers } });
  const fromFile = { origin: 'null', 'sec-fetch-site': 'cross-site' };
  const refused = [
    { origin: 'https://evil.example' },
    { origin: 'http://127.0.0.1:1' },
    { 'sec-fetch-site': 'cross-site' },
    { ...fromFile, 'sec-fetch-mode': 'cors' },
    { ...fromFile, 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'iframe' },
    { ...fromFile, host: `evil.example:${host.port}` },
  ];
  for (const headers of refused) assert.equal(codeOf(await send(headers)), 'refused', JSON.stringify(headers));
  assert.equal((await send({ ...fromFile, 'content-type': 'application/json' })).status, 415);
  assert.equal((await send(fromFile, 'token')).status, 401);
  assert.equal((await send(fromFile, 'x=1')).status, 400);
  assert.equal((await ask({ path: '/', headers: fromFile })).status, 403);

  const opened = await send({ ...fromFile, 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' });
  assert.equal(opened.status, 200);
  const next = /url=\/#token=([\w-]{43})"/.exec(opened.text)?.[1] ?? '';
  assert.equal((await exchange(token)).status, 401, 'the token of the file was used');
  assert.equal((await send(fromFile)).status, 401);
  assert.equal((await exchange(next)).status, 200);
});

test('refuses two Hosts, an empty one and none', async (t) => {
  const { host } = await serveWindow(t);
  for (const hosts of [`Host: 127.0.0.1:${host.port}\r\nHost: evil.example\r\n`, 'Host: \r\n', '']) {
    const text = await raw(host.port, `GET / HTTP/1.1\r\n${hosts}Connection: close\r\n\r\n`);
    assert.match(text, /^HTTP\/1\.1 421 .*"code":"refused"/s);
  }
});

test('answers the page under both names, and requests of the address bar', async (t) => {
  const { host, ask, session, seen } = await serveWindow(t);
  const open = await session();
  for (const name of ['127.0.0.1', 'localhost']) {
    const at = { host: `${name}:${host.port}` };
    for (const site of ['none', 'same-origin']) {
      assert.equal((await ask({ headers: { ...at, 'sec-fetch-site': site } })).status, 200);
    }
    const own = { ...at, ...json, ...open, origin: `http://${name}:${host.port}`, 'sec-fetch-site': 'same-origin' };
    assert.equal((await ask({ ...listScopes, headers: own })).status, 200);
  }
  assert.equal(seen.calls, 2);
});

test('an address opens exactly one session', async (t) => {
  const { host, exchange, ask } = await serveWindow(t);
  const url = host.newUrl();
  assert.match(url, new RegExp(`^http://127\\.0\\.0\\.1:${host.port}/#token=[\\w-]{43}$`));
  const first = await exchange(tokenOf(url));
  assert.equal(first.status, 200);
  const { bearer } = JSON.parse(first.text);
  assert.match(bearer, /^[\w-]{43}$/);
  assert.equal(first.headers['set-cookie'], undefined);
  const stolen = await exchange(tokenOf(url));
  assert.deepEqual([stolen.status, codeOf(stolen)], [401, 'unauthenticated']);
  assert.equal((await exchange(bearer)).status, 401);
  // The first session still works.
  assert.equal((await ask({ ...listScopes, headers: { ...json, authorization: `Bearer ${bearer}` } })).status, 200);
});

test('one of several concurrent requests gets the session', async (t) => {
  const { host, exchange } = await serveWindow(t);
  const token = tokenOf(host.newUrl());
  const answers = await Promise.all(Array.from({ length: 20 }, () => exchange(token)));
  assert.deepEqual(
    answers
      .map(({ status }) => status)
      .sort()
      .slice(0, 2),
    [200, 401],
  );
});

test('guessing opens no session, and uses no token', async (t) => {
  const { host, exchange } = await serveWindow(t);
  const token = tokenOf(host.newUrl());
  const digest = createHash('sha256').update(token).digest('base64url');
  for (const guess of ['', ' ', token.slice(0, -1), `${token}=`, token.toUpperCase(), digest, 'é']) {
    assert.equal((await exchange(guess)).status, 401, guess);
  }
  assert.equal((await exchange(token)).status, 200);
});

test('keeps only the newest addresses and sessions', async (t) => {
  const { host, exchange, session, ask } = await serveWindow(t);
  const oldest = tokenOf(host.newUrl());
  for (let count = 0; count < 16; count += 1) host.newUrl();
  assert.equal((await exchange(oldest)).status, 401);

  const [used, idle] = [await session(), await session()];
  const call = (open: { readonly authorization: string }) => ask({ ...listScopes, headers: { ...json, ...open } });
  for (let count = 0; count < 63; count += 1) {
    await session();
    assert.equal((await call(used)).status, 200);
  }
  assert.equal((await call(idle)).status, 401);
});

test('runs no call without the bearer in its header', async (t) => {
  const { host, ask, session, seen } = await serveWindow(t);
  const { authorization } = await session();
  const bearer = authorization.replace('Bearer ', '');
  const other = await (await serveWindow(t)).session();
  const wrong = [
    {},
    { authorization: '' },
    { authorization: 'Bearer' },
    { authorization: 'Bearer ' },
    { authorization: bearer },
    { authorization: `Basic ${bearer}` },
    { authorization: `bearer ${bearer}` },
    { authorization: `${authorization}x` },
    { authorization: authorization.slice(0, -1) },
    { authorization: `Bearer ${tokenOf(host.newUrl())}` },
    { authorization: `${authorization}, ${authorization}` },
    { cookie: `session=${bearer}` },
    other,
  ];
  for (const headers of wrong) {
    for (const asked of [listScopes, { path: '/events' }]) {
      const answer = await ask({ ...asked, headers: { ...json, ...headers } });
      assert.deepEqual([answer.status, codeOf(answer)], [401, 'unauthenticated'], JSON.stringify(headers));
    }
  }
  for (const path of ['/events', '/call'].flatMap((at) => [`${at}?bearer=${bearer}`, `${at}?access_token=${bearer}`])) {
    assert.ok([404, 405].includes((await ask({ path })).status), path);
  }
  assert.equal(seen.calls, 0);
});

test('answers other methods with the right one, and allows no page by CORS', async (t) => {
  const { ask, session, seen } = await serveWindow(t);
  const open = await session();
  const paths = { '/': 'GET', '/assets/app-Ab3_-xyz.js': 'GET', '/events': 'GET', '/call': 'POST', '/session': 'POST' };
  for (const [path, right] of Object.entries(paths)) {
    for (const method of ['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'PATCH', 'DELETE', 'TRACE', 'PROPFIND']) {
      if (method === right) continue;
      const preflight = { 'access-control-request-method': 'POST', 'access-control-request-private-network': 'true' };
      const answer = await ask({ method, path, headers: { ...open, ...preflight } });
      assert.deepEqual([answer.status, answer.headers.allow], [405, right], `${method} ${path}`);
      if (method !== 'HEAD') assert.equal(codeOf(answer), 'bad_input');
      assert.deepEqual(
        Object.keys(answer.headers).filter((header) => header.startsWith('access-control')),
        [],
      );
    }
  }
  assert.equal(seen.calls, 0);
});

test('refuses every content type that a form can send', async (t) => {
  const { host, ask, session, exchange, seen } = await serveWindow(t);
  const open = await session();
  const token = tokenOf(host.newUrl());
  for (const type of [
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data',
    undefined,
    'application/jsonx',
  ]) {
    const headers = type === undefined ? open : { ...open, 'content-type': type };
    const call = await ask({ ...listScopes, headers });
    const opened = await ask({ method: 'POST', path: '/session', headers, body: JSON.stringify({ token }) });
    assert.deepEqual([call.status, codeOf(call), opened.status], [415, 'bad_input', 415]);
  }
  assert.equal(seen.calls, 0);
  assert.equal((await exchange(token, { 'content-type': 'application/json; charset=utf-8' })).status, 200);
});

test('opens a session by a small JSON body only', async (t) => {
  const { ask, faults } = await serveWindow(t);
  const post = (body: string | Buffer) => ask({ method: 'POST', path: '/session', headers: json, body });
  for (const body of ['', '{', 'null', '[]', '"a"', '{}', '{"token":1}', '{"token":["a"]}', Buffer.from([0xff, 0])]) {
    const answer = await post(body);
    assert.deepEqual([answer.status, codeOf(answer)], [400, 'bad_input'], String(body));
  }
  for (const size of [1025, 8 * 1024 * 1024]) assert.equal((await post(Buffer.alloc(size, 32))).status, 413);
  assert.deepEqual(faults, []);
});

test('limits the size of a call', async (t) => {
  const { ask, session, faults } = await serveWindow(t);
  const headers = { ...json, ...(await session()) };
  const post = (body: Buffer) => ask({ method: 'POST', path: '/call', headers, body });
  assert.equal((await post(Buffer.alloc(48 * 1024 * 1024 + 1, 32))).status, 413);
  assert.equal((await post(Buffer.alloc(1024, 32))).status, 400);
  assert.deepEqual(faults, []);
});

/** Sends bytes, and gives all received text until the host ends the connection. */
const raw = (port: number, text: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(text));
    let answer = '';
    socket.setEncoding('latin1').on('data', (part: string) => {
      answer += part;
    });
    socket.on('error', reject);
    socket.on('close', () => resolve(answer));
  });

const soon = { headersMs: 200, requestMs: 300, checkMs: 50, drainMs: 100 };

test('cuts off a slow client with a 408', async (t) => {
  const { host, ask, faults } = await serveWindow(t, { timeouts: soon });
  const at = `Host: 127.0.0.1:${host.port}\r\n`;
  const head = `POST /session HTTP/1.1\r\n${at}Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{`;
  for (const begun of [head, `GET / HTTP/1.1\r\n${at}X-Slow:`]) {
    assert.match(await raw(host.port, begun), /^HTTP\/1\.1 408 .*"code":"bad_input"/s);
  }
  assert.equal((await ask({})).status, 200);
  assert.deepEqual(faults, []);
});

test('answers 400 to malformed HTTP, and then the next request', async (t) => {
  const { host, ask, faults } = await serveWindow(t);
  const at = `Host: 127.0.0.1:${host.port}\r\n`;
  assert.match(await raw(host.port, 'hello\r\n\r\n'), /^HTTP\/1\.1 400 .*"code":"bad_input"/s);
  assert.match(await raw(host.port, '\x16\x03\x01\x02'), /^HTTP\/1\.1 400 /);
  assert.match(await raw(host.port, `GET / HTTP/1.1\r\n${at}X: ${'x'.repeat(20_000)}\r\n\r\n`), /^HTTP\/1\.1 431 /);
  assert.equal(await raw(host.port, `CONNECT evil.example:443 HTTP/1.1\r\n${at}\r\n`), '');
  const upgrade = 'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: x\r\nSec-WebSocket-Version: 13\r\n';
  const upgraded = raw(
    host.port,
    `GET /events HTTP/1.1\r\n${at}${upgrade}\r\nGET / HTTP/1.1\r\n${at}Connection: close\r\n\r\n`,
  );
  assert.match(await upgraded, /^HTTP\/1\.1 401 /);
  const cut = connect(host.port, '127.0.0.1', () => {
    cut.write(`POST /session HTTP/1.1\r\n${at}Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{`);
    cut.resetAndDestroy();
  });
  await new Promise((gone) => cut.once('close', gone));
  assert.equal((await ask({})).status, 200);
  assert.deepEqual(faults, []);
});

test('refuses the token of another process', async (t) => {
  const [one, two] = [await serveWindow(t), await serveWindow(t)];
  const token = tokenOf(one.host.newUrl());
  assert.equal((await two.exchange(token)).status, 401);
  const headers = { ...json, host: `127.0.0.1:${one.host.port}` };
  const body = JSON.stringify({ token });
  assert.equal((await askPort(two.host.port, { method: 'POST', path: '/session', headers, body })).status, 421);
  assert.equal((await one.exchange(token)).status, 200);
});
