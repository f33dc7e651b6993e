import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Settings } from '../../../../preload/contract/settings/settings.ts';
import { createGatewayShop, outcomeOf, resource, whyOf } from '../../../helpers/gateway.ts';

/** `orders` is open, `closed` needs a subscription and has one. */
async function openShop(t: { after(close: () => Promise<void>): void }, settings: Partial<Settings> = {}) {
  const shop = await createGatewayShop(settings);
  t.after(() => shop.close());
  await shop.insertApi({ open: true, resources: [resource('/*'), resource('/b')] });
  const closed = await shop.insertApi({
    name: 'closed',
    context: '/closed',
    resources: [resource('/a', { scopes: ['a'] })],
  });
  const subscription = await shop.subscribe(closed);
  const token = await shop.token({ ...shop.bob, scope: 'a' });
  /** The outcome, with `cached` if the cache answered. */
  const call = (target = '/orders/1.0.0/a', accessToken = token.accessToken): string => {
    const decision = shop.send({ target, token: accessToken });
    return `${outcomeOf(decision)}${decision.facts.cached === true ? ' cached' : ''}`;
  };
  return { ...shop, method: shop.call, closed, subscription, bearer: token, call };
}

const closedPath = '/closed/1.0.0/a';
const endpoint = { validationCacheEviction: 'endpoint' } as const;

test('13 an accepted token is remembered for one resource and verb', async (t) => {
  const shop = await openShop(t);
  assert.equal(shop.call(), 'admitted');
  assert.equal(shop.call(), 'admitted cached');
  assert.equal(shop.call('/orders/1.0.0/other'), 'admitted cached', 'the key is the template, not the path');
  assert.equal(shop.call('/orders/1.0.0/b'), 'admitted');
  assert.equal(shop.call(closedPath), 'admitted');
  assert.equal(shop.call(closedPath), 'admitted cached');
  shop.moveTo(180);
  const decision = shop.send({ target: closedPath, token: shop.bearer.accessToken });
  assert.equal(whyOf(decision), 'Validated 3 min ago, from the cache; 57 min left.');
  assert.equal(decision.kind === 'admitted' && decision.caller?.secondsLeft, 3420);
});

test('13 a refused token is remembered; other refusals are not', async (t) => {
  const shop = await openShop(t);
  assert.equal(shop.call(undefined, 'wrong'), '900901');
  assert.equal(shop.call(undefined, 'wrong'), '900901 cached');
  assert.equal(shop.call('/orders/1.0.0/b', 'wrong'), '900901 cached', 'for every resource');
  const { accessToken } = await shop.token(shop.bob);
  assert.equal(shop.call(closedPath, accessToken), '900910');
  assert.equal(shop.call(closedPath, accessToken), '900910');
  const long = 'x'.repeat(2000);
  assert.equal(shop.call(undefined, long), '900901');
  assert.equal(shop.call(undefined, long), '900901', 'a long value could fill the memory');
});

test('13 entries live for validationCacheSeconds of real time, and 0 turns the cache off', async (t) => {
  const shop = await openShop(t, endpoint);
  shop.call();
  shop.call(undefined, 'wrong');
  shop.moveTo(899);
  assert.equal(shop.call(), 'admitted cached');
  assert.equal(shop.call(undefined, 'wrong'), '900901 cached');
  shop.moveTo(900);
  assert.equal(shop.call(), 'admitted');
  assert.equal(shop.call(undefined, 'wrong'), '900901');
  // Token time does not age entries.
  await shop.method('settings.write', { clockOffsetSeconds: 1000 });
  assert.equal(shop.call(), 'admitted cached');
  await shop.method('settings.write', { clockOffsetSeconds: 0, validationCacheSeconds: 0 });
  assert.equal(shop.call(), 'admitted');
  await shop.method('settings.write', { validationCacheSeconds: 900 });
  assert.equal(shop.call(), 'admitted', 'turning it off forgets everything');
});

