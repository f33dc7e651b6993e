import assert from 'node:assert/strict';
import { after, beforeEach, test } from 'node:test';
import fc from 'fast-check';
import type { ApiRow } from '../../../../main/engine/ports/store/apis.ts';
import { startMs } from '../../../helpers/engine.ts';
import { createGatewayShop, outcomeOf, resource, type SentRequest, whyOf } from '../../../helpers/gateway.ts';

const shop = await createGatewayShop();
after(() => shop.close());

/** Each test starts at the beginning of a minute, with all counters at zero. */
const minuteStart = (60_000 - (startMs % 60_000)) / 1000;
beforeEach(async () => {
  shop.moveTo(minuteStart);
  await shop.call('tiers.resetCounters', {});
});

const bob = (await shop.token({ ...shop.bob, scope: 'a' })).accessToken;
const admin = (await shop.token({ grant_type: 'password', username: 'admin', password: 'admin-secret' })).accessToken;
const sandboxBob = (await shop.token(shop.bob, shop.sandboxClient)).accessToken;

let number = 0;
/** A new API, so that tests share no counters. */
const newApi = async (more: Partial<ApiRow> = {}) => {
  number += 1;
  const row = await shop.insertApi({ name: `api${number}`, context: `/api${number}`, open: true, ...more });
  const send = (request: SentRequest = {}) =>
    shop.send({ token: bob, ...request, target: `${row.context}/1.0.0${request.target ?? '/a'}` });
  /** The outcomes of some equal requests. */
  const sendMany = (count: number, request?: SentRequest) =>
    Array.from({ length: count }, () => outcomeOf(send(request)));
  return { row, send, sendMany };
};
let tiers = 0;
const newTier = async (
  more: Parameters<typeof shop.insertTier>[0] | Omit<Parameters<typeof shop.insertTier>[0], 'name'>,
) => {
  tiers += 1;
  return shop.insertTier({ name: `Tier${tiers}`, ...more });
};
const setApplicationTier = (tier: string) => shop.call('applications.update', { application: 'Shop', tier });

const passed = (count: number) => Array.from({ length: count }, () => 'admitted');

test('4.2 exactly the limit passes, refused requests are not counted, and the window is aligned to the clock', async () => {
  const tier = await newTier({ level: 'subscription', limit: 3 });
  const api = await newApi();
  await shop.subscribe(api.row, { tier: tier.name });
  shop.moveTo(minuteStart + 50);
  assert.deepEqual(api.sendMany(5), [...passed(3), '900804', '900804']);
  const decision = api.send();
  assert.ok(decision.kind === 'refused');
  const nextAccessAtMs = startMs + (minuteStart + 60) * 1000;
  assert.deepEqual(decision.fault, { code: 900804, stage: 'throttling', nextAccessAtMs });
  const at = new Date(nextAccessAtMs).toISOString().slice(11, 19);
  const why = `Quota of tier ${tier.name} (subscription): 3 requests in 1 min for Shop, ${api.row.name}/1.0.0. The next window starts at ${at} UTC.`;
  assert.equal(whyOf(decision), why);
  assert.equal(decision.facts.user, 'bob');
  shop.moveTo(minuteStart + 59.999);
  assert.deepEqual(api.sendMany(1), ['900804']);
  // Twice the limit passes around the boundary.
  shop.moveTo(minuteStart + 60);
  assert.deepEqual(api.sendMany(4), [...passed(3), '900804']);
});

test('4.2 windows of each unit end at multiples of their length since the epoch', async () => {
  const day = 86_400_000;
  const lengths = { second: 1000, minute: 60_000, hour: 3_600_000, day, month: 30 * day, year: 365 * day } as const;
  for (const [unit, lengthMs] of Object.entries(lengths)) {
    const tier = await newTier({
      level: 'subscription',
      limit: 1,
      windowLength: 2,
      windowUnit: unit as keyof typeof lengths,
    });
    const api = await newApi();
    await shop.subscribe(api.row, { tier: tier.name });
    assert.deepEqual(api.sendMany(2), ['admitted', '900804']);
    const { items } = await shop.call('tiers.counters', {});
    const now = startMs + minuteStart * 1000;
    const expected = (Math.floor(now / (2 * lengthMs)) + 1) * 2 * lengthMs;
    assert.equal(items.find((item) => item.tier === tier.name)?.windowEndsAtMs, expected, unit);
  }
});

