import assert from 'node:assert/strict';
import { test } from 'node:test';
import { callback, openFlow } from './flow.ts';

test('A1 A2 A3 a request leads to the sign-in, then to the consent, then to the app with code and state', async (t) => {
  const flow = await openFlow(t);
  const first = await flow.begin();
  assert.ok(first.kind === 'login');
  assert.equal(flow.authorization.signIn({ username: 'bob', password: 'wrong' }), undefined);
  const visitor = { signedIn: flow.signIn(), fresh: true };
  const second = await flow.run(() => flow.authorization.resume(first.request, visitor));
  assert.equal(second.kind, 'consent');
  const third = await flow.run(() => flow.authorization.answerConsent(first.request, visitor, 'approve'));
  const { to, names, state } = flow.redirectOf(third) as Readonly<Record<string, unknown>>;
  assert.deepEqual([to, names, state], [callback, ['code', 'state'], 's']);
  assert.equal((await flow.begin({}, flow.signIn())).kind, 'consent', 'one approval is not remembered');
});

test('A4 A5 a remembered consent skips the page until the user denies', async (t) => {
  const flow = await openFlow(t);
  await flow.approve({ scope: 'a' }, 'approveAlways');
  assert.partialDeepStrictEqual(flow.redirectOf(await flow.begin({ scope: 'a' }, flow.signIn())), {
    names: ['code', 'state'],
  });
  const denied = await flow.approve({ scope: 'a', prompt: 'consent' }, 'deny');
  assert.partialDeepStrictEqual(flow.redirectOf(denied), {
    ...{ error: 'access_denied', error_description: 'User denied the consent', state: 's' },
  });
  assert.equal((await flow.begin({ scope: 'a' }, flow.signIn())).kind, 'consent');
});

test('A6 another scope shows the page again, unless consentKey is client', async (t) => {
  const flow = await openFlow(t);
  await flow.approve({ scope: 'b a' }, 'approveAlways');
  const next = async (scope: string) => (await flow.begin({ scope }, flow.signIn())).kind;
  assert.deepEqual([await next('a'), await next('a b'), await next('a c')], ['redirect', 'redirect', 'consent']);
  await flow.approve({ scope: 'c' }, 'approveAlways');
  assert.equal(await next('a c'), 'redirect');
  assert.equal((await flow.begin({ scope: 'a' }, flow.signIn('admin', 'admin-secret'))).kind, 'consent');
  await flow.call('settings.write', { consentKey: 'client' });
  assert.equal(await next('d'), 'redirect');
});

test('A17 A18 A19 prompt=none never shows a page', async (t) => {
  const flow = await openFlow(t);
  const silent = async (signedIn?: ReturnType<typeof flow.signIn>) =>
    flow.redirectOf(await flow.begin({ prompt: 'none' }, signedIn)) as Readonly<Record<string, unknown>>;
  assert.partialDeepStrictEqual(await silent(), {
    ...{ error: 'login_required', error_description: 'Authentication required', state: 's' },
  });
  assert.partialDeepStrictEqual(await silent(flow.signIn()), {
    ...{ error: 'consent_required', error_description: 'Required consent not found', state: 's' },
  });
  await flow.approve({}, 'approveAlways');
  assert.deepEqual((await silent(flow.signIn())).names, ['code', 'state']);
});

