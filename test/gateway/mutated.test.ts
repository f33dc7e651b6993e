import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, test } from 'node:test';
import { openServingApp } from '../helpers/app.ts';
import { sendMutated } from '../listener/mutation.ts';
import { ask, request } from '../listener/wire.ts';
import { listening } from './backends.ts';

const served = await openServingApp();
after(served.close);
const { app, status, faults } = served;

const seed = 8243;
const count = 20_000;

test(`${count} mutated requests get no 500 of ours, leave no connection open, and the next request is answered (seed ${seed})`, async (t) => {
  const backend = await listening(
    t,
    createServer((incoming, response) => incoming.resume().on('end', () => response.end('from the backend'))),
  );
  await app.call('apis.create', {
    name: 'orders',
    version: '1.0',
    productionBackend: backend.url,
    sandboxBackend: null,
  });
  await app.call('subscriptions.create', { application: 'Shop', api: 'orders/1.0' });
  const keys = { application: 'Shop', keyType: 'PRODUCTION' } as const;
  const { accessToken } = await app.call('tokens.issue', { ...keys, username: 'tester' });
  const authorized = { Authorization: `Bearer ${accessToken}` };
  const soap = { ...authorized, 'Content-Type': 'text/xml', SOAPAction: '"a"' };
  const page = { Origin: 'http://localhost:3000', 'Access-Control-Request-Method': 'GET' };
  const handshake = { ...authorized, Connection: 'Upgrade', Upgrade: 'websocket', 'Sec-WebSocket-Version': '13' };
  const wellFormed = [
    request('GET /orders/1.0/a/b?c=d&e HTTP/1.1', authorized),
    request('POST /orders/1.0/a HTTP/1.1', authorized, 'a body'),
    request('PUT /echo/1.0/a HTTP/1.1', { ...authorized, Expect: '100-continue' }, 'another body'),
    request('POST /echo/1.0/soap HTTP/1.1', soap, '<a/>'),
    request('DELETE /orders/1.0/%2e%2e/%00?%zz HTTP/1.1', { ...authorized, Accept: 'application/json' }),
    request('GET /orders/1.0 HTTP/1.1', { Authorization: 'Basic x, Bearer  "y"' }),
    request('OPTIONS /orders/1.0/a HTTP/1.1', page),
    request('GET /orders/1.0/socket HTTP/1.1', handshake),
    'POST /orders/1.0/a HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\nTrailer: X-Sum\r\n' +
      `Authorization: Bearer ${accessToken}\r\n\r\n3\r\nabc\r\n0\r\nX-Sum: 1\r\n\r\n`,
  ];
  const http = { port: status.httpPort ?? 0 };

  /** A backend that gets half a request is a failure of the backend, which WSO2 reports as 500 with a transport code. */
  const ofBackend = /code>1015\d\d</;
  const check = (text: string) => {
    assert.doesNotMatch(text, /\n {4}at |SqliteError|Unexpected|temporarily_unavailable/);
    for (const reply of text.split(/(?=HTTP\/1\.1 \d{3} )/)) {
      if (/^HTTP\/1\.1 500 /.test(reply)) assert.match(reply, ofBackend);
    }
  };
  const statuses = await sendMutated(http, wellFormed, { count, seed, check });

  const faulty = [...statuses.keys()].filter((code) => code > '500' && code !== '505');
  assert.deepEqual(faulty, [], JSON.stringify([...statuses]));
  for (const expected of ['200', '400', '401', '404', '405']) assert.ok(statuses.has(expected), `no ${expected}`);
  assert.deepEqual(faults, []);
  const reply = await ask(http, request('GET /orders/1.0/a HTTP/1.1', authorized));
  assert.deepEqual([reply.status, reply.body], [200, 'from the backend']);
});
