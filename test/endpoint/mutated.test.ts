import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { mutatedRequests, sendMutated } from '../helpers/mutated.ts';
import { ask, formType } from '../listener/wire.ts';
import { openShop, passwordForm, type Shop } from './shop.ts';

const shop: Shop = await openShop();
after(shop.close);

const seed = 4242;

/** Usual requests, with parameters in body and URL. */
const wellFormed = [
  shop.post('/token', passwordForm),
  shop.post('/token', 'grant_type=client_credentials&scope=a'),
  shop.post('/token?grant_type=client_credentials', ''),
  shop.post('/revoke?token=nothing', 'token=nothing&callback=cb'),
  shop.post('/oauth2/introspect', 'token=nothing'),
  shop.post('/token', passwordForm, {
    Authorization: 'Bearer stale',
    'Content-Type': `${formType}; charset=ISO-8859-1`,
  }),
  'OPTIONS /token HTTP/1.1\r\nHost: localhost\r\nOrigin: http://localhost:3000\r\nAccess-Control-Request-Headers: x-a, y\r\n\r\n',
];
test(`${mutatedRequests} mutated requests get no 500 and no stack, and the next request is answered (seed ${seed})`, async () => {
  const statuses = await sendMutated(shop.http, wellFormed, seed);
  const faulty = [...statuses.keys()].filter((status) => status >= '500' && status !== '505');
  assert.deepEqual(faulty, [], JSON.stringify([...statuses]));
  for (const expected of ['200', '400', '401', '403', '404']) assert.ok(statuses.has(expected), `no ${expected}`);
  assert.deepEqual(shop.faults, []);
  assert.equal((await ask(shop.https, shop.post('/token', passwordForm))).status, 200);
});
