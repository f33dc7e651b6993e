import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { createLocalJWKSet, jwtVerify } from 'jose';
import { ask, header, request } from '../listener/wire.ts';
import { openShop, passwordForm, type Shop } from './shop.ts';

let shop: Shop;
before(async () => {
  shop = await openShop();
});
after(() => shop.close());

test('serves the public keys at both paths, before any token exists', async () => {
  for (const path of ['/oauth2/jwks', '/jwks']) {
    const reply = await ask(shop.https, request(`GET ${path} HTTP/1.1`, {}));
    assert.equal(reply.status, 200);
    const { keys } = JSON.parse(reply.body);
    const words = keys.map(({ kty, alg, use }: Record<string, string>) => `${kty} ${alg} ${use}`);
    assert.deepEqual([...new Set(words)].sort(), ['EC ES256 sig', 'RSA RS256 sig']);
    // Each under its thumbprint, and its names in 2.x and 4.x.
    assert.deepEqual(
      keys.map(({ kid }: Record<string, string>) => kid?.length).sort((a: number, b: number) => a - b),
      [43, 43, 54, 54, 92, 92],
    );
    for (const key of keys) assert.ok(!('d' in key) && !('p' in key));
    assert.equal((await ask(shop.https, request(`HEAD ${path} HTTP/1.1`, {}))).body, '');
    assert.equal((await ask(shop.https, shop.post(path, ''))).status, 405);
  }
});

test('a JWT of each format is issued, introspected, used at the gateway and revoked over HTTPS', async () => {
  const { port = 0 } = shop.status;
  for (const tokenFormat of ['apim26', 'apim32', 'apim42', 'rfc9068'] as const) {
    await shop.app.call('keys.update', { application: 'Shop', keyType: 'PRODUCTION', tokenFormat });
    const { access_token: token, token_type: type } = JSON.parse(
      (await ask(shop.https, shop.post('/token', passwordForm))).body,
    );
    assert.equal(type, 'Bearer');
    const keys = JSON.parse((await ask(shop.https, request('GET /oauth2/jwks HTTP/1.1', {}))).body);
    const issuer = `https://localhost:${port}/oauth2/token`;
    const { payload } = await jwtVerify(token, createLocalJWKSet(keys), { issuer });
    assert.equal(payload.scope, 'device_ipad');
    const introspect = async () =>
      JSON.parse((await ask(shop.https, shop.post('/oauth2/introspect', `token=${token}`))).body);
    assert.partialDeepStrictEqual(await introspect(), {
      active: true,
      exp: payload.exp,
      username: 'tester@carbon.super',
    });
    const call = () => ask(shop.https, request('GET /echo/1.0/a HTTP/1.1', { Authorization: `Bearer ${token}` }));
    assert.equal((await call()).status, 200);
    const revoked = await ask(shop.https, shop.post('/revoke', `token=${token}`));
    assert.equal(header(revoked, 'RevokedAccessToken'), token);
    assert.deepEqual(await introspect(), { active: false });
    for (const [gatewayProfile, text] of [
      ['2.6', 'Invalid OAuth Credentials'],
      ['4.x', 'Invalid JWT token'],
    ] as const) {
      await shop.app.call('settings.write', { gatewayProfile });
      const refusal = await call();
      assert.equal(refusal.status, 401);
      assert.ok(refusal.body.includes(text), refusal.body);
    }
    await shop.app.call('settings.write', { gatewayProfile: '2.6' });
  }
});

test('a locked vault has dropped the keys, and unlocking brings them back', async () => {
  const { call } = shop.app;
  const { items: before } = await call('signingKeys.list', {});
  await call('vault.lock', {});
  await assert.rejects(call('signingKeys.rotate', { algorithm: 'ES256' }), { code: 'vault_locked' });
  await call('vault.unlock', { passphrase: 'correct horse battery staple' });
  assert.deepEqual((await call('signingKeys.list', {})).items, before);
  const issued = await call('tokens.issue', { application: 'Shop', keyType: 'PRODUCTION' });
  assert.equal((await call('tokens.decode', { token: issued.accessToken })).signatureGood, true);
  assert.ok(!readFileSync(`${shop.folder}/keyfob.db`).includes('PRIVATE KEY'));
});
