import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { ask, formType, type HeaderLines, header, request } from '../listener/wire.ts';
import { openShop } from './shop.ts';

const shop = await openShop();
after(shop.close);
const { call } = shop.app;
const production = { application: 'Shop', keyType: 'PRODUCTION' } as const;

await call('settings.write', { allowedScopePatterns: ['openid', 'profile', 'email', 'phone', 'address'] });
await call('users.setClaims', {
  ...{ user: 'tester', givenName: 'Änn', familyName: 'Lee', email: 'ann@shop.test', phone: '+1 555 0100' },
  groups: ['staff'],
  otherClaims: {
    level: 3,
    email_verified: true,
    address: { locality: 'Köln' },
    street: 'Hohe Straße',
    nickname: 'ann',
  },
});
const tokenOf = async (scope: string, username: string | undefined = 'tester') =>
  (await call('tokens.issue', { ...production, username, scope })).accessToken;
const get = (path: string, headers: HeaderLines = {}) =>
  ask(shop.https, request(`GET ${path} HTTP/1.1`, { 'Content-Length': undefined, ...headers }));
const bearer = (token: string) => ({ Authorization: `Bearer ${token}` });
const post = (body: string, headers: HeaderLines = {}) =>
  ask(shop.https, request('POST /oauth2/userinfo HTTP/1.1', { 'Content-Type': formType, ...headers }, body));

const openid = await tokenOf('openid');

test('A57 a plain application gets only sub, not stored', async () => {
  for (const path of ['/userinfo', '/oauth2/userinfo', '/userinfo?schema=openid']) {
    const reply = await get(path, bearer(openid));
    assert.deepEqual([reply.status, reply.body], [200, '{"sub":"tester@carbon.super"}']);
    assert.equal(header(reply, 'Content-Type'), 'application/json');
    assert.equal(header(reply, 'Cache-Control'), 'no-store');
    assert.equal(header(reply, 'Pragma'), 'no-cache');
    assert.equal(header(reply, 'WWW-Authenticate'), undefined);
  }
});

test('gives claims by scope in the order of the registry, in ASCII', async () => {
  const rows = [
    ['email', '"email":"ann@shop.test","email_verified":true'],
    ['phone', '"phone_number":"+1 555 0100"'],
    ['address', '"address":{"locality":"K\\u00f6ln"},"street":"Hohe Stra\\u00dfe"'],
    [
      'profile',
      '"name":"\\u00c4nn Lee","family_name":"Lee","given_name":"\\u00c4nn","nickname":"ann","groups":["staff"],"level":3',
    ],
  ] as const;
  for (const [scope, members] of rows) {
    const reply = await get('/userinfo', bearer(await tokenOf(`openid ${scope}`)));
    assert.equal(reply.body, `{"sub":"tester@carbon.super",${members}}`, scope);
  }
});

test('settings: every claim by openid, only sub, and the bare user name', async () => {
  const bodyOf = async (token: string) => JSON.parse((await get('/userinfo', bearer(token))).body);
  await call('settings.write', { openidScopeClaims: 'all' });
  const all = await bodyOf(openid);
  assert.deepEqual(
    [all.email, all.phone_number, all.level, all.street],
    ['ann@shop.test', '+1 555 0100', 3, 'Hohe Straße'],
  );
  await call('settings.write', { requestedClaims: 'none', subForm: 'bare' });
  assert.deepEqual(await bodyOf(await tokenOf('openid profile email')), { sub: 'tester' });
  await call('settings.write', { openidScopeClaims: 'sub', requestedClaims: 'record', subForm: 'user@tenant' });
});

test('an application token answers with the owner', async () => {
  const { accessToken } = await call('tokens.issue', { ...production, scope: 'openid' });
  assert.equal((await get('/userinfo', bearer(accessToken))).body, '{"sub":"admin@carbon.super"}');
});

