import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { openShop, passwordForm } from '../endpoint/shop.ts';
import { ask, header, request, type WireReply } from './wire.ts';

const shop = await openShop();
after(shop.close);
const { post, app } = shop;

const loopbackOrigins = [
  'http://localhost',
  'https://localhost:3000',
  'http://app.localhost:5173',
  'https://127.0.0.1:1',
  'http://127.255.0.9:8080',
  'http://[::1]:4200',
];
const exposed = 'WWW-Authenticate, DeactivatedAccessToken, RevokedAccessToken, RevokedRefreshToken, AuthorizedUser';

const assertReadable = (reply: WireReply, origin: string): void => {
  assert.equal(header(reply, 'Access-Control-Allow-Origin'), origin);
  assert.equal(header(reply, 'Access-Control-Expose-Headers'), exposed);
  assert.equal(header(reply, 'Vary'), 'Origin');
  assert.equal(header(reply, 'Access-Control-Allow-Credentials'), undefined);
};

const preflight = (origin: string, path = '/token') =>
  request(`OPTIONS ${path} HTTP/1.1`, {
    Origin: origin,
    'Access-Control-Request-Method': 'POST',
    'Access-Control-Request-Headers': 'authorization',
  });

test('pages of this machine may call and read replies, refusals too', async () => {
  for (const origin of loopbackOrigins) {
    const good = await ask(shop.https, post('/token', passwordForm, { Origin: origin }));
    assert.equal(good.status, 200);
    assertReadable(good, origin);
    const bad = await ask(shop.https, post('/token', passwordForm, { Origin: origin, Authorization: 'Basic' }));
    assert.equal(bad.status, 401);
    assertReadable(bad, origin);
  }
});

test('answers a preflight for every route', async () => {
  for (const path of ['/token', '/oauth2/token', '/revoke', '/oauth2/revoke', '/oauth2/introspect', '/introspect']) {
    const reply = await ask(shop.https, preflight('http://localhost:3000', path));
    assert.equal(reply.status, 204);
    assertReadable(reply, 'http://localhost:3000');
    assert.equal(header(reply, 'Access-Control-Allow-Methods'), 'POST');
    assert.equal(header(reply, 'Access-Control-Allow-Headers'), 'Authorization, Content-Type');
    assert.equal(header(reply, 'Access-Control-Max-Age'), '600');
  }
});

test('a preflight allows the requested headers, and ignores malformed names', async () => {
  const allowed = async (asked: string) => {
    const bytes = request('OPTIONS /token HTTP/1.1', {
      Origin: 'http://localhost:3000',
      'Access-Control-Request-Method': 'POST',
      'Access-Control-Request-Headers': asked,
    });
    return header(await ask(shop.https, bytes), 'Access-Control-Allow-Headers');
  };
  const usual = 'Authorization, Content-Type';
  assert.equal(
    await allowed('content-type,x-request-id, AUTHORIZATION ,traceparent,X-Request-Id'),
    `${usual}, x-request-id, traceparent`,
  );
  assert.equal(await allowed('*, a b, "x", x:y, ,é'), usual);
  assert.equal(await allowed(`x-${'a'.repeat(200)}`), usual);
  const many = Array.from({ length: 200 }, (_, at) => `x-${at}`).join(',');
  assert.equal((await allowed(many))?.split(', ').length, 52);
});