test('13 the expiry of a token counts on each hit, by token time, under both evictions', async (t) => {
  for (const validationCacheEviction of ['everywhere', 'endpoint'] as const) {
    const shop = await openShop(t, { validationCacheEviction, validationCacheSeconds: 86_400 });
    assert.equal(shop.call(), 'admitted');
    shop.moveTo(3600);
    assert.equal(shop.call(), '900901 cached', 'it moves to the refused tokens');
    assert.equal(shop.call('/orders/1.0.0/b'), '900901 cached');
    const decision = shop.send({ token: shop.bearer.accessToken });
    assert.equal(whyOf(decision), 'Expired 1 s ago.');
    shop.moveTo(3700);
    assert.equal(whyOf(shop.send({ token: shop.bearer.accessToken })), 'Expired 1 min 40 s ago.');
    // Once the clock is moved back, it is valid again.
    await shop.method('settings.write', { clockOffsetSeconds: -3600 });
    assert.equal(shop.call(), 'admitted');
  }
});

test('13 validationCacheEntries: the oldest entry is evicted', async (t) => {
  const shop = await openShop(t, { validationCacheEntries: 2 });
  const others = [
    await shop.token({ ...shop.bob, scope: 'device_1' }),
    await shop.token({ ...shop.bob, scope: 'device_2' }),
  ];
  const [first, second] = others.map(({ accessToken }) => accessToken);
  shop.call();
  shop.call(undefined, first);
  assert.equal(shop.call(), 'admitted cached');
  shop.call(undefined, second);
  assert.equal(shop.call(undefined, first), 'admitted cached');
  assert.equal(shop.call(), 'admitted', 'it was the oldest');
  for (const value of ['r1', 'r2', 'r3']) assert.equal(shop.call(undefined, value), '900901');
  assert.equal(shop.call(undefined, 'r3'), '900901 cached');
  assert.equal(shop.call(undefined, 'r1'), '900901', 'refused tokens have their own room');
  // One token at three resources.
  shop.engine.gateway.evict();
  for (const path of ['/orders/1.0.0/a', '/orders/1.0.0/b', closedPath]) assert.equal(shop.call(path), 'admitted');
  assert.equal(shop.call(closedPath), 'admitted cached');
});

type World = Awaited<ReturnType<typeof openShop>>;
type Bearer = World['bearer'];
interface Change {
  readonly what: string;
  readonly change: (shop: World, token: Bearer) => Promise<unknown>;
  readonly after: string;
  readonly undo?: (shop: World) => Promise<unknown>;
}
const needs = (scope: string) => ({ resources: [resource('/a', { scopes: [scope] })] });
const changes: readonly Change[] = [
  {
    what: 'revoked by /revoke',
    change: (shop, { accessToken }) => shop.revoke({ token: accessToken }),
    after: '900901',
  },
  {
    what: 'revoked in the window',
    change: (shop, { accessToken }) => shop.method('tokens.revoke', { token: accessToken }),
    after: '900901',
  },
  {
    what: 'expired by hand',
    change: (shop, { tokenId }) => shop.method('tokens.setExpiry', { token: `${tokenId}`, inSeconds: 0 }),
    after: '900901',
  },
  {
    what: 'a role bound to the scope',
    change: (shop) => shop.method('scopes.update', { name: 'a', roles: ['boss'] }),
    after: '900910',
    undo: (shop) => shop.method('scopes.update', { name: 'a', roles: [] }),
  },
  {
    what: 'subscription blocked',
    change: (shop) => shop.updateSubscription(shop.subscription, { state: 'BLOCKED' }),
    after: '900907',
    undo: (shop) => shop.updateSubscription(shop.subscription, {}),
  },
  {
    what: 'another scope needed',
    change: (shop) => shop.updateApi(shop.closed, needs('b')),
    after: '900910',
    undo: (shop) => shop.updateApi(shop.closed, needs('a')),
  },
  {
    what: 'user disabled',
    change: (shop) => shop.method('users.disable', { user: 'bob' }),
    after: '900901',
    undo: (shop) => shop.method('users.enable', { user: 'bob' }),
  },
  {
    what: 'application deleted',
    change: (shop) => shop.method('applications.delete', { application: 'Shop' }),
    after: '900901',
  },
];

