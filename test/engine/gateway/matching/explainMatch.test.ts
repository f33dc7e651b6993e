import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createGatewayShop, resource } from '../../../helpers/gateway.ts';

test('apis.match says which resource answers, what it needs, and what it wins over', async (t) => {
  const shop = await createGatewayShop();
  t.after(() => shop.close());
  await shop.insertApi({
    isDefaultVersion: true,
    resources: [
      resource('/*', { verb: 'POST' }),
      resource('/*'),
      resource('/pets/{id}', { scopes: ['a', 'b'] }),
      resource('/open', { authType: 'None' }),
      resource('/find?a={a}', { scopes: ['a'] }),
    ],
  });
  const pets = 'GET /orders/pets/5 leads to /pets/{id} of orders/1.0.0.';
  const table: readonly [verb: 'GET' | 'POST' | 'PUT', path: string, template: string | undefined, text: string][] = [
    ['GET', '/orders/1.0.0/x', '/*', 'GET /orders/1.0.0/x leads to /* of orders/1.0.0. It needs a token.'],
    [
      'GET',
      '/orders/pets/5?x=1',
      '/pets/{id}',
      `${pets} It needs a token with one of the scopes a, b. It wins over /*.`,
    ],
    ['PUT', '/orders/1.0.0/x', undefined, '/x of orders/1.0.0 answers GET, POST, not PUT.'],
    ['GET', '/pets', undefined, 'No API has a context at the start of this path.'],
  ];
  for (const [verb, path, template, text] of table) {
    const found = await shop.call('apis.match', { verb, path });
    assert.deepEqual([found.resource?.template, found.text], [template, text]);
  }
  const open = await shop.call('apis.match', { path: '/orders/1.0.0/open' });
  assert.deepEqual([open.api, open.resourcePath, open.verbs], ['orders/1.0.0', '/open', ['GET', 'POST']]);
  assert.match(open.text, /It needs no token\. It wins over \/\*\.$/);
  const query = await shop.call('apis.match', { path: '/orders/1.0.0/find?a=1' });
  assert.match(query.text, /leads to \/find\?a=\{a\}.*with the scope a\./);
});