test("a key set allows an app shell's origin, which the reply repeats exactly", async () => {
  const keys = { application: 'Shop', keyType: 'PRODUCTION' } as const;
  const origins = [
    'capacitor://localhost',
    'tauri://localhost',
    'ionic://localhost',
    'chrome-extension://abcdefghijklmnopabcdefghijklmnop',
    'moz-extension://0f2b1b0e-2c6f-4b7d-9d67-1f8b3d3c9a11',
    'safari-web-extension://5A3F0B1C-2C6F-4B7D-9D67-1F8B3D3C9A11',
    'vscode-webview://0a1b2c3d4e',
    'app://.',
  ];
  const asked = (origin: string) => ask(shop.https, post('/token', passwordForm, { Origin: origin }));
  assert.deepEqual(new Set((await Promise.all(origins.map(asked))).map(({ status }) => status)), new Set([403]));
  await app.call('keys.update', { ...keys, allowedOrigins: origins });
  for (const origin of origins) {
    const reply = await asked(origin);
    assert.equal(reply.status, 200, origin);
    assertReadable(reply, origin);
    assert.equal((await ask(shop.https, preflight(origin))).status, 204);
  }
  assert.equal((await asked('capacitor://localhost.evil.example')).status, 403);
  await app.call('keys.update', { ...keys, allowedOrigins: [] });
  for (const [origin, said] of [
    ['null', /Open it by http:\/\/localhost/],
    ['file://', /Open it by http:\/\/localhost/],
    ['capacitor://localhost/', /scheme, host and port only/],
    ['https://App.test', /scheme, host and port only/],
    ['*', /scheme, host and port only/],
    ['javascript://x', /scheme, host and port only/],
  ] as const) {
    await assert.rejects(app.call('keys.update', { ...keys, allowedOrigins: [origin] }), said);
  }
});

test('a request without an Origin gets no CORS header', async () => {
  const { headers } = await ask(shop.https, post('/token', passwordForm));
  assert.deepEqual(
    headers.filter(([name]) => /^(access-control-|vary$)/i.test(name)),
    [],
  );
});

test('a key set allows an origin, and refuses it again', async () => {
  const origin = 'https://app.example:8443';
  const asked = () => ask(shop.https, post('/token', passwordForm, { Origin: origin }));
  const keys = { application: 'Shop', keyType: 'PRODUCTION' } as const;
  assert.equal((await asked()).status, 403);

  await app.call('keys.update', { ...keys, allowedOrigins: [origin] });
  const reply = await asked();
  assert.equal(reply.status, 200);
  assertReadable(reply, origin);
  assert.equal((await ask(shop.https, preflight(origin))).status, 204);
  const other = await ask(shop.https, preflight('https://app.example'));
  assert.equal(other.status, 403);
  assert.equal(header(other, 'Access-Control-Allow-Origin'), undefined);

  await app.call('keys.update', { ...keys, allowedOrigins: [] });
  assert.equal((await asked()).status, 403);
});

test('a form of any site leads to the sign-in and nowhere else, and its scripts do not get there', async () => {
  const callback = 'https://app.example/cb';
  const keys = { application: 'Shop', keyType: 'PRODUCTION' } as const;
  await app.call('keys.update', { ...keys, grantTypes: ['authorization_code', 'password'], callbackUrl: callback });
  const { consumerKey } = shop;
  const form = new URLSearchParams({ response_type: 'code', client_id: consumerKey, redirect_uri: callback });
  const send = (path: string, headers: Record<string, string>, body = `${form}`) =>
    ask(shop.https, post(path, body, { Authorization: undefined, 'Sec-Fetch-Mode': 'navigate', ...headers }));
  for (const Origin of ['https://app.example', 'null']) {
    for (const path of ['/authorize', '/oauth2/authorize']) {
      const reply = await send(path, { Origin });
      assert.match(header(reply, 'Location') ?? '', /login\.do/);
      assert.equal(header(reply, 'Access-Control-Allow-Origin'), undefined);
      assert.equal((await send(path, { Origin, 'Sec-Fetch-Mode': 'no-cors' })).status, 403);
    }
    const answer = 'sessionDataKeyConsent=x&consent=approve';
    assert.equal((await send('/oauth2/authorize', { Origin }, answer)).status, 403);
    for (const path of ['/commonauth', '/token', '/revoke', '/userinfo', '/shop/1.0', '/nowhere']) {
      assert.equal((await send(path, { Origin })).status, 403, path);
    }
  }
});