test('takes the token from the header in any case, or from the form', async () => {
  const sub = '{"sub":"tester@carbon.super"}';
  const bare = { 'Content-Type': undefined };
  for (const reply of [
    await get('/userinfo', { Authorization: `bearer  ${openid}` }),
    await post('', { ...bare, ...bearer(openid) }),
    await post(`access_token=${openid}`),
    await post(`schema=openid&access_token=${openid}`, { 'Content-Type': `${formType}; charset=utf-8` }),
    await post('access_token=stale', bearer(openid)),
    await ask(shop.http, request('GET /userinfo HTTP/1.1', bearer(openid))),
  ]) {
    assert.deepEqual([reply.status, reply.body], [200, sub]);
  }
});

test('A54, A55, A56 each refusal has its status, challenge and body', async () => {
  const revoked = await tokenOf('openid device_lost');
  await call('tokens.revoke', { token: revoked });
  const noOpenid = await tokenOf('device_other');
  const rows = [
    ['A56', await get('/userinfo'), 400, 'invalid_request', 'Authorization or Content-Type header is missing'],
    [
      'other scheme',
      await get('/userinfo', { Authorization: shop.authorization }),
      400,
      'invalid_request',
      'Bearer token missing',
    ],
    ['no token', await get('/userinfo', { Authorization: 'Bearer' }), 400, 'invalid_request', 'Access token missing'],
    ['blank', await get('/userinfo', { Authorization: 'Bearer  ' }), 400, 'invalid_request', 'Access token missing'],
    [
      'type',
      await post('{}', { 'Content-Type': 'application/json' }),
      400,
      'invalid_request',
      'Content-Type header is wrong',
    ],
    ['empty form', await post(''), 400, 'invalid_request', 'Access token missing'],
    ['not ASCII', await post('access_token=ä'), 400, 'invalid_request', 'Body contains non ASCII characters'],
    [
      'twice',
      await post('access_token=a&access_token=b'),
      400,
      'invalid_request',
      'Invalid request with repeated parameters.',
    ],
    ['unknown', await get('/userinfo', bearer('nothing')), 401, 'invalid_token', 'Access token validation failed'],
    ['A55', await get('/userinfo', bearer(revoked)), 401, 'invalid_token', 'Access token validation failed'],
    [
      'A54',
      await get('/userinfo', bearer(noOpenid)),
      403,
      'insufficient_scope',
      'Access token does not have the openid scope',
    ],
  ] as const;
  for (const [name, reply, status, error, description] of rows) {
    assert.equal(reply.status, status, name);
    assert.equal(reply.body, `{"error_description":"${description}","error":"${error}"}`, name);
    assert.equal(header(reply, 'WWW-Authenticate'), `Bearer error="${error}"`, name);
  }
  const { items } = await call('audit.list', { refusalsOnly: true });
  const texts = items.map(({ text }) => text).filter((text) => /invalid_token|insufficient/.test(text));
  assert.equal(texts.length, 3);
  assert.match(texts.join('\n'), /token \d+, which was REVOKED/);
});

test('other methods get 405, and pages of allowed origins may call it', async () => {
  const put = await ask(shop.https, request('PUT /userinfo HTTP/1.1', {}));
  assert.deepEqual([put.status, header(put, 'Allow')], [405, 'GET, POST, OPTIONS']);
  const origin = { Origin: 'http://localhost:3000' };
  const preflight = await ask(shop.https, request('OPTIONS /oauth2/userinfo HTTP/1.1', origin));
  assert.deepEqual([preflight.status, header(preflight, 'Access-Control-Allow-Methods')], [204, 'GET, POST']);
  for (const reply of [await get('/userinfo', { ...origin, ...bearer(openid) }), await get('/userinfo', origin)]) {
    assert.equal(header(reply, 'Access-Control-Allow-Origin'), origin.Origin);
  }
  const foreign = await get('/userinfo', { Origin: 'https://evil.example', ...bearer(openid) });
  assert.equal(foreign.status, 403);
});
