import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openShop, passwordForm } from '../endpoint/shop.ts';
import { mutatedRequests, sendMutated } from '../helpers/mutated.ts';
import { ask, request } from '../listener/wire.ts';
import { httpBackend } from './backends.ts';

const seed = 2626;

test(`${mutatedRequests} mutated requests at gateway paths get no 500 and no stack (seed ${seed})`, async (t) => {
  const shop = await openShop();
  t.after(shop.close);
  const backend = await httpBackend(t, (incoming, response) => {
    incoming.pipe(response);
  });
  await shop.app.call('apis.create', { name: 'shop', context: '/shop', open: true, productionBackend: backend.url });
  const { access_token: token } = JSON.parse((await ask(shop.http, shop.post('/token', passwordForm))).body);
  const authorized = { Authorization: `Bearer ${token}` };
  const wellFormed = [
    request('GET /echo/1.0/a?b=c HTTP/1.1', authorized),
    request(
      'POST /echo/1.0/a HTTP/1.1',
      { ...authorized, 'Content-Type': 'text/xml', Accept: 'application/xml' },
      '<a/>',
    ),
    request('GET /shop/1.0.0/a;b=%20?c HTTP/1.1', {
      ...authorized,
      Accept: 'application/json',
      Connection: 'X-A',
      'X-A': '1',
    }),
    request(
      'PUT /shop/1.0.0/a HTTP/1.1',
      { ...authorized, 'Content-Length': undefined, 'Transfer-Encoding': 'chunked', Trailer: 'X-B' },
      '3\r\nabc\r\n0\r\nX-B: 1\r\n\r\n',
    ),
    request('HEAD /shop/1.0.0/ HTTP/1.1', authorized),
    request('POST /shop/1.0.0/a HTTP/1.1', { ...authorized, Expect: '100-continue' }, 'body'),
    request('GET /shop/1.0.0/a HTTP/1.1', { ...authorized, Connection: 'Upgrade', Upgrade: 'websocket' }),
    request('OPTIONS /echo/1.0/a HTTP/1.1', {
      Origin: 'http://localhost:3000',
      'Access-Control-Request-Method': 'GET',
    }),
    request('GET /nowhere HTTP/1.1', {}),
  ];
  const statuses = await sendMutated(shop.http, wellFormed, seed);
  const faulty = [...statuses.keys()].filter((status) => status >= '500' && status !== '505');
  assert.deepEqual(faulty, [], JSON.stringify([...statuses]));
  for (const expected of ['200', '400', '401', '404', '405']) assert.ok(statuses.has(expected), `no ${expected}`);
  assert.deepEqual(shop.faults, []);
  assert.equal((await ask(shop.https, request('GET /shop/1.0.0/a HTTP/1.1', authorized))).status, 200);
});
