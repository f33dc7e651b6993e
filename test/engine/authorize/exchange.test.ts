import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeJwt } from 'jose';
import { refused, startMs } from '../../helpers/engine.ts';
import { challenge, loopbackCallback, openFlow, verifier } from './flow.ts';

const used = 'Inactive authorization code received from token request';
const dead = 'Expired or Revoked authorization code received from token request';
const unknown = 'Invalid authorization code received from token request';
const withS256 = { code_challenge: challenge, code_challenge_method: 'S256' };

test('A32 A33 A34 a code works once; a replay revokes what it gave', async (t) => {
  const flow = await openFlow(t);
  const code = await flow.code({ ...withS256, scope: 'a c', nonce: 'n' });
  const token = await flow.exchange(code, { code_verifier: verifier });
  assert.deepEqual([token.scope, token.expiresInSeconds], ['a', 3600]);
  assert.equal(flow.rowOf(token).grantType, 'authorization_code');
  const { sessionId = '', ...signIn } = token.signIn ?? {};
  assert.match(sessionId, /^[0-9a-f-]{36}$/);
  assert.deepEqual(signIn, { nonce: 'n', authTimeSeconds: 1_800_000_000, code });
  for (const state of ['A33', 'A34']) {
    await assert.rejects(
      flow.exchange(code, { code_verifier: verifier }),
      refused(400, 'invalid_grant', used, 'code_used'),
      state,
    );
    assert.equal(flow.stateOf(token), 'REVOKED/uuid');
  }
  assert.equal(flow.rulesOf(token).at(-1), 'retired_code_replayed');
  const refresh = { grant_type: 'refresh_token', refresh_token: token.refreshToken ?? '' };
  await assert.rejects(flow.token(refresh), { message: 'Invalid refresh token state' });
  assert.equal(flow.decisions.newest(10, true).filter(({ reason }) => reason.cause === 'code_used').length, 2);
});

test('A33 with replayRevokes off keeps the token', async (t) => {
  const flow = await openFlow(t, { replayRevokes: false });
  const code = await flow.code();
  const token = await flow.exchange(code);
  await assert.rejects(flow.exchange(code), refused(400, 'invalid_grant', used));
  assert.equal(flow.stateOf(token), 'ACTIVE/NONE');
});

const verifierRows = [
  ['A35', { code_verifier: `${verifier}x` }, 'PKCE validation failed'],
  [
    'A37',
    {},
    'Empty PKCE code_verifier sent. This authorization code requires a PKCE verification to obtain an access token.',
  ],
  ['A38', { code_verifier: 'x'.repeat(42) }, 'Code verifier used is not up to RFC 7636 specifications.'],
  ['A40', { code_verifier: verifier, redirect_uri: 'https://app.test/other' }, 'Callback url mismatch'],
] as const;

for (const [row, form, text] of verifierRows) {
  test(`${row} A36 a wrong exchange burns the code`, async (t) => {
    const flow = await openFlow(t);
    const code = await flow.code(withS256);
    await assert.rejects(flow.exchange(code, form), refused(400, 'invalid_grant', text));
    await assert.rejects(
      flow.exchange(code, { code_verifier: verifier }),
      refused(400, 'invalid_grant', dead, 'code_dead'),
    );
    assert.equal(flow.store.authorizationCodes.byValue(code)?.state, 'REVOKED');
  });
}

test('A39 a verifier without a challenge is refused, or ignored with verifierWithoutChallenge', async (t) => {
  const flow = await openFlow(t);
  const text = 'The authorization request had no code_challenge, so no code_verifier is accepted.';
  await assert.rejects(
    flow.exchange(await flow.code(), { code_verifier: verifier }),
    refused(400, 'invalid_grant', text, 'pkce_failed'),
  );
  await flow.call('settings.write', { verifierWithoutChallenge: 'ignore' });
  assert.equal((await flow.exchange(await flow.code(), { code_verifier: verifier })).scope, 'default');
});

test('A41 A42 A43 a code survives a missing redirect URI, another client and a wrong secret', async (t) => {
  const flow = await openFlow(t);
  const code = await flow.code();
  await assert.rejects(
    flow.exchange(code, { redirect_uri: '' }),
    refused(400, 'invalid_request', 'Missing parameters: redirect_uri'),
  );
  await assert.rejects(
    flow.exchange(code, {}, flow.p),
    refused(400, 'invalid_grant', unknown, 'code_of_another_client'),
  );
  await assert.rejects(flow.exchange(code, {}, { ...flow.k, secret: 'wrong' }), { status: 401 });
  await assert.rejects(flow.exchange('x'), refused(400, 'invalid_grant', unknown, 'code_unknown'));
  const changed = `${code.slice(0, -1)}${code.endsWith('A') ? 'Q' : 'A'}`;
  await assert.rejects(flow.exchange(changed), refused(400, 'invalid_grant', unknown, 'code_unknown'));
  assert.equal((await flow.exchange(code)).scope, 'default');
  assert.equal(flow.store.authorizationCodes.byValue(code)?.state, 'INACTIVE');
});

