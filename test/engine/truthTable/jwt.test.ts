import assert from 'node:assert/strict';
import { createHash, X509Certificate } from 'node:crypto';
import { type TestContext, test } from 'node:test';
import { createLocalJWKSet, decodeJwt, decodeProtectedHeader, type JSONWebKeySet, jwtVerify } from 'jose';
import type { TokenFormat } from '../../../preload/contract/tokenFormat.ts';
import { startMs } from '../../helpers/engine.ts';
import { createGatewayShop, outcomeOf, resource, whyOf } from '../../helpers/gateway.ts';

const cc = { grant_type: 'client_credentials' };
const issuer = 'https://localhost:8243/oauth2/token';

/** The world of the truth table with keys that issue JWTs, and an API that every application may call. */
async function openShop(t: TestContext, tokenFormat: TokenFormat) {
  const shop = await createGatewayShop();
  t.after(() => shop.close());
  await shop.call('keys.update', { ...shop.production, tokenFormat });
  await shop.insertApi({ open: true, resources: [resource('/*'), resource('/a', { scopes: ['a'] })] });
  await shop.call('scopes.update', { name: 'a', roles: ['reader'] });
  const published = (): JSONWebKeySet => JSON.parse(JSON.stringify({ keys: shop.signer.keys() }));
  return {
    ...shop,
    call900: (token: string, path = '/x') => outcomeOf(shop.send({ target: `/orders/1.0.0${path}`, token })),
    /** Verifies as a resource server does that knows the published keys only. */
    verify: async (token: string, seconds = 0) => {
      const currentDate = new Date(startMs + seconds * 1000);
      return (await jwtVerify(token, createLocalJWKSet(published()), { issuer, currentDate })).payload;
    },
  };
}

/** JWT reference 7: thumbprint, or base64url of a digest in hexadecimal digits. */
const kidForms = {
  apim26: /^[\w-]{54}$/,
  apim32: /^[\w-]{86}_RS256$/,
  apim42: /^[\w-]{86}_RS256$/,
  rfc9068: /^[\w-]{43}$/,
} as const;

const withoutIds = ({ jti: _jti, iat: _iat, exp: _exp, nbf: _nbf, ...claims }: Readonly<Record<string, unknown>>) =>
  claims;

test('48 and A59 apim26, client credentials twice: two JWTs, and the first becomes EXPIRED', async (t) => {
  const shop = await openShop(t, 'apim26');
  const first = await shop.token(cc);
  shop.moveTo(1);
  const next = await shop.token(cc);
  assert.deepEqual([first.expiresInSeconds, next.expiresInSeconds], [3600, 3600]);
  const [before, after] = [await shop.verify(first.accessToken), await shop.verify(next.accessToken)];
  assert.deepEqual(withoutIds(before), withoutIds(after));
  assert.notEqual(before.jti, after.jti);
  assert.deepEqual([shop.stateOf(first), shop.stateOf(next)], ['EXPIRED/uuid', 'ACTIVE/NONE']);
  assert.equal(next.reason.rule, 'issued_new_jwt');
  assert.deepEqual(shop.rulesOf(first), ['issued_first', 'retired_renewed']);
  assert.equal(shop.introspect(first.accessToken).active, false);
  assert.equal(shop.introspect(next.accessToken).active, true);
});

for (const format of ['apim32', 'apim42'] as const) {
  test(`48 and A60 ${format}, client credentials twice: two JWTs, and the first becomes REVOKED`, async (t) => {
    const shop = await openShop(t, format);
    const first = await shop.token(cc);
    const next = await shop.token(cc);
    assert.notEqual(next.accessToken, first.accessToken);
    assert.deepEqual([shop.stateOf(first), shop.stateOf(next)], ['REVOKED/uuid', 'ACTIVE/NONE']);
    assert.deepEqual(
      [shop.introspect(first.accessToken).active, shop.introspect(next.accessToken).active],
      [false, true],
    );
    assert.ok(await shop.verify(first.accessToken));
  });
}

