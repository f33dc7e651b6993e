import assert from 'node:assert/strict';
import { after, beforeEach, test } from 'node:test';
import type { FaultKind } from '../../preload/contract/faults.ts';
import { ask, basic, exchange, header, type WireReply } from '../listener/wire.ts';
import { openShop, passwordForm } from './shop.ts';

const shop = await openShop();
after(shop.close);
const { app, post, http } = shop;
const { call } = app;

beforeEach(async () => {
  await call('faults.endAll', {});
});

const newestRow = async () => (await call('requests.list', { limit: 1 })).items[0];
const tokens = async () => (await call('tokens.count', {})).total;
const left = async () => (await call('faults.list', {})).items.map((fault) => fault.left);

const get = (token: string, path = '/echo/1.0/x') =>
  `GET ${path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${token}\r\n\r\n`;
let devices = 0;
const newToken = async (): Promise<string> => {
  devices += 1;
  const form = passwordForm.replace('ipad', `number${devices}`);
  return JSON.parse((await ask(http, post('/token', form))).body).access_token;
};

/** Replies of each route, by kind. */
const replies: readonly [kind: FaultKind, path: string, status: number, body: RegExp][] = [
  ['invalid_grant', '/token', 400, /"error":"invalid_grant"/],
  ['invalid_client', '/token', 401, /"error":"invalid_client"/],
  ['expired', '/token', 400, /Refresh token is expired\..*"invalid_grant"/],
  ['throttled', '/token', 429, /Too many requests/],
  ['server_error', '/token', 500, /"error":"server_error"/],
  ['unavailable', '/token', 503, /"error":"temporarily_unavailable"/],
  ['malformed', '/token', 200, /^\{"data":"[^"}]+$/],
  ['invalid_grant', '/revoke', 400, /"error":"invalid_grant"/],
  ['invalid_client', '/revoke', 401, /"error":"invalid_client"/],
  ['throttled', '/revoke', 429, /Too many requests/],
  ['server_error', '/revoke', 500, /"error":"server_error"/],
  ['malformed', '/revoke', 200, /^\{"data":"[^"}]+$/],
  ['invalid_client', '/introspect', 401, /"error":"invalid_client"/],
  ['expired', '/introspect', 200, /^\{"active":false\}$/],
  ['unavailable', '/introspect', 503, /"error":"temporarily_unavailable"/],
  ['malformed', '/introspect', 200, /^\{"data":"[^"}]+$/],
];

test('/userinfo has faults for the application of its token, and never those of a form', async () => {
  const form = `${passwordForm.replace('device_ipad', 'openid')}`;
  const { access_token: token } = JSON.parse((await ask(http, post('/token', form))).body);
  const userinfo = () => ask(http, get(token, '/userinfo'));
  for (const [kind, status, body] of [
    ['expired', 401, /Access token validation failed.*"invalid_token"/],
    ['throttled', 429, /Too many requests/],
    ['server_error', 500, /"error":"server_error"/],
    ['malformed', 200, /^\{"data":"[^"}]+$/],
    ['delay', 200, /^\{"sub":"tester@carbon\.super"\}$/],
  ] as const) {
    await call('faults.add', { kind, seconds: 0, route: 'userinfo', application: 'Shop', keyType: 'PRODUCTION' });
    const reply = await userinfo();
    assert.deepEqual([reply.status, (await newestRow())?.fault], [status, kind]);
    assert.match(reply.body, body);
    assert.equal(header(reply, 'WWW-Authenticate'), status === 401 ? 'Bearer error="invalid_token"' : undefined);
    assert.equal((await userinfo()).status, 200);
  }
  await call('faults.add', { kind: 'server_error', application: 'Other' });
  await call('faults.add', { kind: 'server_error', route: 'token' });
  assert.equal((await userinfo()).status, 200);
  assert.equal((await ask(http, get('unknown', '/userinfo'))).status, 401);
  assert.deepEqual(await left(), [1, 1]);
  for (const kind of ['invalid_grant', 'invalid_client'] as const) {
    await assert.rejects(call('faults.add', { kind, route: 'userinfo' }), { code: 'bad_input' });
  }
});

