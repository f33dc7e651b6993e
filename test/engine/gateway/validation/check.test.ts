import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { ApiRow } from '../../../../main/engine/ports/store/apis.ts';
import type { AuthType } from '../../../../preload/contract/apis.ts';
import type { SubscriptionState } from '../../../../preload/contract/subscriptions.ts';
import { createGatewayShop, outcomeOf, resource, whyOf } from '../../../helpers/gateway.ts';

type Shop = Awaited<ReturnType<typeof createGatewayShop>>;

let shop: Shop;
let api: ApiRow;
let user: string;
let application: string;
let sandboxUser: string;

const cc = { grant_type: 'client_credentials' };
const authTypes: readonly AuthType[] = ['Any', 'Application', 'Application_User', 'None'];

before(async () => {
  shop = await createGatewayShop();
  api = await shop.insertApi({
    open: true,
    resources: [
      ...authTypes.map((authType) => resource(`/${authType}`, { authType })),
      resource('/needs-a', { scopes: ['a'] }),
      resource('/needs-any', { scopes: ['b', 'a'] }),
      resource('/*'),
    ],
  });
  await shop.insertApi({ name: 'closed', context: '/closed' });
  user = (await shop.token({ ...shop.bob, scope: 'a' })).accessToken;
  application = (await shop.token(cc)).accessToken;
  sandboxUser = (await shop.token(shop.bob, shop.sandboxClient)).accessToken;
});
after(() => shop.close());

const at = (path: string) => `/orders/1.0.0${path}`;

test('2.4 tokens by authentication type: 900905 in 2.6 only', async () => {
  const table: readonly [authType: AuthType, token: () => string, old: string][] = [
    ['Any', () => user, 'admitted'],
    ['Any', () => application, 'admitted'],
    ['Application', () => application, 'admitted'],
    ['Application', () => user, '900905'],
    ['Application_User', () => user, 'admitted'],
    ['Application_User', () => application, '900905'],
  ];
  for (const gatewayProfile of ['3.2', '4.x', '2.6'] as const) {
    await shop.call('settings.write', { gatewayProfile });
    for (const [authType, token, old] of table) {
      const decision = shop.send({ target: at(`/${authType}`), token: token() });
      assert.equal(outcomeOf(decision), gatewayProfile === '2.6' ? old : 'admitted', `${gatewayProfile} ${authType}`);
    }
  }
  const application_ = whyOf(shop.send({ target: at('/Application_User'), token: application }));
  assert.equal(application_, 'The resource takes user tokens only, and this is an application token.');
  const user_ = whyOf(shop.send({ target: at('/Application'), token: user }));
  assert.equal(user_, 'The resource takes application tokens only, and this is a user token.');
});

test('2.4 None needs no token; a sent one is ignored, and its header dropped', () => {
  for (const token of [undefined, 'not-a-token', user]) {
    const decision = shop.send({ target: at('/None'), ...(token !== undefined && { token }) });
    assert.ok(decision.kind === 'admitted');
    assert.equal(decision.caller, undefined);
    assert.equal(decision.facts.application, undefined);
    assert.deepEqual(decision.credentials, token && { header: 'authorization', rest: undefined });
    const ignored = token === undefined ? '' : ' The sent token was ignored.';
    assert.equal(whyOf(decision), `The resource needs no token.${ignored}`);
  }
});

test('2.5 backends by key type', async () => {
  const production = 'http://localhost:7001/p';
  const sandbox = 'https://localhost:7002/s';
  const table: readonly [backends: Pick<ApiRow, 'productionBackend' | 'sandboxBackend'>, live: string, test: string][] =
    [
      [{ productionBackend: production, sandboxBackend: sandbox }, production, sandbox],
      [{ productionBackend: production, sandboxBackend: null }, production, '900901'],
      [{ productionBackend: null, sandboxBackend: sandbox }, '900901', sandbox],
    ];
  const leadsTo = (target: string, token?: string) => {
    const decision = shop.send({ target, ...(token !== undefined && { token }) });
    if (decision.kind === 'admitted') return decision.backend;
    assert.ok(decision.kind === 'refused');
    assert.equal(decision.fault.stage, 'backend');
    return outcomeOf(decision);
  };
  for (const [backends, live, testing] of table) {
    await shop.updateApi(api, backends);
    assert.equal(leadsTo(at('/Any'), user), live);
    assert.equal(leadsTo(at('/Any'), sandboxUser), testing);
    assert.equal(leadsTo(at('/None')), live, 'a request without a token counts as production');
  }
  const decision = shop.send({ target: at('/Any'), token: user });
  assert.equal(decision.kind === 'refused' && decision.fault.keyType, 'PRODUCTION');
  assert.equal(whyOf(decision), 'It belongs to Production keys, and this API has no production backend.');
  const without = whyOf(shop.send({ target: at('/None') }));
  assert.equal(without, 'A request without a token counts as Production, and this API has no production backend.');
  await shop.updateApi(api, {});
});