test('A19 prompt=none with a hint passes for its user only', async (t) => {
  const flow = await openFlow(t);
  const { idToken: hint = '' } = await flow.exchange(await flow.code({ scope: 'openid' }));
  await flow.approve({}, 'approveAlways');
  const silent = async (id_token_hint: string, signedIn?: ReturnType<typeof flow.signIn>, prompt = 'none') =>
    await flow.begin({ prompt, id_token_hint }, signedIn);
  const errorOf = async (...form: Parameters<typeof silent>) => {
    const outcome = flow.redirectOf(await silent(...form)) as Readonly<Record<string, unknown>>;
    return [outcome.error, outcome.error_description];
  };
  flow.moveTo(7200);
  assert.deepEqual(flow.redirectOf(await silent(hint, flow.signIn())).names, ['code', 'state'], 'expired, and good');
  const admin = flow.signIn('admin', 'admin-secret');
  const denied = `Request with 'id_token_hint=${hint}' but user has denied the consent`;
  assert.deepEqual(await errorOf(hint, admin), ['login_required', denied]);
  assert.deepEqual(await errorOf(hint), ['login_required', 'Authentication required']);
  const [header, payload = ''] = hint.split('.');
  for (const bad of ['x', `${header}.${payload}.${'A'.repeat(342)}`, `${hint}"\r\n`]) {
    const [error, description = ''] = await errorOf(bad, flow.signIn());
    assert.equal(error, 'access_denied');
    assert.match(`${description}`, /^Request with 'id_token_hint=[\w.-]*' but ID Token validation failed$/);
  }
  assert.equal((await silent('x', flow.signIn(), 'select_account')).kind, 'redirect', 'other prompts ignore it');
});

test('A21 prompt=login demands a new sign-in; select_account and unknown values next to a known one do not', async (t) => {
  const flow = await openFlow(t);
  const signedIn = flow.signIn();
  const outcome = await flow.begin({ prompt: 'login foo' }, signedIn);
  assert.ok(outcome.kind === 'login');
  flow.moveTo(5);
  const again = flow.signIn();
  assert.equal(again.authTimeMs - signedIn.authTimeMs, 5000);
  const resumed = await flow.run(() => flow.authorization.resume(outcome.request, { signedIn: again, fresh: true }));
  assert.equal(resumed.kind, 'consent');
  assert.equal((await flow.begin({ prompt: 'select_account' }, signedIn)).kind, 'consent');
});

test('A22 prompt=consent forgets the remembered consent', async (t) => {
  const flow = await openFlow(t);
  await flow.approve({}, 'approveAlways');
  assert.equal((await flow.begin({ prompt: 'consent' }, flow.signIn())).kind, 'consent');
  assert.deepEqual((await flow.call('consents.list', {})).items, []);
  assert.equal((await flow.begin({}, flow.signIn())).kind, 'consent');
});

test('A23 max_age demands a new sign-in, unless maxAge is auth_time', async (t) => {
  const flow = await openFlow(t);
  const signedIn = flow.signIn();
  flow.moveTo(3600);
  const kind = async (form: Readonly<Record<string, string>>) => (await flow.begin(form, signedIn)).kind;
  assert.deepEqual([await kind({ max_age: '0' }), await kind({ max_age: '3599' })], ['login', 'login']);
  assert.equal(await kind({ max_age: '3600' }), 'consent');
  assert.partialDeepStrictEqual(flow.redirectOf(await flow.begin({ max_age: '1', prompt: 'none' }, signedIn)), {
    error: 'login_required',
  });
  await flow.call('settings.write', { maxAge: 'auth_time' });
  assert.equal(await kind({ max_age: '0' }), 'consent');
});

test('a sign-in ends when its user is disabled, deleted or gets a new password', async (t) => {
  const flow = await openFlow(t);
  const signedIn = flow.signIn();
  await flow.call('users.setRoles', { user: 'bob', roles: ['other'] });
  assert.equal((await flow.begin({}, signedIn)).kind, 'consent');
  await flow.call('users.setPassword', { user: 'bob', password: 'new' });
  assert.equal((await flow.begin({}, signedIn)).kind, 'login');
  const renewed = flow.signIn('bob', 'new');
  await flow.call('users.disable', { user: 'bob' });
  assert.equal((await flow.begin({}, renewed)).kind, 'login');
  assert.equal(flow.authorization.signIn({ username: 'bob', password: 'new' }), undefined);
  await flow.call('users.enable', { user: 'bob' });
  await flow.call('users.delete', { user: 'bob' });
  assert.equal((await flow.begin({}, renewed)).kind, 'login');
});