for (const [kind, path, status, body] of replies) {
  test(`the next reply of ${path} is ${kind}, changes nothing, and the one after is true`, async () => {
    const token = await newToken();
    const form = path === '/token' ? passwordForm.replace('ipad', `new${kind}`) : `token=${token}`;
    const before = await tokens();
    await call('faults.add', { kind, seconds: 7 });
    const reply = await ask(http, post(path, form));
    assert.equal(reply.status, status);
    assert.match(reply.body, body);
    assert.equal(header(reply, 'Retry-After'), status === 429 ? '7' : undefined);
    if (status === 401) assert.match(header(reply, 'WWW-Authenticate') ?? '', /^Basic /);
    const row = await newestRow();
    assert.deepEqual([row?.fault, row?.status, row?.application], [kind, status, 'Shop']);
    assert.match(row?.why ?? '', /^A fault on purpose: .* It was the last one\.$/);
    assert.equal(await tokens(), before, 'no token was issued');
    assert.equal((await call('tokens.read', { token })).state, 'ACTIVE', 'no token was revoked');
    assert.deepEqual(await left(), []);
    assert.equal((await ask(http, post(path, form))).status, 200);
    assert.equal((await newestRow())?.fault, undefined);
  });
}

test('a delay gives the true reply', async () => {
  await call('faults.add', { kind: 'delay', seconds: 0 });
  const reply = await ask(http, post('/token', passwordForm));
  assert.equal(reply.status, 200);
  assert.ok(JSON.parse(reply.body).access_token);
  const row = await newestRow();
  assert.equal(row?.fault, 'delay');
  assert.match(row?.why ?? '', /^A fault on purpose: the true answer after 0 s\. It was the last one\. (Reused|New)/);
});

test('a cut connection ends within the body', async () => {
  await call('faults.add', { kind: 'cut', route: 'token' });
  const before = await tokens();
  assert.deepEqual(await exchange(http, post('/token', passwordForm.replace('ipad', 'cut'))), []);
  assert.equal((await newestRow())?.fault, 'cut');
  assert.equal(await tokens(), before);
});

test('a fault hits its route, key set and API only', async () => {
  const token = await newToken();
  await call('keys.generate', { application: 'Shop', keyType: 'SANDBOX' });
  const ofOther = () =>
    ask(http, post('/token', 'grant_type=client_credentials', { Authorization: shop.other.authorization }));
  const ofShop = () => ask(http, post('/token', passwordForm));
  const kind = 'server_error';
  const hits = async (replies: Promise<WireReply>[]) => (await Promise.all(replies)).map(({ status }) => status);

  await call('faults.add', { kind, application: 'Other' });
  assert.deepEqual(await hits([ofShop(), ofOther(), ofOther()]), [200, 500, 200]);
  await call('faults.add', { kind, application: 'Shop', keyType: 'SANDBOX' });
  assert.deepEqual(await hits([ofShop(), ofOther()]), [200, 200]);
  await call('faults.endAll', {});
  await call('faults.add', { kind, route: 'introspect', application: 'Shop' });
  assert.deepEqual(await hits([ofShop(), ask(http, post('/introspect', `token=${token}`))]), [200, 500]);
  await call('faults.add', { kind, api: 'echo/1.0' });
  assert.deepEqual(await hits([ofShop(), ask(http, get(token)), ask(http, get(token))]), [200, 500, 200]);
  const unknown = post('/token', passwordForm, { Authorization: basic('stranger', 'x') });
  await call('faults.add', { kind, application: 'Shop' });
  assert.deepEqual(await hits([ask(http, unknown)]), [401]);
  assert.deepEqual(await left(), [1]);
});

const gatewayReplies: readonly [kind: FaultKind, status: number, body: RegExp][] = [
  ['expired', 401, /900901/],
  ['throttled', 429, /900803/],
  ['server_error', 500, /Internal Server Error/],
  ['unavailable', 503, /Service Unavailable/],
  ['malformed', 200, /^\{"data":"[^"}]+$/],
  ['delay', 200, /device_number/],
];

