import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import type { ApiState } from '../../../../preload/contract/apis.ts';
import type { Settings } from '../../../../preload/contract/settings/settings.ts';
import { createGatewayShop, outcomeOf, resource, whyOf } from '../../../helpers/gateway.ts';

type Shop = Awaited<ReturnType<typeof createGatewayShop>>;
type Profile = Settings['gatewayProfile'];

let shop: Shop;
before(async () => {
  shop = await createGatewayShop();
  const states: readonly ApiState[] = ['CREATED', 'PROTOTYPED', 'PUBLISHED', 'BLOCKED', 'DEPRECATED', 'RETIRED'];
  for (const state of states) {
    const name = state.toLowerCase();
    await shop.insertApi({
      name,
      context: `/${name}`,
      state,
      open: true,
      resources: [resource('/a'), resource('/p/{id}')],
    });
  }
  await shop.insertApi({
    ...{ name: 'cors', context: '/cors', open: true, authorizationHeader: 'X-Token' },
    resources: [
      resource('/a'),
      resource('/a', { verb: 'POST' }),
      resource('/a', { verb: 'HEAD' }),
      resource('/b/{id}', { verb: 'DELETE' }),
      resource('/own', { verb: 'OPTIONS' }),
      resource('/own'),
    ],
  });
});
after(() => shop.close());

const setProfile = (gatewayProfile: Profile) => shop.call('settings.write', { gatewayProfile });
const profiles: readonly Profile[] = ['2.6', '3.2', '4.x'];
const origin = 'http://localhost:5173';

test('5.1 rows 1, 3 and 4: 404 without an API or resource, 405 with the verbs of a known path', () => {
  const table: readonly [verb: string, target: string, outcome: string, why: RegExp][] = [
    ['GET', '/nothing/1.0.0/a', '404', /No API has a context at the start of this path/],
    ['GET', '/published/2.0.0/a', '404', /has no such version.* \/published\/1\.0\.0/],
    ['GET', '/published', '404', /has no such version/],
    ['GET', '/published/1.0.0/b', '404', /No resource of published\/1\.0\.0 matches \/b/],
    ['POST', '/published/1.0.0/p/5', '405', /answers GET, not POST/],
    ['OPTIONS', '/published/1.0.0/a', '405', /answers GET, not OPTIONS/],
    ['TRACE', '/published/1.0.0/a', '405', /answers GET, not TRACE/],
    ['GET', '/published/1.0.0/a?x=1', '900902', /no header/],
  ];
  for (const [verb, target, outcome, why] of table) {
    const decision = shop.send({ verb, target });
    assert.equal(outcomeOf(decision), outcome, `${verb} ${target}`);
    assert.match(whyOf(decision) ?? '', why);
    if (decision.kind !== 'refused' || decision.fault.stage !== 'dispatch') continue;
    assert.equal(decision.fault.noApi, target.startsWith('/nothing') || !target.includes('/1.0.0'), target);
    assert.deepEqual(decision.fault.allow, outcome === '405' ? ['GET'] : undefined);
    assert.equal(decision.cors, undefined, 'these replies have no CORS headers');
  }
});

test('3.1 each lifecycle state', () => {
  const table: readonly [state: string, outcome: string, why: RegExp][] = [
    ['created', '404', /created\/1\.0\.0 is CREATED/],
    ['prototyped', 'admitted', /PROTOTYPED, so it needs no token/],
    ['published', '900902', /no header/],
    ['blocked', '700700', /BLOCKED/],
    ['deprecated', '900902', /no header/],
    ['retired', '404', /retired\/1\.0\.0 is RETIRED/],
  ];
  for (const [state, outcome, why] of table) {
    const decision = shop.send({ target: `/${state}/1.0.0/a` });
    assert.equal(outcomeOf(decision), outcome, state);
    assert.match(whyOf(decision) ?? '', why);
  }
});

test('3.1 a prototype ignores a sent token, drops its header and calls the production backend', () => {
  const decision = shop.send({ target: '/prototyped/1.0.0/a', token: 'anything' });
  assert.ok(decision.kind === 'admitted');
  assert.equal(decision.caller, undefined);
  assert.equal(decision.backend, 'echo');
  assert.deepEqual(decision.credentials, { header: 'authorization', rest: undefined });
  assert.match(whyOf(decision) ?? '', /The sent token was ignored/);
});

test('3.2 a blocked API: any path in 2.6 and 3.x, known paths in 4.x; HEAD 405, preflight answered', async () => {
  const table: readonly [verb: string, path: string, old: string, newest: string][] = [
    ['GET', '/a', '700700', '700700'],
    ['GET', '/p/5', '700700', '700700'],
    ['GET', '/unknown', '700700', '404'],
    ['POST', '/a', '700700', '405'],
    ['HEAD', '/a', '405', '405'],
    ['OPTIONS', '/a', 'preflight', 'preflight'],
  ];
  const headers = { 'access-control-request-method': 'GET', origin };
  for (const profile of profiles) {
    await setProfile(profile);
    for (const [verb, path, old, newest] of table) {
      const decision = shop.send({ verb, target: `/blocked/1.0.0${path}`, headers });
      assert.equal(outcomeOf(decision), profile === '4.x' ? newest : old, `${profile} ${verb} ${path}`);
      if (outcomeOf(decision) === '700700')
        assert.equal(decision.kind === 'refused' && decision.cors?.allowOrigin, origin);
    }
  }
  await setProfile('2.6');
});