test('41 and A61 apim42, password twice: two JWTs with the same refresh token', async (t) => {
  const shop = await openShop(t, 'apim42');
  const first = await shop.token(shop.bob);
  const next = await shop.token(shop.bob);
  assert.notEqual(next.accessToken, first.accessToken);
  assert.equal(next.refreshToken, first.refreshToken);
  assert.equal(next.reason.refreshTokenKept, true);
  assert.equal(shop.stateOf(first), 'REVOKED/uuid');
  const refreshed = await shop.token({ grant_type: 'refresh_token', refresh_token: first.refreshToken ?? '' });
  assert.equal((await shop.verify(refreshed.accessToken)).sub, 'bob@carbon.super');
  assert.equal(shop.stateOf(next), 'INACTIVE/uuid');
});

for (const format of ['apim26', 'apim32', 'apim42', 'rfc9068'] as const) {
  test(`A62 ${format}: a revoked JWT gets 900901, and its signature still verifies until exp`, async (t) => {
    const shop = await openShop(t, format);
    const token = await shop.token(shop.bob);
    assert.equal(shop.call900(token.accessToken), 'admitted');
    await shop.revoke({ token: token.accessToken });
    assert.equal(shop.call900(token.accessToken), '900901');
    assert.equal(shop.introspect(token.accessToken).active, false);
    const { exp = 0 } = await shop.verify(token.accessToken);
    assert.equal(exp, startMs / 1000 + 3600);
    await assert.rejects(shop.verify(token.accessToken, 3600), { code: 'ERR_JWT_EXPIRED' });
  });
}

test('A63 a JWT with a changed payload is unknown', async (t) => {
  const shop = await openShop(t, 'apim32');
  const { accessToken } = await shop.token(shop.bob);
  const [header = '', payload = '', signature = ''] = accessToken.split('.');
  const claims = { ...decodeJwt(accessToken), scope: 'a' };
  const forged = `${header}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.${signature}`;
  for (const value of [forged, `${header}.${payload}.${signature.slice(0, -2)}AA`, `${header}.${payload}.`]) {
    assert.equal(shop.call900(value), '900901');
    assert.equal(shop.introspect(value).active, false);
  }
  assert.equal(whyOf(shop.send({ token: forged })), 'Never issued here.');
  // The id alone is no token either.
  assert.equal(shop.call900(`${decodeJwt(accessToken).jti}`), '900901');
});

test('A64 another JWT that is signed by the same key is no access token', async (t) => {
  const shop = await openShop(t, 'apim42');
  const { accessToken } = await shop.token(shop.bob);
  const claims = decodeJwt(accessToken);
  const other = shop.signer.sign('RS256', {}, { ...claims, nonce: 'n' });
  assert.ok(await shop.verify(other));
  assert.equal(shop.call900(other), '900901');
});

test('A64 an ID token is no access token: 900901, and 900905 in 4.x with enforceTypeHeaderValidation', async (t) => {
  for (const format of ['opaque', 'apim42'] as const) {
    const shop = await openShop(t, format);
    const { idToken = '', accessToken } = await shop.token({ ...shop.bob, scope: 'openid' });
    const codes = [];
    for (const gatewayProfile of ['2.6', '3.2', '4.x'] as const) {
      for (const enforceTypeHeaderValidation of [false, true]) {
        await shop.call('settings.write', { gatewayProfile, enforceTypeHeaderValidation });
        codes.push(shop.call900(idToken));
        assert.equal(
          whyOf(shop.send({ target: '/orders/1.0.0/x', token: idToken })),
          'It is an ID token, not an access token.',
        );
        assert.equal(shop.call900(accessToken), 'admitted');
      }
    }
    assert.deepEqual(codes, ['900901', '900901', '900901', '900901', '900901', '900905']);
    assert.equal(shop.call900(`${idToken}A`), '900901');
    assert.equal(shop.introspect(idToken).active, false);
  }
});

test('44 the JWT of a deleted user is refused here, and its signature still verifies', async (t) => {
  const shop = await openShop(t, 'apim26');
  const { accessToken } = await shop.token(shop.bob);
  await shop.call('users.delete', { user: 'bob' });
  assert.equal(shop.call900(accessToken), '900901');
  assert.ok(await shop.verify(accessToken));
});

