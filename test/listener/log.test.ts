import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { LoggedRequest } from '../../preload/contract/requests.ts';
import { openShop, passwordForm } from '../endpoint/shop.ts';
import { ask, basic, exchange } from './wire.ts';

const shop = await openShop();
after(shop.close);
const { post, app, consumerKey, consumerSecret } = shop;

const newest = async (limit: number): Promise<readonly LoggedRequest[]> =>
  (await app.call('requests.list', { limit })).items;
const kept = (request: LoggedRequest | undefined) => {
  assert.ok(request);
  const { sequence, atMs, durationMs, hasDetails, ...rest } = JSON.parse(JSON.stringify(request));
  // Malformed HTTP has no start time.
  assert.ok(rest.clientId === undefined || durationMs >= 0, String(durationMs));
  // Malformed HTTP has no headers either.
  assert.equal(hasDetails, durationMs !== undefined);
  assert.ok(sequence > 0 && Math.abs(atMs - Date.now()) < 3_600_000);
  return rest;
};

test('lists requests with their results, newest first', async () => {
  const { items } = await app.call('tokens.list', {});
  const { access_token } = JSON.parse((await ask(shop.https, post('/token', passwordForm))).body);
  const { id } = await app.call('tokens.read', { token: access_token });
  await ask(shop.https, post('/introspect', `token=${access_token}`));
  await ask(shop.http, post('/token', 'grant_type=implicit', { Authorization: basic('stranger', 'x') }));
  await ask(shop.http, 'GET /nowhere HTTP/1.1\r\nHost: localhost\r\n\r\n');
  await ask(shop.http, post('/token', passwordForm, { 'Authorization ': 'Basic x' }));
  await ask(shop.https, post('/revoke', `token=${access_token}&client_id=${consumerKey}`));
  const requests = await newest(6);
  const caller = { application: 'Shop', keyType: 'PRODUCTION' };
  const owner = { user: 'tester', device: 'ipad' };
  assert.equal(items.length, 2);
  assert.deepEqual(requests.map(kept), [
    {
      method: 'POST',
      path: '/revoke',
      status: 200,
      clientId: consumerKey,
      tokenId: id,
      ...{ ...caller, ...owner },
      why: `Token ${id} was revoked.`,
    },
    {
      method: 'POST',
      path: '/token',
      status: 400,
      error: 'invalid_request',
      errorDescription: requests[1]?.errorDescription,
    },
    {
      method: 'GET',
      path: '/nowhere',
      status: 404,
      error: '404',
      errorDescription: 'The requested resource is not available.',
      why: requests[2]?.why,
    },
    {
      method: 'POST',
      path: '/token',
      status: 400,
      clientId: 'stranger',
      grantType: 'implicit',
      error: 'unsupported_grant_type',
      errorDescription: 'Unsupported grant_type value',
      why: 'Refused with unsupported_grant_type: "Unsupported grant_type value".',
    },
    { method: 'POST', path: '/introspect', status: 200, clientId: consumerKey, tokenId: id, ...caller, ...owner },
    {
      method: 'POST',
      path: '/token',
      status: 200,
      clientId: consumerKey,
      grantType: 'password',
      tokenId: id,
      ...{ ...caller, ...owner },
      why: 'New: there was no live token for user tester with the scopes "device_ipad".',
    },
  ]);
  assert.match(requests[1]?.errorDescription ?? '', /^There's a space before the colon/);
});

test('keeps the true reason, also where the reply does not give it', async () => {
  const { access_token } = JSON.parse((await ask(shop.https, post('/token', passwordForm))).body);
  const { id } = await app.call('tokens.read', { token: access_token });
  await ask(shop.https, post('/token', passwordForm));
  await ask(shop.https, post('/token', 'grant_type=password&username=tester&password=wrong'));
  const scope = Array.from({ length: 100 }, (_, at) => `device_${at}`).join(' ');
  await ask(
    shop.https,
    post('/token', `grant_type=password&username=tester&password=s3cret&scope=${encodeURIComponent(scope)}`),
  );
  const [long, wrong, again] = await newest(3);
  assert.match(again?.why ?? '', new RegExp(`^Reused: token ${id} for user tester`));
  assert.match(wrong?.why ?? '', /^Refused with invalid_grant: .* Wrong password\.$/);
  assert.equal(long?.why?.length, 601);
});

const withoutNames = ({ application, keyType, user, device, ...rest }: Partial<LoggedRequest> = {}) => rest;

test('reports each request to watchers', async () => {
  const heard: unknown[] = [];
  const stop = app.events.onAny((name, data) => {
    if (name === 'requests.added') heard.push(data);
  });
  await ask(shop.https, post('/token', passwordForm));
  await ask(shop.https, post('/nowhere', ''));
  stop();
  await ask(shop.https, post('/nowhere', ''));
  const [, second, first] = await newest(3);
  // Names are looked up when the log is read.
  assert.equal(first?.user, 'tester');
  assert.deepEqual(JSON.parse(JSON.stringify(heard)), [first, second].map(withoutNames));
});

test('keeps no secret and no long text', async () => {
  const token = JSON.parse((await ask(shop.https, post('/token', passwordForm))).body);
  const long = 'x'.repeat(5000);
  await ask(shop.https, post(`/token?password=hunter2&token=${token.access_token}`, passwordForm));
  await ask(shop.https, post('/token?password=hunter2', passwordForm, { Host: 'evil.example' }));
  await ask(shop.https, post('http://localhost/token#hunter2', passwordForm, { Origin: 'null' }));
  await ask(shop.https, post('/token', '', { Origin: `http://${consumerSecret}.test` }));
  await ask(shop.https, post('/token', '', { Host: `${token.access_token}.test` }));
  await ask(shop.http, post('/token?password=hunter2', passwordForm, { 'X-A ': 'hunter2' }));
  await ask(shop.https, post('/introspect', `token=${token.access_token}`));
  await ask(shop.https, post('/token', `grant_type=refresh_token&refresh_token=${token.refresh_token}`));
  await ask(shop.https, post('/token', 'grant_type=password&username=tester&password=hunter2'));
  await ask(shop.https, post(`/${long}`, ''));
  await ask(
    shop.https,
    post('/token', `grant_type=${long}&client_id=${long}&client_secret=hunter2`, { Authorization: undefined }),
  );
  await ask(shop.http, `FETCH /${long} HTTP/1.1\r\nAuthorization: Basic hunter2\r\n\r\n`);
  const text = JSON.stringify(await newest(1000));
  for (const secret of ['hunter2', 's3cret', consumerSecret, token.access_token, token.refresh_token]) {
    assert.equal(text.includes(secret), false);
  }
  for (const request of await newest(1000)) assert.ok(JSON.stringify(request).length < 1500);
});

test('names the secrets in a URL', async () => {
  const one = (path: string) => ask(shop.https, post(path, passwordForm));
  await one(`/token?client_id=${consumerKey}&client_secret=${consumerSecret}&password=s3cret`);
  await one('/tokens?%63lient_secret=hunter2&code=hunter2');
  await ask(shop.http, post('/token?password=hunter2', passwordForm, { 'X-A ': '1' }));
  await one('/token?scope=device_ipad');
  const [harmless, broken, lost, refused] = await newest(4);
  assert.deepEqual(refused?.secretsInUrl, ['client_secret', 'password']);
  assert.match(
    refused?.why ?? '',
    / The URL holds secrets \(client_secret, password\), and logs and histories keep URLs; send them in the body\.$/,
  );
  assert.deepEqual(lost?.secretsInUrl, ['client_secret', 'code']);
  assert.deepEqual(broken?.secretsInUrl, ['password']);
  assert.equal(harmless?.secretsInUrl, undefined);
  assert.doesNotMatch(JSON.stringify(await newest(4)), /hunter2|s3cret/);
});

test('pages of a foreign site share one row, and evict no other', async () => {
  await ask(shop.https, post('/mine', ''));
  const heard: unknown[] = [];
  const stop = app.events.onAny((name, data) => {
    if (name === 'requests.added') heard.push(data);
  });
  const count = 520;
  const evil = post('/token', '', { Origin: 'https://evil.example' }).repeat(count);
  assert.equal((await exchange(shop.http, evil, count)).length, count);
  stop();
  const image = 'GET /x.png HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Site: cross-site\r\n\r\n';
  await exchange(shop.http, image.repeat(3), 3);
  await exchange(shop.http, post('/token', '', { Host: 'rebound.test' }).repeat(2), 2);
  const many = Array.from({ length: 60 }, (_, at) => post('/token', '', { Origin: `https://a${at}.example` }));
  await exchange(shop.http, many.join(''), 60);
  const requests = await newest(1000);
  const rows = requests.filter(({ foreignSite }) => foreignSite !== undefined);
  assert.equal(rows.length, 50);
  assert.equal(requests.find(({ path }) => path === '/mine')?.status, 404);
  assert.equal(heard.length, 10, 'reported when the number has doubled');
  await exchange(shop.http, evil.slice(0, evil.length / count), 1);
  await exchange(shop.http, image, 1);
  const [own, foreign] = await newest(2);
  assert.deepEqual([own?.foreignSite, own?.count, own?.status], ['another site', 1, 404]);
  assert.deepEqual([foreign?.foreignSite, foreign?.count, foreign?.status], ['https://evil.example', 1, 403]);
});

test('keeps the newest 5,000, and gives them in pages', async () => {
  const count = 5020;
  const many = Array.from({ length: count }, (_, at) => post(`/nowhere/${at}`, '')).join('');
  assert.equal((await exchange(shop.http, many, count)).length, count);
  const all: LoggedRequest[] = [];
  for (let before: number | undefined; ; before = all.at(-1)?.sequence) {
    const { items } = await app.call('requests.list', { limit: 1000, before });
    all.push(...items);
    if (items.length < 1000) break;
  }
  const requests = all.filter(({ foreignSite }) => foreignSite === undefined);
  assert.deepEqual(
    requests.map(({ path }) => path),
    Array.from({ length: 5000 }, (_, back) => `/nowhere/${count - 1 - back}`),
  );
  assert.deepEqual(
    requests.map(({ sequence }) => sequence - (requests[0]?.sequence ?? 0)),
    Array.from({ length: 5000 }, (_, back) => -back || 0),
  );
  const [, second] = requests;
  const after = (await app.call('requests.list', { after: second?.sequence })).items;
  assert.deepEqual(after, requests.slice(0, 1));
});