test('3.3 subscription states', async () => {
  const closed = await shop.insertApi({ name: 'states', context: '/states' });
  const target = '/states/1.0.0/a';
  assert.equal(outcomeOf(shop.send({ target, token: user })), '900908');
  const why = whyOf(shop.send({ target, token: user }));
  assert.equal(why, 'The application Shop has no subscription to states/1.0.0.');
  const row = await shop.subscribe(closed, { tier: 'Gold' });
  const table: readonly [state: SubscriptionState, live: string, testing: string][] = [
    ['UNBLOCKED', 'admitted', 'admitted'],
    ['BLOCKED', '900907', '900907'],
    ['PROD_ONLY_BLOCKED', '900907', 'admitted'],
    ['ON_HOLD', '900909', '900909'],
    ['REJECTED', '900909', '900909'],
  ];
  for (const [state, live, testing] of table) {
    await shop.updateSubscription(row, { state });
    const decision = shop.send({ target, token: user });
    assert.equal(outcomeOf(decision), live, state);
    assert.equal(outcomeOf(shop.send({ target, token: sandboxUser })), testing, state);
    if (live !== 'admitted') {
      assert.equal(whyOf(decision), `The subscription of Shop to states/1.0.0 (tier Gold) is ${state}.`);
    }
  }
  // A second subscription at another tier counts if the first is blocked.
  await shop.subscribe(closed, { tier: 'Bronze' });
  const decision = shop.send({ target, token: user });
  assert.equal(decision.kind === 'admitted' && decision.caller?.subscriptionTier, 'Bronze');
});

test('an open API needs no subscription, but a blocked one counts', async () => {
  const open = await shop.insertApi({ name: 'open', context: '/open', open: true });
  const send = () => shop.send({ target: '/open/1.0.0', token: user });
  const first = send();
  assert.equal(first.kind === 'admitted' && first.caller?.subscriptionTier, 'Unlimited');
  await shop.subscribe(open, { state: 'BLOCKED' });
  assert.equal(outcomeOf(send()), '900907');
});

test('one of the scopes of a resource is enough', () => {
  assert.equal(outcomeOf(shop.send({ target: at('/needs-a'), token: user })), 'admitted');
  assert.equal(outcomeOf(shop.send({ target: at('/needs-any'), token: user })), 'admitted');
  const one = shop.send({ target: at('/needs-a'), token: sandboxUser });
  assert.equal(outcomeOf(one), '900910');
  assert.equal(whyOf(one), 'The resource needs the scope a, and the token has default.');
  const several = shop.send({ target: at('/needs-any'), token: application });
  assert.equal(outcomeOf(several), '900910');
  assert.match(whyOf(several) ?? '', /needs one of the scopes b, a, and the token has am_application_scope, default/);
});

test("an application token's scope needs a role of the application's current owner", async () => {
  await shop.call('scopes.create', { name: 'owned', roles: ['admin'] });
  await shop.updateApi(api, { resources: [...api.resources, resource('/owned', { scopes: ['owned'] })] });
  const { accessToken } = await shop.token({ ...cc, scope: 'owned' });
  const send = () => shop.send({ target: at('/owned'), token: accessToken });
  assert.equal(outcomeOf(send()), 'admitted');
  await shop.call('applications.update', { application: 'Shop', owner: 'bob' });
  assert.equal(outcomeOf(send()), '900910');
  assert.equal(whyOf(send()), 'Its scope owned needs the role admin, which bob no longer has.');
  await shop.call('applications.update', { application: 'Shop', owner: 'admin' });
  assert.equal(outcomeOf(send()), 'admitted');
  await shop.updateApi(api, {});
});