test('45 a role is lost: the JWT keeps its scope at the resource, and the next JWT lacks it', async (t) => {
  const shop = await openShop(t, 'apim32');
  const token = await shop.token({ ...shop.bob, scope: 'a' });
  assert.equal(shop.call900(token.accessToken, '/a'), 'admitted');
  await shop.call('users.setRoles', { user: 'bob', roles: ['writer'] });
  assert.equal(shop.call900(token.accessToken, '/a'), 'admitted');
  const next = await shop.token({ ...shop.bob, scope: 'a' });
  assert.equal((await shop.verify(next.accessToken)).scope, 'default');
  assert.equal(shop.call900(next.accessToken, '/a'), '900910');
});

test('rfc9068 obeys the issue behaviour, and reuseJwts makes the others do so', async (t) => {
  for (const format of ['rfc9068', 'apim26', 'apim42'] as const) {
    const shop = await openShop(t, format);
    await shop.call('settings.write', { reuseJwts: format !== 'rfc9068' });
    const first = await shop.token(shop.bob);
    shop.moveTo(10);
    const again = await shop.token(shop.bob);
    assert.equal(again.accessToken, first.accessToken);
    assert.equal(again.expiresInSeconds, 3590);
    await shop.call('keys.update', { ...shop.production, issueBehaviour: 'multiple' });
    const other = await shop.token(shop.bob);
    assert.equal(shop.stateOf(first), 'ACTIVE/NONE');
    assert.equal(shop.rowOf(other).bindingRef === 'NONE', false);
    const { binding_type: binding } = decodeJwt(other.accessToken);
    assert.equal(binding, format === 'apim42' ? 'request' : undefined);
  }
});

test('a changed format gives a new token, and revokes the previous one', async (t) => {
  const shop = await openShop(t, 'rfc9068');
  const jwt = await shop.token(shop.bob);
  await shop.call('keys.update', { ...shop.production, tokenFormat: 'opaque' });
  const opaque = await shop.token(shop.bob);
  assert.equal(opaque.accessToken.length, 28);
  assert.equal(opaque.reason.rule, 'issued_format_changed');
  assert.deepEqual([shop.stateOf(jwt), shop.stateOf(opaque)], ['REVOKED/uuid', 'ACTIVE/NONE']);
  assert.deepEqual(shop.rulesOf(jwt), ['issued_first', 'retired_format_changed']);
});