test('a tester gets a code that has expired, and its refusal says so each time', async (t) => {
  const flow = await openFlow(t, { skewSeconds: 100 });
  const { code = '' } = flow.redirectOf(await flow.approve({}, 'approveExpired')) as { readonly code?: string };
  for (const seconds of [0, -50, 50]) {
    flow.moveTo(seconds);
    await assert.rejects(flow.exchange(code), refused(400, 'invalid_grant', dead, 'code_expired_on_purpose'));
  }
  await flow.call('settings.write', { extraNames: ['phone.test'] });
  const asked = await flow.approve({}, 'approveExpired');
  assert.equal(asked.kind, 'consent', 'only while no other machine can reach the endpoint');
  assert.ok(asked.kind === 'consent');
  assert.equal(flow.authorization.consentView(asked.request, flow.signIn())?.offersExpiredCode, false);
});

test('A44 a code expires with a second left of its 300 s', async (t) => {
  const flow = await openFlow(t);
  const code = await flow.code();
  const later = await flow.code();
  flow.moveTo(298.9);
  assert.equal((await flow.exchange(code)).scope, 'default');
  flow.moveTo(299.5);
  await assert.rejects(flow.exchange(later), refused(400, 'invalid_grant', dead, 'code_dead'));
  assert.equal(flow.store.authorizationCodes.byValue(later)?.state, 'EXPIRED');
});

test('A45 A46 a public client needs no secret, a confidential one does', async (t) => {
  const flow = await openFlow(t);
  const form = { redirect_uri: loopbackCallback, code_verifier: verifier };
  const token = await flow.exchange(await flow.code(flow.ofPublic), form, flow.asPublic);
  const refresh = { grant_type: 'refresh_token', refresh_token: token.refreshToken ?? '' };
  const refreshed = await flow.token(refresh, flow.asPublic);
  const failed = refused(401, 'invalid_client', 'Client Authentication failed.', 'no_credentials');
  assert.throws(() => flow.introspect(refreshed.accessToken, flow.asPublic), failed);
  await flow.revoke({ token: refreshed.accessToken }, flow.asPublic);
  assert.equal(flow.stateOf(refreshed), 'REVOKED/uuid');
  await flow.call('keys.update', { ...flow.sandbox, grantTypes: ['client_credentials'] });
  await assert.rejects(flow.token({ grant_type: 'client_credentials' }, flow.asPublic), failed);

  const code = await flow.code();
  await assert.rejects(flow.exchange(code, {}, { body: { id: flow.k.id, secret: undefined } }), failed);
  assert.equal(flow.store.authorizationCodes.byValue(code)?.state, 'ACTIVE');
});

test('a public client without a verifier is refused with its own text', async (t) => {
  const flow = await openFlow(t);
  await assert.rejects(
    flow.exchange(await flow.code(flow.ofPublic), { redirect_uri: loopbackCallback }, flow.asPublic),
    refused(400, 'invalid_grant', 'No PKCE code verifier found.PKCE is mandatory for this oAuth 2.0 application.'),
  );
});

test('plain challenges work where the key set allows them, until it no longer does', async (t) => {
  const flow = await openFlow(t);
  await flow.call('keys.update', { ...flow.production, pkcePlain: true });
  const plain = { code_challenge: verifier };
  assert.equal((await flow.exchange(await flow.code(plain), { code_verifier: verifier })).scope, 'default');
  const code = await flow.code({ ...plain, code_challenge_method: 'plain' });
  await flow.call('keys.update', { ...flow.production, pkcePlain: false });
  const text = "This application does not allow 'plain' transformation algorithm.";
  await assert.rejects(flow.exchange(code, { code_verifier: verifier }), refused(400, 'invalid_grant', text));
});

test('A47 of two exchanges at once exactly one succeeds', async (t) => {
  const flow = await openFlow(t, { replayRevokes: false });
  const code = await flow.code();
  const both = await Promise.allSettled([flow.exchange(code), flow.exchange(code), flow.exchange(code)]);
  assert.deepEqual(both.map(({ status }) => status).sort(), ['fulfilled', 'rejected', 'rejected']);
});