test('4.2 windows follow real time: a moved clock neither ends nor starts one', async () => {
  const tier = await newTier({ level: 'subscription', limit: 1 });
  const api = await newApi();
  await shop.subscribe(api.row, { tier: tier.name });
  assert.deepEqual(api.sendMany(2), ['admitted', '900804']);
  await shop.call('settings.write', { clockOffsetSeconds: 600 });
  assert.deepEqual(api.sendMany(1), ['900804']);
  await shop.call('settings.write', { clockOffsetSeconds: 0 });
});

test('4.2 the application level counts each user of the application, client_credentials the owner', async () => {
  const tier = await newTier({ level: 'application', limit: 2 });
  await setApplicationTier(tier.name);
  const api = await newApi();
  const other = await newApi();
  assert.deepEqual(api.sendMany(1), passed(1));
  assert.deepEqual(other.sendMany(2), ['admitted', '900803'], 'across APIs');
  assert.deepEqual(api.sendMany(1, { token: sandboxBob }), ['900803'], 'across key types');
  assert.deepEqual(api.sendMany(1, { token: admin }), passed(1));
  const { accessToken } = await shop.token({ grant_type: 'client_credentials' });
  assert.deepEqual(api.sendMany(2, { token: accessToken }), ['admitted', '900803'], 'with the requests of admin');
  await setApplicationTier('Unlimited');
});

test('4.2 the subscription level is shared by all users', async () => {
  const tier = await newTier({ level: 'subscription', limit: 2 });
  const api = await newApi();
  await shop.subscribe(api.row, { tier: tier.name });
  assert.deepEqual([...api.sendMany(1), ...api.sendMany(2, { token: admin })], ['admitted', 'admitted', '900804']);
});

test('4.2 API and resource level, for all users or each of them; the API level replaces the resource level', async () => {
  const one = await newTier({ level: 'advanced', limit: 1 });
  const each = await newTier({ level: 'advanced', limit: 1, perUser: true });
  const resources = [
    resource('/one', { tier: one.name }),
    resource('/one', { tier: one.name, verb: 'POST' }),
    resource('/each/{id}', { tier: each.name }),
    resource('/*'),
  ];
  const api = await newApi({ resources });
  assert.deepEqual(api.sendMany(2, { target: '/one' }), ['admitted', '900802']);
  assert.deepEqual(api.sendMany(1, { target: '/one', token: admin }), ['900802']);
  assert.deepEqual(api.sendMany(1, { target: '/one', verb: 'POST' }), passed(1));
  assert.deepEqual(
    [...api.sendMany(1, { target: '/each/1' }), ...api.sendMany(1, { target: '/each/2' })],
    ['admitted', '900802'],
  );
  assert.deepEqual(api.sendMany(2, { target: '/each/1', token: admin }), ['admitted', '900802']);

  const whole = await newApi({ resources, tier: each.name });
  assert.deepEqual(whole.sendMany(1, { target: '/one' }), passed(1));
  assert.deepEqual(whole.sendMany(1, { target: '/other' }), ['900800']);
  assert.deepEqual(whole.sendMany(1, { target: '/one', token: admin }), passed(1));
});

test('4.3 order: API or resource, subscription, burst, application; only a request that passes all is counted', async () => {
  const advanced = await newTier({ level: 'advanced', limit: 4 });
  const subscription = await newTier({ level: 'subscription', limit: 3, burstLimit: 2, burstSeconds: 1 });
  const application = await newTier({ level: 'application', limit: 1 });
  await setApplicationTier(application.name);
  const api = await newApi({ tier: advanced.name });
  await shop.subscribe(api.row, { tier: subscription.name });
  const counts = async () => {
    const { items } = await shop.call('tiers.counters', {});
    return Object.fromEntries(items.map(({ level, count }) => [level, count]));
  };
  assert.deepEqual(api.sendMany(2), ['admitted', '900803']);
  assert.deepEqual(await counts(), { api: 1, subscription: 1, burst: 1, application: 1 });
  await setApplicationTier('Unlimited');
  assert.deepEqual(api.sendMany(2), ['admitted', '900807']);
  shop.moveTo(minuteStart + 1);
  assert.deepEqual(api.sendMany(2), ['admitted', '900804']);
  await shop.transact(() => shop.store.tiers.update({ ...advanced, limit: 3 }));
  assert.deepEqual(api.sendMany(4), ['900804', '900804', '900804', '900804'], 'an edited tier starts at zero');
  await shop.transact(() => shop.store.tiers.update({ ...subscription, limit: null, burstLimit: null }));
  assert.deepEqual(api.sendMany(4), [...passed(3), '900800']);
});