test('each format has its header and claims (JWT reference 10.1)', async (t) => {
  const seconds = startMs / 1000;
  for (const [format, header, names] of [
    [
      'apim26',
      { typ: 'JWT', alg: 'RS256' },
      'aud sub application scope iss tierInfo keytype subscribedAPIs consumerKey exp iat jti',
    ],
    ['apim32', { alg: 'RS256' }, 'sub aut aud nbf azp scope iss exp iat jti'],
    ['apim42', { typ: 'at+jwt', alg: 'RS256' }, 'sub aut aud nbf azp scope iss exp iat jti client_id'],
    ['rfc9068', { typ: 'at+jwt', alg: 'ES256' }, 'iss sub aud client_id exp iat jti scope'],
  ] as const) {
    const shop = await openShop(t, format);
    const api = await shop.insertApi({ name: 'closed', context: '/closed' });
    await shop.subscribe(api, { tier: 'Gold' });
    const { accessToken } = await shop.token({ ...shop.bob, scope: 'b a' });
    const { kid = '', ...rest } = decodeProtectedHeader(accessToken);
    assert.deepEqual(rest, header);
    assert.match(kid, kidForms[format]);
    assert.equal(shop.signer.keys().filter((key) => key.kid === kid).length, 1);
    const claims = await shop.verify(accessToken);
    assert.equal(Object.keys(claims).join(' '), names);
    const { id } = shop.client;
    assert.partialDeepStrictEqual(claims, {
      ...{ iss: issuer, iat: seconds, exp: seconds + 3600, scope: 'a b', sub: 'bob@carbon.super' },
      ...(format === 'apim26' && {
        ...{ aud: 'http://org.wso2.apimgt/gateway', keytype: 'PRODUCTION', consumerKey: id },
        application: { owner: 'admin', tier: 'Unlimited', name: 'Shop', id: shop.shopId, uuid: null },
        subscribedAPIs: [
          {
            ...{ subscriberTenantDomain: 'carbon.super', name: 'closed', context: '/closed/1.0.0' },
            ...{ publisher: 'admin', version: '1.0.0', subscriptionTier: 'Gold' },
          },
        ],
        tierInfo: { Gold: { stopOnQuotaReach: true, spikeArrestLimit: 0, spikeArrestUnit: null } },
      }),
      ...((format === 'apim32' || format === 'apim42') && { aud: id, azp: id, aut: 'APPLICATION_USER', nbf: seconds }),
      ...(format === 'rfc9068' && { aud: 'https://localhost:8243', client_id: id }),
    });
    assert.match(String(claims.jti), /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    const ofApplication = decodeJwt((await shop.token(cc)).accessToken);
    assert.equal(ofApplication.sub, format === 'rfc9068' ? id : 'admin@carbon.super');
  }
});

test('with jwtHeader exact, headers have the members of their version in its order', async (t) => {
  const rows = [
    ['apim26', 'typ alg x5t', 'x5t kid alg'],
    ['apim32', 'x5t kid alg', 'x5t kid alg'],
    ['apim42', 'x5t kid typ alg', 'x5t kid alg'],
    ['rfc9068', 'typ alg kid', 'alg kid'],
  ] as const;
  for (const [format, ofAccessToken, ofIdToken] of rows) {
    const shop = await openShop(t, format);
    await shop.call('settings.write', { jwtHeader: 'exact', rfc9068Algorithm: 'RS256' });
    const { accessToken, idToken = '' } = await shop.token({ ...shop.bob, scope: 'openid' });
    const [header, ofId] = [decodeProtectedHeader(accessToken), decodeProtectedHeader(idToken)];
    assert.deepEqual([Object.keys(header).join(' '), Object.keys(ofId).join(' ')], [ofAccessToken, ofIdToken]);
    const { key, signatureGood } = await shop.call('tokens.decode', { token: accessToken });
    assert.equal(signatureGood, true);
    const certificate = new X509Certificate(shop.signer.current('RS256', 0).certificatePem);
    const textOf = (digest: string) =>
      Buffer.from(createHash(digest).update(certificate.raw).digest('hex')).toString('base64url');
    const [sha1, sha256] = [textOf('sha1'), textOf('sha256')];
    assert.deepEqual(key?.otherKids, [sha1, `${sha256}_RS256`]);
    if (format === 'apim26') {
      assert.deepEqual([header.x5t, header.x5t?.length], [`${sha1}==`, 56]);
      assert.deepEqual([ofId.x5t, ofId.kid], [sha1, sha1]);
      await assert.rejects(shop.verify(accessToken), { code: 'ERR_JWKS_MULTIPLE_MATCHING_KEYS' });
    } else {
      assert.ok(await shop.verify(accessToken));
      if (format === 'rfc9068') assert.deepEqual([header.kid, ofId.kid], [key?.kid, key?.kid]);
      else assert.deepEqual([header.x5t, header.kid, ofId.kid], [sha256, `${sha256}_RS256`, header.kid]);
    }
    assert.ok(await shop.verify(idToken));
    assert.equal(shop.call900(accessToken), 'admitted');
    await shop.call('signingKeys.rotate', { algorithm: 'RS256' });
    assert.equal((await shop.call('tokens.decode', { token: accessToken })).signatureGood, true);
    assert.ok(await shop.verify(idToken), 'the retired key is published under each of its names');
  }
});

test('with subForm userId, JWTs of apim42 and rfc9068 and all ID tokens name a user by its UUID', async (t) => {
  for (const format of ['opaque', 'apim26', 'apim32', 'apim42', 'rfc9068'] as const) {
    const shop = await openShop(t, format);
    await shop.call('settings.write', { subForm: 'userId' });
    const { items } = await shop.call('users.list', {});
    const [bob, admin] = ['bob', 'admin'].map((name) => items.find(({ username }) => username === name)?.uuid);
    const token = await shop.token({ ...shop.bob, scope: 'openid' });
    assert.equal(decodeJwt(token.idToken ?? '').sub, bob);
    assert.equal(shop.engine.oauth.userinfo(token.accessToken).claims.sub, bob);
    if (format === 'opaque') continue;
    const subjects = [token, await shop.token(cc)].map(({ accessToken }) => decodeJwt(accessToken).sub);
    const names = ['bob@carbon.super', 'admin@carbon.super'];
    const expected = { apim26: names, apim32: names, apim42: [bob, admin], rfc9068: [bob, shop.client.id] };
    assert.deepEqual(subjects, expected[format], format);
  }
});

test('a JWT that never expires has a far exp (JWT reference 10.2)', async (t) => {
  for (const [format, exp] of [
    ['apim26', startMs / 1000 + 2_147_483_647],
    ['apim32', 253_402_300_799],
    ['rfc9068', 253_402_300_799],
  ] as const) {
    const shop = await openShop(t, format);
    const { accessToken, expiresInSeconds } = await shop.token({ ...cc, validity_period: '-1' });
    assert.equal(expiresInSeconds, null);
    assert.equal((await shop.verify(accessToken)).exp, exp);
  }
});

test('A65 the key is rotated: an old JWT verifies while the old key is published, until the last one expires', async (t) => {
  for (const [format, algorithm] of [
    ['apim26', 'RS256'],
    ['apim42', 'RS256'],
    ['rfc9068', 'ES256'],
  ] as const) {
    const shop = await openShop(t, format);
    const old = await shop.token(shop.bob);
    const created = await shop.call('signingKeys.rotate', { algorithm });
    assert.deepEqual([created.algorithm, created.state, created.published], [algorithm, 'signing', true]);
    assert.deepEqual(shop.sent.at(-1), { name: 'signingKeys.changed', data: {} });
    const next = await shop.token({ ...shop.bob, scope: 'b' });
    const kidOf = ({ accessToken }: { readonly accessToken: string }) => decodeProtectedHeader(accessToken).kid ?? '';
    assert.ok([created.kid, ...created.otherKids].includes(kidOf(next)));
    assert.ok(![created.kid, ...created.otherKids].includes(kidOf(old)));
    assert.ok(await shop.verify(next.accessToken));
    assert.ok(await shop.verify(old.accessToken));
    assert.equal(shop.call900(old.accessToken), 'admitted');

    const { items } = await shop.call('signingKeys.list', {});
    const retired = items.find(({ kid, otherKids }) => [kid, ...otherKids].includes(kidOf(old)));
    assert.partialDeepStrictEqual(retired, { state: 'retired', published: true });
    assert.equal(retired?.publishedUntilMs, startMs + 3_600_000);
    assert.equal(items.indexOf(items.find(({ kid }) => kid === created.kid) ?? created), 0);
    const publishes = () => shop.signer.keys().some(({ kid }) => kid === retired?.kid);
    shop.moveTo(3599);
    assert.equal(publishes(), true);
    shop.moveTo(3600);
    assert.equal(publishes(), false);
    await assert.rejects(shop.verify(old.accessToken, 3599), { code: 'ERR_JWKS_NO_MATCHING_KEY' });
  }
});

test('a key without live JWTs is not published after its rotation', async (t) => {
  const shop = await openShop(t, 'rfc9068');
  const [before] = shop.signer.keys().filter(({ alg }) => alg === 'RS256');
  await shop.call('signingKeys.rotate', { algorithm: 'RS256' });
  const keys = shop.signer.keys();
  assert.deepEqual([...new Set(keys.map(({ alg }) => alg))].sort(), ['ES256', 'RS256']);
  assert.ok(!keys.some(({ kid }) => kid === before?.kid));
});

test('48 with hashes only: a new JWT each time, with the state of its era and a new refresh token', async (t) => {
  for (const [format, state] of [
    ['apim26', 'EXPIRED/uuid'],
    ['apim42', 'REVOKED/uuid'],
    ['rfc9068', 'INACTIVE/uuid'],
  ] as const) {
    const shop = await openShop(t, format);
    await shop.call('settings.write', { tokenPersistence: 'hashed' });
    const first = await shop.token(shop.bob);
    const next = await shop.token(shop.bob);
    assert.equal(shop.stateOf(first), state);
    assert.notEqual(next.refreshToken, first.refreshToken);
    assert.equal(shop.call900(next.accessToken), 'admitted');
    assert.equal(shop.call900(first.accessToken), '900901');
  }
});