test('8 a preflight is answered for a declared verb only', () => {
  const table: readonly [path: string, method: string | undefined, outcome: string][] = [
    ['/a', 'GET', 'preflight'],
    ['/a', 'POST', 'preflight'],
    ['/b/5', 'DELETE', 'preflight'],
    ['/a', 'DELETE', '405'],
    ['/a', 'get', '405'],
    ['/a', undefined, '405'],
    ['/unknown', 'GET', '404'],
    ['/unknown', undefined, '404'],
    // It declares OPTIONS, so it goes through the whole pipeline.
    ['/own', 'GET', '900902'],
    ['/own', undefined, '900902'],
  ];
  for (const [path, method, outcome] of table) {
    const headers = { origin, ...(method !== undefined && { 'access-control-request-method': method }) };
    const decision = shop.send({ verb: 'OPTIONS', target: `/cors/1.0.0${path}`, headers });
    assert.equal(outcomeOf(decision), outcome, `${path} ${method}`);
    if (outcome !== 'preflight') assert.equal(decision.kind !== 'preflight' && decision.cors, undefined);
  }
});

const corsOf = (headers: Readonly<Record<string, string>> = {}, target = '/cors/1.0.0/a') => {
  const decision = shop.send({ target, headers });
  return decision.cors;
};

test('8 CORS headers: the origin, the verbs of the resource, and the headers of the version', async () => {
  const common = ['authorization', 'Access-Control-Allow-Origin', 'Content-Type', 'SOAPAction'];
  const added: Readonly<Record<Profile, readonly string[]>> = {
    '2.6': [],
    '3.2': ['apikey', 'testKey'],
    '4.x': ['apikey', 'Internal-Key'],
  };
  for (const profile of profiles) {
    await setProfile(profile);
    const expected = {
      allowOrigin: origin,
      // HEAD is not among the configured methods.
      methods: ['GET', 'POST'],
      headers: [...common, ...added[profile], 'X-Token'],
      exposedHeaders: [],
    };
    assert.deepEqual(corsOf({ origin }), expected, profile);
    assert.deepEqual(corsOf(), { ...expected, allowOrigin: undefined }, 'without an origin');
    assert.deepEqual(corsOf({ origin: 'null' })?.allowOrigin, 'null', 'the listener decides which origins arrive');
  }
  await setProfile('2.6');
});

test("8 an API's own CORS: methods, exposed headers since 3.0, * as an echo that does not stick, and off", async () => {
  const row = await shop.insertApi({
    ...{ name: 'own', context: '/own' },
    cors: { enabled: true, methods: ['POST'], headers: ['*'], exposedHeaders: ['X-Total'] },
    resources: [resource('/a'), resource('/a', { verb: 'POST' })],
  });
  const target = '/own/1.0.0/a';
  const requested = { origin, 'access-control-request-headers': 'X-One, x-two' };
  assert.deepEqual(corsOf(requested, target), {
    ...{ allowOrigin: origin, methods: ['POST'], headers: ['X-One', 'x-two'], exposedHeaders: [] },
  });
  assert.deepEqual(corsOf({ origin }, target)?.headers, []);
  await setProfile('4.x');
  assert.deepEqual(corsOf({ origin }, target)?.exposedHeaders, ['X-Total']);
  await setProfile('2.6');

  await shop.updateApi(row, { cors: { enabled: false, methods: [], headers: [], exposedHeaders: [] } });
  assert.equal(corsOf({ origin }, target), undefined);
  const headers = { origin, 'access-control-request-method': 'GET' };
  assert.equal(outcomeOf(shop.send({ verb: 'OPTIONS', target, headers })), '405');
});

test('any request is decided, twice in the same way, with a reason', () => {
  const piece = fc.constantFrom(
    '/published',
    '/blocked',
    '/cors',
    '/own',
    '/1.0.0',
    '/a',
    '/p',
    '/%2e%2E',
    '//',
    '.',
    'x',
  );
  const target = fc.oneof(
    fc.array(piece, { maxLength: 6 }).map((pieces) => pieces.join('')),
    fc.string(),
  );
  const value = fc.oneof(fc.constantFrom('Bearer x', 'Bearer', 'bearer x, Basic y', 'GET', 'null'), fc.string());
  const name = fc.constantFrom(
    'authorization',
    'x-token',
    'origin',
    'access-control-request-method',
    'x-forwarded-for',
  );
  const verb = fc.constantFrom('GET', 'POST', 'HEAD', 'OPTIONS', 'TRACE', 'PROPFIND', '');
  fc.assert(
    fc.property(verb, target, fc.dictionary(name, value), (method, path, headers) => {
      const decision = shop.send({ verb: method, target: path, headers });
      assert.ok((whyOf(decision) ?? '').endsWith('.'));
      assert.equal(outcomeOf(shop.send({ verb: method, target: path, headers })), outcomeOf(decision));
    }),
  );
});