for (const [kind, status, body] of gatewayReplies) {
  test(`the next reply of the gateway is ${kind}, and the one after is true`, async () => {
    const token = await newToken();
    await call('faults.add', { kind, seconds: kind === 'delay' ? 0 : 7, route: 'gateway' });
    const reply = await ask(http, get(token));
    assert.equal(reply.status, status, reply.body);
    assert.match(reply.body, body);
    assert.equal(header(reply, 'Retry-After'), status === 429 ? '7' : undefined);
    const row = await newestRow();
    assert.deepEqual(
      [row?.fault, row?.api, row?.application, row?.device],
      [kind, 'echo/1.0', 'Shop', `number${devices}`],
    );
    assert.equal((await ask(http, get(token))).status, 200);
  });
}

test('each change is told with the whole list', async () => {
  const heard: (readonly number[])[] = [];
  const stop = app.events.onAny((name, data) => {
    if (name === 'faults.changed') heard.push((data as { items: { left: number }[] }).items.map((fault) => fault.left));
  });
  const { id, text } = await call('faults.add', { kind: 'throttled', replies: 2, application: 'Shop' });
  assert.equal(text, 'The next 2 replies to "Shop": 429 with Retry-After 5 s.');
  await call('faults.add', { kind: 'cut', replies: 5, route: 'revoke' });
  await ask(http, post('/token', passwordForm));
  await call('faults.end', { fault: id });
  await assert.rejects(call('faults.end', { fault: id }), { code: 'not_found' });
  await call('faults.endAll', {});
  stop();
  assert.deepEqual(heard, [[2], [2, 5], [1, 5], [5], []]);
});

test('a fault that no reply could have is refused', async () => {
  const refused = (input: Parameters<typeof call<'faults.add'>>[1], code: string) =>
    assert.rejects(call('faults.add', input), { code });
  await refused({ kind: 'invalid_grant', route: 'gateway' }, 'bad_input');
  await refused({ kind: 'invalid_client', api: 'echo/1.0' }, 'bad_input');
  await refused({ kind: 'server_error', api: 'echo/1.0', route: 'token' }, 'bad_input');
  await refused({ kind: 'expired', route: 'revoke' }, 'bad_input');
  await refused({ kind: 'cut', keyType: 'SANDBOX' }, 'bad_input');
  await refused({ kind: 'cut', application: 'Nobody' }, 'not_found');
  await refused({ kind: 'cut', application: 'Other', keyType: 'SANDBOX' }, 'not_found');
  await refused({ kind: 'cut', api: 'nothing/1' }, 'not_found');
  assert.deepEqual(await left(), []);
});

test('the doctor tells of active faults', async () => {
  const finding = async () => (await call('doctor.run', {})).items.find(({ check }) => check === 'Faults on purpose');
  assert.equal(await finding(), undefined);
  await call('faults.add', { kind: 'cut', replies: 3, application: 'Shop' });
  assert.deepEqual((await finding())?.found, '1 active, for 3 more replies (cut)');
});

test('a fault ends with its application, comes back when the deletion is undone, and ends with its API', async () => {
  await call('applications.create', { name: 'Brief' });
  await call('apis.create', { name: 'brief', productionBackend: 'echo', sandboxBackend: 'echo' });
  await call('faults.add', { kind: 'cut', application: 'Brief' });
  await call('faults.add', { kind: 'unavailable', api: 'brief' });
  const kinds = async () => (await call('faults.list', {})).items.map(({ kind }) => kind);
  const { id } = await call('applications.delete', { application: 'Brief' });
  assert.deepEqual(await kinds(), ['unavailable']);
  await call('applications.restore', { application: String(id) });
  assert.deepEqual(await kinds(), ['cut', 'unavailable']);
  await call('applications.delete', { application: 'Brief' });
  await call('apis.delete', { api: 'brief' });
  assert.deepEqual(await kinds(), []);
});
