import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { openShop, passwordForm } from '../../endpoint/shop.ts';
import { passphrase } from '../../helpers/app.ts';
import { ask, basic, exchange } from '../wire.ts';

const shop = await openShop();
after(shop.close);
const { post, app, consumerSecret, consumerKey, http, https } = shop;
const { call } = app;

const newest = async () => (await call('requests.list', { limit: 1 })).items[0] ?? assert.fail();
const read = async () => await call('requests.read', { sequence: (await newest()).sequence });
const valueIn = (headers: readonly { name: string; value: string }[], name: string) =>
  headers.find((header) => header.name.toLowerCase() === name)?.value;

/** Reads everything that clients can learn of the log. */
const allTexts = async (): Promise<string> => {
  const { items } = await call('requests.list', { limit: 1000 });
  const details = await Promise.all(
    items.filter(({ hasDetails }) => hasDetails).map(({ sequence }) => call('requests.read', { sequence })),
  );
  return JSON.stringify([items, details, await call('requests.exportHar', {})]);
};

test('shows headers and bodies of a request to the endpoint, masked', async () => {
  const reply = await ask(https, post('/token', passwordForm));
  const { access_token: token, refresh_token: refresh } = JSON.parse(reply.body);
  const { request, target, secure, sent, answered } = await read();
  assert.deepEqual([request.path, target, secure], ['/token', '/token', true]);
  assert.equal(valueIn(sent.headers, 'authorization'), 'Basic ••••');
  assert.equal(valueIn(sent.headers, 'host'), 'localhost');
  assert.equal(sent.body, passwordForm.replace('s3cret', '••••'));
  assert.deepEqual([sent.bodyBytes, sent.truncated], [passwordForm.length, false]);
  assert.equal(valueIn(answered.headers, 'cache-control'), 'no-store');
  assert.equal(
    answered.body,
    reply.body.replace(token, `••••${token.slice(-4)}`).replace(refresh, `••••${refresh.slice(-4)}`),
  );
  assert.equal(answered.bodyBytes, reply.body.length);
});

