import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createLocalJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose';
import { idTokenClaims } from '../../main/engine/oauth/openId/idToken.ts';
import { sha256 } from '../../main/platform/sha256.ts';
import { openWorld, startMs } from '../helpers/engine.ts';
import { openFlow } from './authorize/flow.ts';

const bob = { grant_type: 'password', username: 'bob', password: 'bob-secret' };
const issuer = 'https://localhost:8243/oauth2/token';
const issuedAt = startMs / 1000;

const facts = {
  issuer,
  consumerKey: 'key',
  subject: 'bob@carbon.super',
  accessToken: 'f0e1d2c3-0000-3000-8000-00000000a001',
  issuedAt,
  validitySeconds: 60,
  claims: { email: 'bob@shop.test' },
};

test('an ID token of the code grant has nonce, auth_time, amr and c_hash; hashes are left halves of digests', () => {
  const signIn = { nonce: 'n', authTimeSeconds: issuedAt - 9, code: facts.accessToken };
  const claims = idTokenClaims({ ...facts, signIn }, sha256);
  assert.deepEqual(claims, {
    ...{ iss: issuer, sub: 'bob@carbon.super', aud: ['key'], azp: 'key' },
    ...{ exp: issuedAt + 60, iat: issuedAt, nbf: issuedAt, auth_time: issuedAt - 9, nonce: 'n' },
    ...{ amr: ['BasicAuthenticator'], at_hash: 'WmgzTfmyUW5MUS80cjlQxw', c_hash: 'WmgzTfmyUW5MUS80cjlQxw' },
    email: 'bob@shop.test',
  });
  const { nonce: _, ...withoutNonce } = claims;
  const { nonce: __, ...signInWithoutNonce } = signIn;
  assert.deepEqual(idTokenClaims({ ...facts, signIn: signInWithoutNonce }, sha256), withoutNonce);
});

test('A50, A51, A25 the exchange of a code gives the sign-in, a refresh leaves it out', async (t) => {
  const flow = await openFlow(t);
  const code = await flow.code({ scope: 'openid email', nonce: 'n-1' });
  const token = await flow.exchange(code);
  assert.equal(token.scope, 'email openid');
  const claims = decodeJwt(token.idToken ?? '');
  assert.deepEqual(
    [claims.nonce, claims.auth_time, claims.amr, claims.sub],
    ['n-1', issuedAt, ['BasicAuthenticator'], 'bob@carbon.super'],
  );
  const hashOf = (text: string) => Buffer.from(sha256(text), 'base64url').subarray(0, 16).toString('base64url');
  assert.deepEqual([claims.c_hash, claims.at_hash], [hashOf(code), hashOf(token.accessToken)]);
  const refreshed = await flow.token({ grant_type: 'refresh_token', refresh_token: token.refreshToken ?? '' });
  const next = decodeJwt(refreshed.idToken ?? '');
  assert.deepEqual(
    [next.nonce, next.c_hash, next.sub, next.at_hash],
    [...[undefined, undefined, claims.sub, hashOf(refreshed.accessToken)]],
  );
  assert.deepEqual([next.auth_time, next.sid, next.amr], [claims.auth_time, claims.sid, claims.amr]);
  const plain = await flow.exchange(await flow.code({ scope: 'openid device_x' }));
  assert.equal('nonce' in decodeJwt(plain.idToken ?? ''), false);
  assert.equal((await flow.exchange(await flow.code({ scope: 'device_y' }))).idToken, undefined);
});