test('A48 A49 row 41 a code gives the live token of the password grant, and its replay kills that', async (t) => {
  const flow = await openFlow(t);
  const a1 = await flow.token({ grant_type: 'password', username: 'bob', password: 'bob-secret', scope: 'a' });
  flow.moveTo(10);
  const code = await flow.code({ scope: 'a' });
  const again = await flow.exchange(code);
  assert.deepEqual([again.accessToken, again.refreshToken], [a1.accessToken, a1.refreshToken]);
  assert.equal(again.expiresInSeconds, 3590);
  assert.equal(flow.rowOf(a1).grantType, 'password');
  await assert.rejects(flow.exchange(code), { message: used });
  assert.equal(flow.stateOf(a1), 'REVOKED/uuid');
});

test('row 44 pending codes die with their user, password and secret', async (t) => {
  const flow = await openFlow(t);
  const changes = [
    () => flow.call('users.setPassword', { user: 'bob', password: 'bob-secret' }),
    () => flow.call('users.disable', { user: 'bob' }).then(() => flow.call('users.enable', { user: 'bob' })),
  ];
  for (const change of changes) {
    const code = await flow.code();
    await change();
    await assert.rejects(flow.exchange(code), refused(400, 'invalid_grant', dead, 'code_dead'));
  }
  const code = await flow.code();
  const { consumerSecret } = await flow.call('keys.regenerateSecret', flow.production);
  await assert.rejects(flow.exchange(code, {}, { ...flow.k, secret: consumerSecret }), { message: dead });
});

test('row 45 roles count at the exchange, not at the consent', async (t) => {
  const flow = await openFlow(t);
  await flow.call('users.setRoles', { user: 'bob', roles: ['boss'] });
  const code = await flow.code({ scope: 'a c' });
  await flow.call('users.setRoles', { user: 'bob', roles: [] });
  assert.equal((await flow.exchange(code)).scope, 'a');
});

test('codes are stored as digests only, and purged with their application', async (t) => {
  const flow = await openFlow(t);
  await flow.approve({}, 'approveAlways');
  const code = await flow.code({ prompt: 'consent' });
  assert.ok(flow.store.authorizationCodes.byValue(code));
  await flow.call('applications.delete', { application: 'Shop' });
  flow.moveTo(9);
  while (!(await flow.transact(() => flow.engine.purgeDeletedApplications())));
  assert.equal(flow.store.authorizationCodes.byValue(code), undefined);
  assert.deepEqual(flow.store.consents.list(), []);
});

for (const [tokenFormat, state] of [
  ['apim26', 'EXPIRED/uuid'],
  ['apim32', 'REVOKED/uuid'],
  ['apim42', 'REVOKED/uuid'],
] as const) {
  test(`41 A48 A49 ${tokenFormat}: a code gives a new JWT, and the refresh token of the one before`, async (t) => {
    const flow = await openFlow(t);
    await flow.call('keys.update', { ...flow.production, tokenFormat });
    const form = { grant_type: 'password', username: 'bob', password: 'bob-secret', scope: 'openid' };
    const first = await flow.token(form);
    flow.moveTo(100);
    const code = await flow.code({ scope: 'openid' });
    const next = await flow.exchange(code);
    assert.notEqual(next.accessToken, first.accessToken);
    assert.deepEqual([next.refreshToken, next.expiresInSeconds], [first.refreshToken, 3600]);
    assert.equal(next.reason.rule, 'issued_new_jwt');
    assert.deepEqual([flow.stateOf(first), flow.stateOf(next)], [state, 'ACTIVE/NONE']);
    const { sid, auth_time: authTime } = decodeJwt(next.idToken ?? '');
    assert.equal(authTime, startMs / 1000 + 100);
    const refresh = { grant_type: 'refresh_token', refresh_token: next.refreshToken ?? '' };
    const refreshed = await flow.token(refresh);
    assert.partialDeepStrictEqual(decodeJwt(refreshed.idToken ?? ''), { sid, auth_time: authTime });

    const second = await flow.code({ scope: 'openid' });
    const last = await flow.exchange(second);
    assert.deepEqual([last.refreshToken, flow.stateOf(refreshed)], [refreshed.refreshToken, state]);
    await assert.rejects(flow.exchange(second), refused(400, 'invalid_grant', used, 'code_used'));
    assert.equal(flow.stateOf(last), 'REVOKED/uuid');
    await assert.rejects(flow.token({ ...refresh, refresh_token: last.refreshToken ?? '' }), {
      message: /Invalid refresh/,
    });
  });
}