test('4.1 bursts: some requests per second within the quota', async () => {
  const tier = await newTier({ level: 'subscription', limit: null, burstLimit: 2, burstSeconds: 5 });
  const api = await newApi();
  await shop.subscribe(api.row, { tier: tier.name });
  shop.moveTo(minuteStart + 3);
  assert.deepEqual(api.sendMany(3), ['admitted', 'admitted', '900807']);
  shop.moveTo(minuteStart + 5);
  assert.deepEqual(api.sendMany(3), ['admitted', 'admitted', '900807']);
});

test('4.2 a tier that does not stop on quota passes, and then the application is not counted', async () => {
  const subscription = await newTier({ level: 'subscription', limit: 1, stopOnQuota: false });
  const application = await newTier({ level: 'application', limit: 2 });
  await setApplicationTier(application.name);
  const api = await newApi();
  await shop.subscribe(api.row, { tier: subscription.name });
  assert.deepEqual(api.sendMany(5), passed(5));
  const other = await newApi();
  assert.deepEqual(other.sendMany(2), ['admitted', '900803'], 'only the first of the five was counted');
  await setApplicationTier('Unlimited');
});

test('4.1 a tier may count bytes', async () => {
  const tier = await newTier({ level: 'subscription', limit: 1000, counts: 'bytes' });
  const api = await newApi();
  await shop.subscribe(api.row, { tier: tier.name });
  const sizes = [0, 600, 399, 1, 1];
  const outcomes = sizes.map((bytes) => outcomeOf(api.send({ bytes })));
  assert.deepEqual(outcomes, [...passed(4), '900804']);
});

test('several subscriptions of one application: the first with quota left counts', async () => {
  const hour = await newTier({ level: 'subscription', limit: 1, windowUnit: 'hour' });
  const minute = await newTier({ level: 'subscription', limit: 2 });
  const api = await newApi();
  await shop.subscribe(api.row, { tier: hour.name });
  await shop.subscribe(api.row, { tier: minute.name });
  const used = Array.from({ length: 3 }, () => {
    const decision = api.send();
    return decision.kind === 'admitted' && decision.caller?.subscriptionTier;
  });
  assert.deepEqual(used, [hour.name, minute.name, minute.name]);
  const decision = api.send();
  assert.equal(outcomeOf(decision), '900804');
  const soonest = startMs + (minuteStart + 60) * 1000;
  assert.equal(decision.kind === 'refused' && decision.fault.nextAccessAtMs, soonest, 'the window that ends first');
});

test('2.4 requests without a token count at Unauthenticated, by the address of the client', async () => {
  const { items } = await shop.call('tiers.list', {});
  const tier = items.find(({ name }) => name === 'Unauthenticated');
  assert.equal(tier?.limit, 500);
  await shop.call('tiers.update', { level: 'subscription', name: 'Unauthenticated', limit: 2 });
  const api = await newApi({ resources: [resource('/*', { authType: 'None' })] });
  assert.deepEqual(api.sendMany(3), ['admitted', 'admitted', '900804']);
  assert.deepEqual(api.sendMany(1, { from: '127.0.0.2' }), passed(1));
  const forwarded = { headers: { 'x-forwarded-for': '10.0.0.7, 127.0.0.1' } };
  assert.deepEqual(api.sendMany(3, forwarded), ['admitted', 'admitted', '900804']);
  const tooLong = { headers: { 'x-forwarded-for': `10.0.0.8,${'x'.repeat(200)}` }, from: '127.0.0.3' };
  assert.deepEqual(api.sendMany(2, tooLong), passed(2));
  assert.deepEqual(api.sendMany(1, { from: '127.0.0.3' }), ['900804'], 'a header that is no address is ignored');
  const prototype = await newApi({ state: 'PROTOTYPED' });
  assert.deepEqual(prototype.sendMany(4), passed(4), 'prototypes are not throttled');
  await shop.call('tiers.update', { level: 'subscription', name: 'Unauthenticated', limit: 500 });
});

