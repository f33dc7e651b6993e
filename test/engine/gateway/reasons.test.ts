import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createGatewayShop, outcomeOf, whyOf } from '../../helpers/gateway.ts';

type Shop = Awaited<ReturnType<typeof createGatewayShop>>;

let shop: Shop;
before(async () => {
  shop = await createGatewayShop();
  await shop.insertApi({ open: true });
});
after(() => shop.close());

const whyRefused = (token: string): string => {
  const decision = shop.send({ token });
  assert.equal(outcomeOf(decision), '900901');
  return whyOf(decision) ?? '';
};

test('7.2 unknown values: 900901 with their kind, if it is known', async () => {
  const token = await shop.token({ ...shop.bob, scope: 'kinds' });
  assert.equal(whyRefused('never-issued'), 'Never issued here.');
  assert.equal(whyRefused('a.b.c'), 'Never issued here.');
  const refresh = `It is the refresh token of token ${token.tokenId}, not an access token.`;
  assert.equal(whyRefused(token.refreshToken ?? ''), refresh);
  assert.equal(whyRefused(shop.client.id), 'It is the consumer key of Shop (Production), not an access token.');
  assert.equal(whyRefused(shop.sandboxClient.id), 'It is the consumer key of Shop (Sandbox), not an access token.');
  assert.equal(whyRefused(shop.client.secret), 'Never issued here.', 'a secret is not looked up');
});

test('5.3 a value in the form of a JWT: its fault has other words in 3.x and later', () => {
  const table: readonly [token: string, jwt: string | undefined][] = [
    ['opaque', undefined],
    ['eyJhbGciOiJub25lIn0.e30.', 'other'],
    ['eyJhbGciOiJub25lIn0.e30', 'revoked'],
    ['a.b.c.d.e', 'revoked'],
    ['not.a.jwt', undefined],
  ];
  for (const [token, jwt] of table) {
    const decision = shop.send({ token });
    assert.ok(decision.kind === 'refused');
    assert.deepEqual([decision.fault.code, decision.fault.jwt], [900901, jwt], token);
  }
});

test('an expired token: how long ago, and whether the clock was moved', async (t) => {
  t.after(() => shop.moveTo(0));
  const token = await shop.token({ ...shop.bob, scope: 'a' });
  shop.moveTo(3599);
  assert.equal(outcomeOf(shop.send({ token: token.accessToken })), 'admitted');
  shop.moveTo(3600);
  assert.equal(whyRefused(token.accessToken), 'Expired 1 s ago.');
  shop.moveTo(3612);
  assert.equal(whyRefused(token.accessToken), 'Expired 12 s ago.');
  await shop.call('settings.write', { clockOffsetSeconds: 3600 });
  assert.equal(whyRefused(token.accessToken), 'Expired 1 h ago. The clock is moved forward by 1 h.');
  await shop.call('settings.write', { clockOffsetSeconds: 0, skewSeconds: 300 });
  assert.equal(outcomeOf(shop.send({ token: token.accessToken })), 'admitted', 'the skew counts');
  await shop.call('settings.write', { skewSeconds: 0 });
});

test('a retired token: when, by which event, and its successor', async () => {
  const refreshed = await shop.token({ ...shop.bob, scope: 'a b' });
  const next = await shop.token({ grant_type: 'refresh_token', refresh_token: refreshed.refreshToken ?? '' });
  const successor = `; token ${next.tokenId} replaced it.`;
  const used = `Set to inactive at 08:00:00 UTC because its refresh token was used${successor}`;
  assert.equal(whyRefused(refreshed.accessToken), used);

  await shop.revoke({ token: next.accessToken });
  assert.equal(whyRefused(next.accessToken), 'Revoked at 08:00:00 UTC by a revocation request.');

  const first = await shop.token({ ...shop.bob, scope: 'device_x' });
  const regenerated = await shop.call('tokens.regenerate', { ...shop.production, username: 'bob', scope: 'device_x' });
  const by = `Revoked at 08:00:00 UTC by a regeneration; token ${regenerated.id} replaced it.`;
  assert.equal(whyRefused(first.accessToken), by);

  shop.moveTo(86_400);
  assert.equal(whyRefused(first.accessToken), by.replace('at', 'on 2027-01-15 at'), 'another day has its date');
  shop.moveTo(0);
});

test('an expired token that a request replaced', async (t) => {
  t.after(() => shop.moveTo(0));
  const old = await shop.token({ ...shop.bob, scope: 'device_old' });
  shop.moveTo(4000);
  const next = await shop.token({ ...shop.bob, scope: 'device_old' });
  const text = `Expired and retired at 09:06:40 UTC by the next token request; token ${next.tokenId} replaced it.`;
  assert.equal(whyRefused(old.accessToken), text);
});

test('a revoked key set, and a deleted application', async () => {
  await shop.call('applications.create', { name: 'Other' });
  const keys = await shop.call('keys.generate', { application: 'Other', keyType: 'PRODUCTION' });
  const other = { id: keys.consumerKey, secret: keys.consumerSecret };
  const token = (await shop.token({ grant_type: 'client_credentials' }, other)).accessToken;
  assert.equal(outcomeOf(shop.send({ token })), 'admitted');

  const keySet = shop.store.keySets.byConsumerKey(keys.consumerKey);
  assert.ok(keySet);
  await shop.transact(() => shop.store.keySets.update({ ...keySet, state: 'REVOKED' }));
  assert.equal(whyRefused(token), 'The keys of Other (Production) are revoked. Regenerate their secret.');
  await shop.transact(() => shop.store.keySets.update(keySet));

  await shop.call('applications.delete', { application: 'Other' });
  assert.equal(whyRefused(token), 'The application Other was deleted.');
});

test('a refused token still says whose it was', async () => {
  const token = await shop.token({ ...shop.bob, scope: 'device_tablet' });
  await shop.revoke({ token: token.accessToken });
  const { why, ...facts } = shop.send({ token: token.accessToken }).facts;
  assert.deepEqual(facts, {
    ...{ api: 'orders/1.0.0', template: '/*', application: 'Shop', keyType: 'PRODUCTION', user: 'bob' },
    ...{ device: 'tablet', tokenId: token.tokenId, cached: false },
  });
  assert.match(why?.() ?? '', /^Revoked/);
});

/** The log keeps 5,000 reasons. Each would keep its request's sockets, headers and tokens alive. */
test('a reason keeps no request', async () => {
  setFlagsFromString('--expose-gc');
  const collect: () => void = runInNewContext('gc');
  const kept: (() => string)[] = [];
  const requests = ['wrong', undefined].flatMap((token) =>
    ['/orders/1.0.0/a', '/orders/1.0.0/x?y=1', '/nothing'].flatMap((path) =>
      ['GET', 'PUT', 'OPTIONS'].map((verb) => {
        const headers: Record<string, string> = { 'access-control-request-method': 'GET' };
        if (token !== undefined) headers.authorization = `Bearer ${token}`;
        const request = {
          verb,
          path,
          query: '',
          header: (name: string) => headers[name],
          clientAddress: '',
          contentLength: 0,
        };
        kept.push(shop.engine.gateway.decide(request).facts.why ?? (() => ''));
        return new WeakRef(request);
      }),
    ),
  );
  await new Promise((resolve) => setImmediate(resolve));
  collect();
  assert.deepEqual(
    requests.filter((reference) => reference.deref() !== undefined),
    [],
  );
  for (const why of kept) assert.ok(why().length > 0);
});