test('users can be picked only while no other machine reaches the endpoint', async (t) => {
  const flow = await openFlow(t);
  const outcome = await flow.begin();
  assert.ok(outcome.kind === 'login');
  await flow.call('users.create', { username: 'eve@other.test', password: 'x' });
  const bob = (await flow.call('users.list', {})).items.find(({ username }) => username === 'bob')?.id ?? 0;
  const names = () => flow.authorization.loginView(outcome.request)?.users.map(({ name }) => name);
  assert.deepEqual(names(), ['admin', 'bob']);
  assert.equal(flow.authorization.signIn({ userId: bob })?.userId, bob);
  assert.equal(flow.authorization.signIn({ userId: 999 }), undefined);
  for (const settings of [{ pickUserAtLogin: false }, { pickUserAtLogin: true, extraNames: ['phone.test'] }]) {
    await flow.call('settings.write', settings);
    assert.deepEqual(names(), []);
    assert.equal(flow.authorization.signIn({ userId: bob }), undefined);
  }
});

test('the consent page names the scopes that the token will have, and why others are missing', async (t) => {
  const flow = await openFlow(t);
  await flow.call('scopes.update', { name: 'a', description: 'reads orders' });
  const outcome = await flow.begin({ scope: 'a c' }, flow.signIn());
  assert.ok(outcome.kind === 'consent');
  assert.deepEqual(flow.authorization.consentView(outcome.request, flow.signIn()), {
    ...{ application: 'Shop', user: 'bob', scopes: [{ name: 'a', description: 'reads orders' }] },
    dropped: 'Scopes not granted: c (needs a role that the user lacks).',
    offersExpiredCode: true,
  });
});

test('a withdrawn consent revokes the user tokens of its keys, and no others', async (t) => {
  const flow = await openFlow(t);
  await flow.approve({ scope: 'b a' }, 'approveAlways');
  const token = await flow.exchange(await flow.code({ scope: 'c', prompt: 'consent' }));
  await flow.approve({ scope: 'a' }, 'approveAlways');
  const elsewhere = await flow.token({ grant_type: 'password', username: 'bob', password: 'bob-secret' }, flow.p);
  const other = await flow.token({ grant_type: 'password', username: 'admin', password: 'admin-secret' });
  const { items } = await flow.call('consents.list', { user: 'bob' });
  const [consent] = items;
  assert.partialDeepStrictEqual(items, [{ user: 'bob', application: 'Shop', keyType: 'PRODUCTION', scope: 'a' }]);
  assert.deepEqual((await flow.call('consents.list', { user: 'admin' })).items, []);
  assert.equal((await flow.call('consents.withdraw', { consent: consent?.id ?? 0 })).tokensRevoked, 1);
  assert.equal(flow.rulesOf(token).at(-1), 'retired_consent_withdrawn');
  assert.deepEqual([flow.stateOf(elsewhere), flow.stateOf(other)], ['ACTIVE/NONE', 'ACTIVE/NONE']);
  assert.deepEqual(flow.sent.at(-1), { name: 'consents.changed', data: { userId: consent?.userId } });
  await assert.rejects(flow.call('consents.withdraw', { consent: consent?.id ?? 0 }), { code: 'not_found' });
});

test('iss is announced unless issParameter is off', async (t) => {
  const flow = await openFlow(t);
  assert.partialDeepStrictEqual(await flow.approve(), { kind: 'redirect', withIssuer: true });
  await flow.call('settings.write', { issParameter: false });
  assert.partialDeepStrictEqual(await flow.approve(), { kind: 'redirect', withIssuer: false });
  assert.partialDeepStrictEqual(await flow.begin({ prompt: 'none' }), { kind: 'redirect', withIssuer: false });
});