test('13 everywhere: each change counts at once', async (t) => {
  const shop = await openShop(t);
  for (const { what, change, after, undo } of changes) {
    const token = await shop.token({ ...shop.bob, scope: 'a' });
    const call = () => shop.call(closedPath, token.accessToken);
    call();
    assert.equal(call(), 'admitted cached', what);
    await change(shop, token);
    assert.equal(call(), after, what);
    await undo?.(shop);
  }
});

test('7.6 endpoint: a change shows only when the entry is too old', async (t) => {
  const shop = await openShop(t, { ...endpoint, revokeHeaders: false });
  for (const [at, { what, change, after, undo }] of changes.entries()) {
    const start = at * 1000;
    shop.moveTo(start);
    const token = await shop.token({ ...shop.bob, scope: `a device_${at}` });
    const call = () => shop.call(closedPath, token.accessToken);
    shop.engine.gateway.evict();
    call();
    await change(shop, token);
    assert.equal(call(), 'admitted cached', what);
    shop.moveTo(start + 899);
    assert.equal(call(), 'admitted cached', what);
    shop.moveTo(start + 900);
    assert.equal(call(), after, what);
    await undo?.(shop);
  }
});

test('7.6 endpoint: a token that was revoked elsewhere still works where it is remembered, and only there', async (t) => {
  const shop = await openShop(t, endpoint);
  shop.call();
  await shop.method('tokens.revoke', { token: shop.bearer.accessToken });
  assert.equal(shop.call('/orders/1.0.0/b'), '900901');
  assert.equal(shop.call(), 'admitted cached');
});

test('7.6 endpoint: /revoke and a refresh through the endpoint count at once, unless revokeHeaders is off', async (t) => {
  for (const revokeHeaders of [true, false]) {
    const shop = await openShop(t, { ...endpoint, revokeHeaders });
    const after = revokeHeaders ? '900901' : 'admitted cached';
    const refreshed = await shop.token({ ...shop.bob, scope: 'a device_refreshed' });
    const calls = [refreshed, shop.bearer].map((token) => () => shop.call(undefined, token.accessToken));
    for (const call of calls) call();
    await shop.token({ grant_type: 'refresh_token', refresh_token: refreshed.refreshToken ?? '' });
    await shop.revoke({ token: shop.bearer.refreshToken ?? '' });
    assert.deepEqual(
      calls.map((call) => call()),
      [after, after],
    );
  }
});

test('7.6 the endpoint evicts a token by its id or its value, or everything', async (t) => {
  const shop = await openShop(t, endpoint);
  const { gateway } = shop.engine;
  const other = await shop.token({ ...shop.bob, scope: 'device_other' });
  const callBoth = () => [shop.call(), shop.call(undefined, other.accessToken)];
  callBoth();
  gateway.evict(shop.bearer.tokenId);
  assert.deepEqual(callBoth(), ['admitted', 'admitted cached']);
  gateway.evictValue(other.accessToken);
  assert.deepEqual(callBoth(), ['admitted cached', 'admitted']);
  gateway.evict();
  assert.deepEqual(callBoth(), ['admitted', 'admitted']);
  // A refused token too.
  await shop.revoke({ token: other.accessToken });
  gateway.evict(other.tokenId);
  assert.equal(shop.call(undefined, other.accessToken), '900901');
  assert.equal(shop.call(undefined, other.accessToken), '900901 cached');
  gateway.evict(other.tokenId);
  assert.equal(shop.call(undefined, other.accessToken), '900901');
});

test('everywhere: a dropped row is read again, and the token is validated again', async (t) => {
  const shop = await openShop(t);
  shop.call();
  await assert.rejects(
    shop.transact(() => {
      throw new Error('rolled back, so all caches are empty');
    }),
  );
  assert.match(shop.call(), /^admitted/);
  assert.equal(shop.call(), 'admitted cached');
});