test('1 and 7.5 the order of checks: path, token, type, subscription, scope', async () => {
  await shop.insertApi({
    ...{ name: 'order', context: '/order', productionBackend: null },
    resources: [resource('/a', { authType: 'Application', scopes: ['b'] })],
  });
  const row = shop.store.apis.list().find(({ name }) => name === 'order');
  assert.ok(row);
  const send = (path: string, token: string) => outcomeOf(shop.send({ target: `/order/1.0.0${path}`, token }));
  assert.equal(send('/unknown', 'wrong'), '404');
  assert.equal(send('/a', 'wrong'), '900901');
  assert.equal(send('/a', user), '900905');
  assert.equal(send('/a', application), '900908');
  await shop.subscribe(row, { tier: 'Bronze', state: 'BLOCKED' });
  assert.equal(send('/a', application), '900907');
  await shop.subscribe(row);
  assert.equal(send('/a', application), '900910');
  const { accessToken } = await shop.token({ ...cc, scope: 'b' });
  assert.equal(send('/a', accessToken), '900901', 'no backend for its key type');
});

test('a fault names its API, and the header that it expects', async () => {
  const about = { basePath: '/orders/1.0.0', version: '1.0.0', template: '/needs-a' };
  const sent = (headers = {}) => {
    const decision = shop.send({ target: at('/needs-a'), headers });
    assert.ok(decision.kind === 'refused');
    return decision.fault;
  };
  const missing = { code: 900902, stage: 'authentication', api: about };
  assert.deepEqual(sent(), { ...missing, authorizationHeader: 'Authorization' });
  await shop.call('settings.write', { authorizationHeader: 'X-Auth' });
  assert.deepEqual(sent({ authorization: `Bearer ${user}` }), { ...missing, authorizationHeader: 'X-Auth' });
  const byHeader = shop.send({ target: at('/needs-a'), headers: { 'x-auth': `Bearer ${user}` } });
  assert.deepEqual(byHeader.kind === 'admitted' && byHeader.credentials, { header: 'x-auth', rest: undefined });
  await shop.updateApi(api, { authorizationHeader: 'X-Own' });
  assert.deepEqual(sent({ 'x-auth': `Bearer ${user}` }), { ...missing, authorizationHeader: 'X-Own' });
  assert.equal(outcomeOf(shop.send({ target: at('/needs-a'), headers: { 'x-own': `Bearer ${user}` } })), 'admitted');
  await shop.updateApi(api, {});
  await shop.call('settings.write', { authorizationHeader: 'Authorization' });
});

test('an admitted request says who called', async () => {
  const token = await shop.token({ ...shop.bob, scope: 'a device_ipad' });
  const decision = shop.send({ target: '/orders/1.0.0/x%2Fy?b=1', token: token.accessToken });
  assert.ok(decision.kind === 'admitted');
  const { caller, facts, api: row, basePath, template, resourcePath, backend } = decision;
  assert.deepEqual(
    [row.name, basePath, template, resourcePath, backend],
    ['orders', '/orders/1.0.0', '/*', '/x%2Fy', 'echo'],
  );
  assert.deepEqual(caller, {
    ...{ application: 'Shop', applicationId: shop.shopId, applicationTier: 'Unlimited' },
    ...{ applicationOwner: 'admin@carbon.super', consumerKey: shop.client.id, keyType: 'PRODUCTION' },
    ...{ user: 'bob@carbon.super', userType: 'APPLICATION_USER', device: 'ipad', scopes: ['a', 'device_ipad'] },
    ...{ tokenId: token.tokenId, expiresAtMs: 1_800_003_600_000, secondsLeft: 3600, subscriptionTier: 'Unlimited' },
  });
  const { why, ...rest } = facts;
  assert.deepEqual(rest, {
    ...{ api: 'orders/1.0.0', template: '/*', application: 'Shop', keyType: 'PRODUCTION', user: 'bob' },
    ...{ device: 'ipad', tokenId: token.tokenId, cached: false },
  });
  assert.equal(why?.(), 'Validated now; 1 h left.');
});