test('A51 auth_time and sid are those of the sign-in after any number of refreshes, kept or renewed, and of another code', async (t) => {
  const flow = await openFlow(t);
  const claimsOf = ({ idToken = '' }: { readonly idToken?: string }) => decodeJwt(idToken);
  const first = await flow.exchange(await flow.code({ scope: 'openid' }));
  const { sid } = claimsOf(first);
  assert.match(`${sid}`, /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  let refreshToken = first.refreshToken ?? '';
  for (const renewRefreshToken of [true, true, false, false, true]) {
    await flow.call('settings.write', { renewRefreshToken });
    flow.moveTo(1000);
    const next = await flow.token({ grant_type: 'refresh_token', refresh_token: refreshToken });
    assert.deepEqual([claimsOf(next).auth_time, claimsOf(next).sid], [issuedAt, sid]);
    refreshToken = next.refreshToken ?? '';
  }
  flow.moveTo(2000);
  const second = await flow.exchange(await flow.code({ scope: 'openid' }));
  assert.equal(second.refreshToken, refreshToken, 'the token is reused');
  assert.notEqual(claimsOf(second).sid, sid);
  const next = claimsOf(await flow.token({ grant_type: 'refresh_token', refresh_token: refreshToken }));
  assert.deepEqual([next.auth_time, next.sid], [issuedAt + 2000, claimsOf(second).sid]);
  assert.deepEqual([next.acr, next.amr], [undefined, ['BasicAuthenticator']]);
});

test('idTokenValiditySeconds is the lifetime of new ID tokens, in [1, one year]', async (t) => {
  const world = await openWorld(t, { idTokenValiditySeconds: 60 });
  const { exp, iat = 0 } = decodeJwt((await world.token({ ...bob, scope: 'openid' })).idToken ?? '');
  assert.equal(exp, iat + 60);
  for (const idTokenValiditySeconds of [0, -1, 1.5, 31_536_001]) {
    await assert.rejects(world.call('settings.write', { idTokenValiditySeconds }), { code: 'bad_input' });
  }
});

test('at_hash equals the first 16 bytes of SHA-256 for any token', () => {
  for (let at = 0; at < 200; at += 1) {
    const accessToken = `token ${at}`;
    const expected = Buffer.from(sha256(accessToken), 'base64url').subarray(0, 16).toString('base64url');
    assert.equal(idTokenClaims({ ...facts, accessToken }, sha256).at_hash, expected);
  }
});

test('A52 password: an ID token with empty amr and the claims of its scopes, verified by a published key', async (t) => {
  const world = await openWorld(t);
  const otherClaims = { level: 3, email_verified: true };
  await world.call('users.setClaims', { user: 'bob', givenName: 'Bob', email: 'bob@shop.test', otherClaims });
  const token = await world.token({ ...bob, scope: 'openid email a' });
  assert.equal(token.scope, 'a email openid');
  const idToken = token.idToken ?? '';
  const keys = createLocalJWKSet({ keys: world.signer.keys().map((key) => ({ ...key })) });
  const { payload, protectedHeader } = await jwtVerify(idToken, keys, {
    ...{ issuer, audience: world.client.id, algorithms: ['RS256'], currentDate: new Date(startMs) },
  });
  assert.deepEqual(Object.keys(protectedHeader).sort(), ['alg', 'kid']);
  assert.deepEqual(payload, {
    ...{ iss: issuer, sub: 'bob@carbon.super', aud: [world.client.id], azp: world.client.id },
    ...{ exp: issuedAt + 3600, iat: issuedAt, nbf: issuedAt, amr: [] },
    at_hash: Buffer.from(sha256(token.accessToken), 'base64url').subarray(0, 16).toString('base64url'),
    ...{ email: 'bob@shop.test', email_verified: true },
  });
  const { sub } = world.engine.oauth.userinfo(token.accessToken).claims;
  assert.equal(sub, payload.sub);

  world.moveTo(10);
  const again = await world.token({ ...bob, scope: 'openid email a' });
  assert.equal(again.accessToken, token.accessToken);
  assert.equal(decodeJwt(again.idToken ?? '').iat, issuedAt + 10, 'a reused access token gets a new ID token');
  assert.equal((await world.token({ ...bob, scope: 'a' })).idToken, undefined);
});

test('A51 refresh: an ID token without nonce and c_hash, and none when openid is dropped', async (t) => {
  const world = await openWorld(t);
  const token = await world.token({ ...bob, scope: 'openid profile' });
  const form = { grant_type: 'refresh_token', refresh_token: token.refreshToken ?? '' };
  const refreshed = await world.token(form);
  const claims = decodeJwt(refreshed.idToken ?? '');
  assert.deepEqual(
    ['nonce', 'c_hash', 'auth_time'].filter((name) => name in claims),
    [],
  );
  assert.equal(claims.sub, 'bob@carbon.super');
  assert.equal(decodeProtectedHeader(refreshed.idToken ?? '').alg, 'RS256');
  const next = { grant_type: 'refresh_token', refresh_token: refreshed.refreshToken ?? '', scope: 'profile' };
  assert.equal((await world.token(next)).idToken, undefined);
});

test('A53 client_credentials: no openid, or with the setting the ID token of the owner', async (t) => {
  const world = await openWorld(t);
  const cc = { grant_type: 'client_credentials', scope: 'openid email' };
  const without = await world.token(cc);
  assert.deepEqual([without.scope, without.idToken], ['am_application_scope default', undefined]);
  assert.deepEqual(without.reason.scopesDropped, [
    { scope: 'email', why: 'unknown' },
    { scope: 'openid', why: 'no_id_token' },
  ]);
  await world.call('settings.write', { allowedScopePatterns: ['openid'] });
  const passed = await world.token(cc);
  assert.deepEqual([passed.scope, passed.idToken], ['am_application_scope openid', undefined]);
  await world.call('settings.write', { allowedScopePatterns: [], idTokenForClientCredentials: true });
  const owner = await world.token(cc);
  assert.equal(owner.scope, 'am_application_scope email openid');
  assert.equal(decodeJwt(owner.idToken ?? '').sub, 'admin@carbon.super');
});

test('a JWT access token has its text hashed, and subForm changes sub', async (t) => {
  const world = await openWorld(t, { subForm: 'bare' });
  await world.call('keys.update', { ...world.production, tokenFormat: 'rfc9068' });
  const token = await world.token({ ...bob, scope: 'openid' });
  const { sub, at_hash: hash } = decodeJwt(token.idToken ?? '');
  assert.equal(sub, 'bob');
  assert.equal(hash, Buffer.from(sha256(token.accessToken), 'base64url').subarray(0, 16).toString('base64url'));
});

test('scopes that give claims need openid, unless a scope of that name is defined', async (t) => {
  const world = await openWorld(t);
  assert.equal((await world.token({ ...bob, scope: 'profile email' })).scope, 'default');
  const granted = await world.token({ ...bob, scope: 'openid profile email phone address' });
  assert.equal(granted.scope, 'address email openid phone profile');
  await world.call('scopes.create', { name: 'email', roles: ['boss'] });
  assert.equal((await world.token({ ...bob, scope: 'openid email' })).scope, 'openid');
});