test('authentication failures are not counted', async () => {
  const tier = await newTier({ level: 'advanced', limit: 1 });
  const api = await newApi({ tier: tier.name });
  assert.deepEqual(api.sendMany(3, { token: 'wrong' }), ['900901', '900901', '900901']);
  assert.deepEqual(api.sendMany(2), ['admitted', '900800']);
});

test('editing a tier starts a new counter, unless only its description changes', async () => {
  const tier = await newTier({ level: 'subscription', limit: 2 });
  const api = await newApi();
  await shop.subscribe(api.row, { tier: tier.name });
  assert.deepEqual(api.sendMany(2), passed(2));
  await shop.transact(() => shop.store.tiers.update({ ...tier, description: 'two' }));
  assert.deepEqual(api.sendMany(1), ['900804']);
  await shop.transact(() => shop.store.tiers.update({ ...tier, limit: 1 }));
  assert.deepEqual(api.sendMany(2), ['admitted', '900804']);
});

test('counters are listed, the fullest first, and reset', async () => {
  const subscription = await newTier({ level: 'subscription', limit: 10, burstLimit: 5 });
  const advanced = await newTier({ level: 'advanced', limit: 4, perUser: true });
  const api = await newApi({ resources: [resource('/*', { tier: advanced.name })] });
  await shop.subscribe(api.row, { tier: subscription.name });
  api.sendMany(3);
  const minuteEnds = startMs + (minuteStart + 60) * 1000;
  const secondEnds = startMs + (minuteStart + 1) * 1000;
  const label = `${api.row.name}/1.0.0`;
  const common = { count: 3, counts: 'requests' } as const;
  const ofSubscription = { of: `Shop, ${label}`, tier: subscription.name };
  assert.deepEqual((await shop.call('tiers.counters', {})).items, [
    {
      ...common,
      level: 'resource',
      of: `GET ${label}/*, bob@carbon.super`,
      tier: advanced.name,
      limit: 4,
      windowEndsAtMs: minuteEnds,
    },
    { ...common, ...ofSubscription, level: 'burst', limit: 5, windowEndsAtMs: secondEnds },
    { ...common, ...ofSubscription, level: 'subscription', limit: 10, windowEndsAtMs: minuteEnds },
  ]);
  shop.moveTo(minuteStart + 1);
  assert.equal((await shop.call('tiers.counters', {})).items.length, 2, 'the burst window has ended');
  assert.deepEqual(await shop.call('tiers.resetCounters', {}), { reset: 2 });
  assert.deepEqual((await shop.call('tiers.counters', {})).items, []);
  assert.deepEqual(shop.sent.at(-1), { name: 'tiers.changed', data: {} });
  assert.deepEqual(api.sendMany(5), [...passed(4), '900802']);
});

test('any sequence of requests and times: at most the limit passes in each window, and as many as can', async () => {
  const limit = 3;
  const tier = await newTier({ level: 'subscription', limit, windowUnit: 'second', windowLength: 10 });
  const api = await newApi();
  await shop.subscribe(api.row, { tier: tier.name });
  let start = minuteStart;
  fc.assert(
    fc.property(fc.array(fc.nat(30_000), { maxLength: 40 }), (times) => {
      start += 60;
      const passes = new Map<number, number>();
      const sent = new Map<number, number>();
      for (const ms of times.toSorted((a, b) => a - b)) {
        shop.moveTo(start + ms / 1000);
        const window = Math.floor(ms / 10_000);
        sent.set(window, (sent.get(window) ?? 0) + 1);
        if (outcomeOf(api.send()) === 'admitted') passes.set(window, (passes.get(window) ?? 0) + 1);
      }
      for (const [window, count] of sent) assert.equal(passes.get(window) ?? 0, Math.min(limit, count));
    }),
    { numRuns: 40 },
  );
});
