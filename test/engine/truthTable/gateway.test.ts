import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createGatewayShop, outcomeOf, resource, whyOf } from '../../helpers/gateway.ts';

async function openShop(t: { after(close: () => Promise<void>): void }) {
  const shop = await createGatewayShop();
  t.after(() => shop.close());
  await shop.insertApi({ open: true, resources: [resource('/*'), resource('/a', { scopes: ['a'] })] });
  await shop.call('scopes.update', { name: 'a', roles: ['reader'] });
  return shop;
}

test('44 calls with a token of a deleted user get 900901', async (t) => {
  const shop = await openShop(t);
  const { accessToken } = await shop.token(shop.bob);
  const send = () => shop.send({ target: '/orders/1.0.0/x', token: accessToken });
  assert.equal(outcomeOf(send()), 'admitted');
  await shop.call('users.delete', { user: 'bob' });
  assert.equal(outcomeOf(send()), '900901');
  assert.equal(whyOf(send()), 'Revoked at 08:00:00 UTC because its user was deleted.');
});

test('45 and 45b a token keeps a scope whose role was lost, and the resource answers 900910', async (t) => {
  const shop = await openShop(t);
  const token = await shop.token({ ...shop.bob, scope: 'a' });
  const send = (accessToken: string, path = '/a') => shop.send({ target: `/orders/1.0.0${path}`, token: accessToken });
  assert.equal(outcomeOf(send(token.accessToken)), 'admitted');

  await shop.call('users.setRoles', { user: 'bob', roles: ['writer'] });
  assert.equal(outcomeOf(send(token.accessToken)), '900910');
  assert.equal(whyOf(send(token.accessToken)), 'Its scope a needs the role reader, which bob no longer has.');
  assert.equal(outcomeOf(send(token.accessToken, '/x')), 'admitted', 'the token itself is valid');

  const next = await shop.token({ grant_type: 'refresh_token', refresh_token: token.refreshToken ?? '' });
  assert.equal(next.scope, 'a');
  assert.equal(outcomeOf(send(next.accessToken)), '900910');
  await shop.call('users.setRoles', { user: 'bob', roles: ['reader'] });
  assert.equal(outcomeOf(send(next.accessToken)), 'admitted');
});

test('47 a blocked subscription: the token is the same, and the call gets 900907', async (t) => {
  const shop = await openShop(t);
  const api = await shop.insertApi({ name: 'closed', context: '/closed' });
  const subscription = await shop.subscribe(api);
  const token = await shop.token(shop.bob);
  const send = () => outcomeOf(shop.send({ target: '/closed/1.0.0', token: token.accessToken }));
  assert.equal(send(), 'admitted');
  await shop.updateSubscription(subscription, { state: 'BLOCKED' });
  assert.equal(send(), '900907');
  const again = await shop.token(shop.bob);
  assert.equal(again.accessToken, token.accessToken);
  assert.equal(again.reason.rule, 'reused');
});