test('shows the start of streamed bodies, as the gateway passes them', async () => {
  const { access_token: token } = JSON.parse((await ask(http, post('/token', passwordForm))).body);
  const long = `{"password":"hunter2-hunter2","text":"${'a'.repeat(40_000)}"}`;
  const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' };
  const [reply] = await exchange(http, post('/echo/1.0/orders?password=hunter2-hunter2', long, headers));
  const { request, target, secure, sent, answered } = await read();
  assert.equal(request.status, 200, reply?.body);
  assert.deepEqual(
    [request.api, request.application, request.user, request.device],
    ['echo/1.0', 'Shop', 'tester', 'ipad'],
  );
  assert.deepEqual([target, secure], ['/echo/1.0/orders?password=••••', false]);
  assert.equal(valueIn(sent.headers, 'authorization'), `Bearer ••••${token.slice(-4)}`);
  assert.match(sent.body ?? '', /^\{"password":"••••","text":… \(the rest/);
  assert.deepEqual([sent.bodyBytes, sent.truncated], [long.length, true]);
  assert.ok(answered.body);
  assert.doesNotMatch(await allTexts(), /hunter2/);
});

test('planted secrets are in no list, no details and no HAR', async () => {
  const { access_token: token, refresh_token: refresh } = JSON.parse(
    (await ask(https, post('/token', passwordForm))).body,
  );
  await ask(https, post(`/token?password=s3cret&token=${token}`, passwordForm));
  await ask(https, post('/introspect', `token=${token}`));
  await ask(https, post('/token', `grant_type=refresh_token&refresh_token=${refresh}`));
  await ask(
    https,
    post('/token', `client_id=${consumerKey}&client_secret=${consumerSecret}&${passwordForm}`, {
      Authorization: undefined,
    }),
  );
  await ask(https, post('/token', `{"client_secret":"${consumerSecret}"}`, { 'Content-Type': 'application/json' }));
  await ask(https, post('/token', consumerSecret));
  await ask(https, post('/revoke', `token=${token}&callback=${consumerSecret}`));
  await ask(https, post('/revoke', `token=${token}`));
  await ask(http, `GET /echo/1.0/a HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${token}\r\n\r\n`);
  await ask(http, `GET /echo/1.0/${token} HTTP/1.1\r\nHost: localhost\r\nCookie: a=${consumerSecret}\r\n\r\n`);
  await ask(http, post('/token', passwordForm, { Authorization: basic('stranger', consumerSecret) }));
  const texts = await allTexts();
  for (const secret of ['s3cret', consumerSecret, token, refresh, basic(consumerKey, consumerSecret).slice(6)]) {
    assert.equal(texts.includes(secret), false, secret);
  }
});

test('repeats a request with its real secrets', async () => {
  for (const target of [https, http]) {
    await ask(target, post('/token', passwordForm));
    const first = await newest();
    const again = await call('requests.repeat', { sequence: first.sequence });
    assert.ok(again.request.sequence > first.sequence);
    assert.deepEqual([again.request.status, again.request.tokenId], [200, first.tokenId]);
    assert.equal(again.secure, target === https);
    assert.equal(again.sent.body, passwordForm.replace('s3cret', '••••'));
  }
  await exchange(
    http,
    post('/token', passwordForm, { 'Content-Length': undefined, 'Transfer-Encoding': 'chunked' }).replace(
      /(?<=\r\n\r\n).*$/s,
      `${passwordForm.length.toString(16)}\r\n${passwordForm}\r\n0\r\n\r\n`,
    ),
  );
  const { request } = await call('requests.repeat', { sequence: (await newest()).sequence });
  assert.equal(request.status, 200);
});

test('repeats nothing that it does not have whole', async () => {
  const repeated = async () => call('requests.repeat', { sequence: (await newest()).sequence });
  await ask(http, post('/token', 'x'.repeat(20_000)));
  await assert.rejects(repeated(), { code: 'refused' });
  await ask(http, post('/nowhere', passwordForm, { 'Content-Length': String(passwordForm.length + 1) }));
  await assert.rejects(repeated(), { code: 'refused' });
  await ask(http, post('/token', passwordForm, { 'Authorization ': 'x' }));
  await assert.rejects(repeated(), { code: 'not_found' });
  await assert.rejects(call('requests.repeat', { sequence: 1_000_000 }), { code: 'not_found' });
});

test('selects by outcome, application, API and words', async () => {
  await call('requests.clear', {});
  const { access_token: token } = JSON.parse((await ask(http, post('/token', passwordForm))).body);
  await ask(http, post('/token', 'grant_type=password&username=tester&password=wrong'));
  await ask(http, post('/token', 'grant_type=client_credentials', { Authorization: shop.other.authorization }));
  await ask(http, `GET /echo/1.0/orders HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${token}\r\n\r\n`);
  await call('faults.add', { kind: 'server_error' });
  await ask(http, post('/introspect', `token=${token}`));
  const paths = async (filter: Parameters<typeof call<'requests.list'>>[1]) =>
    (await call('requests.list', filter)).items.map(({ path, status }) => `${path} ${status}`);
  assert.deepEqual(await paths({ outcome: 'failed' }), ['/introspect 500']);
  assert.deepEqual(await paths({ outcome: 'refused' }), ['/token 400']);
  assert.deepEqual(await paths({ outcome: 'ok' }), ['/echo/1.0/orders 200', '/token 200', '/token 200']);
  assert.deepEqual(await paths({ application: 'Other' }), ['/token 200']);
  assert.deepEqual(await paths({ api: 'echo/1.0' }), ['/echo/1.0/orders 200']);
  assert.deepEqual(await paths({ search: 'IPAD orders' }), ['/echo/1.0/orders 200']);
  assert.deepEqual(await paths({ search: 'wrong password' }), ['/token 400']);
});

test('locking overwrites the details and keeps the rows; clearing forgets all', async () => {
  await ask(http, post('/token', passwordForm));
  const { sequence } = await newest();
  const heard: string[] = [];
  const stop = app.events.onAny((name) => heard.push(name));
  await call('vault.lock', {});
  await call('vault.unlock', { passphrase });
  assert.equal((await newest()).hasDetails, false);
  await assert.rejects(call('requests.read', { sequence }), { code: 'not_found', message: /gone/ });
  const { forgotten } = await call('requests.clear', {});
  stop();
  assert.ok(forgotten > 0);
  assert.deepEqual((await call('requests.list', {})).items, []);
  assert.ok(heard.includes('requests.cleared'));
  await assert.rejects(call('requests.read', { sequence }), { code: 'not_found', message: /The log has no request/ });
});
