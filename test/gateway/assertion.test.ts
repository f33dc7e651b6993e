import assert from 'node:assert/strict';
import { createPublicKey, verify } from 'node:crypto';
import { test } from 'node:test';
import { createLocalJWKSet, type JSONWebKeySet, jwtVerify } from 'jose';
import type { Profile } from '../../main/gateway/faults/fault.ts';
import { openServingApp } from '../helpers/app.ts';
import { ask, basic, formType, request } from '../listener/wire.ts';

const decoded = (part = ''): Record<string, unknown> => JSON.parse(Buffer.from(part, 'base64').toString());
/** A claim of WSO2's dialect. */
const claim = (claims: Record<string, unknown>, name: string) => claims[`http://wso2.org/claims/${name}`];

test('backends get a JWT about the caller, as each profile writes it (gateway reference 11)', async (t) => {
  const served = await openServingApp();
  t.after(served.close);
  const { app, consumerKey, consumerSecret, status } = served;
  const http = { port: status.httpPort ?? 0 };
  const credentials = { Authorization: basic(consumerKey, consumerSecret), 'Content-Type': formType };
  const form = 'grant_type=password&username=tester&password=s3cret';
  const { access_token: token } = JSON.parse(
    (await ask(http, request('POST /token HTTP/1.1', credentials, form))).body,
  );
  const sent = { Authorization: `Bearer ${token}`, 'X-JWT-Assertion': 'forged' };
  /** The JWT that the echo got as a backend. */
  const assertion = async (): Promise<string | undefined> => {
    const reply = await ask(http, request('GET /echo/1.0/a HTTP/1.1', sent));
    return JSON.parse(reply.body).request.headers['X-JWT-Assertion'];
  };
  const withSettings = async (gatewayProfile: Profile, backendJwt: 'off' | 'RS256' | 'none') => {
    await app.call('settings.write', { gatewayProfile, backendJwt });
    return (await assertion()) ?? '';
  };

  assert.equal(await assertion(), undefined);
  const keys: JSONWebKeySet = JSON.parse((await ask(http, request('GET /jwks HTTP/1.1', {}))).body);
  const rsa = keys.keys.find(({ alg }) => alg === 'RS256') ?? {};
  const publicKey = createPublicKey({ key: rsa, format: 'jwk' });

  for (const [profile, alphabet] of [
    ['2.6', /^[\w+/]+={0,2}$/],
    ['3.2', /^[\w-]+={0,2}$/],
    ['4.x', /^[\w-]+$/],
  ] as const) {
    await t.test(`signed in ${profile}`, async () => {
      const jwt = await withSettings(profile, 'RS256');
      const [header = '', body = '', signature = ''] = jwt.split('.');
      for (const part of [header, body, signature]) assert.match(part, alphabet);
      if (profile !== '4.x') assert.ok([header, body, signature].every((part) => part.length % 4 === 0));
      const bytes = Buffer.from(signature, 'base64');
      assert.ok(verify('RSA-SHA256', Buffer.from(`${header}.${body}`), publicKey, bytes));
      const { typ, alg, x5t, kid } = decoded(header);
      assert.deepEqual([typ, alg, kid], ['JWT', 'RS256', profile === '4.x' ? rsa.kid : undefined]);
      assert.match(Buffer.from(String(x5t), 'base64').toString(), /^[0-9a-f]{40}$/);
      const claims = decoded(body);
      assert.equal(claims.iss, 'wso2.org/products/am');
      assert.equal(claims.iat === undefined, profile === '2.6');
      if (profile !== '2.6') assert.equal(Number(claims.exp) - Number(claims.iat), profile === '3.2' ? 960 : 900);
      const names = ['subscriber', 'applicationname', 'apicontext', 'version', 'keytype', 'usertype', 'enduser'];
      assert.deepEqual(
        names.map((name) => claim(claims, name)),
        [
          ...['admin', 'Shop', '/echo/1.0', '1.0', 'PRODUCTION'],
          ...[profile === '4.x' ? 'Application_User' : 'APPLICATION_USER', 'tester@carbon.super'],
        ],
      );
      assert.equal(claim(claims, 'enduserTenantId'), '-1234');
    });
  }
  await t.test('one of 4.x verifies with a foreign library', async () => {
    const { payload } = await jwtVerify(await withSettings('4.x', 'RS256'), createLocalJWKSet(keys));
    assert.equal(payload.sub, 'tester@carbon.super');
  });
  await t.test('one signed before a rotation verifies by the published keys', async () => {
    const before = await withSettings('4.x', 'RS256');
    await app.call('signingKeys.rotate', { algorithm: 'RS256' });
    const published: JSONWebKeySet = JSON.parse((await ask(http, request('GET /jwks HTTP/1.1', {}))).body);
    // Each key is published under several names.
    assert.equal(new Set(published.keys.flatMap(({ alg, n }) => (alg === 'RS256' ? [n] : []))).size, 2);
    assert.ok(await jwtVerify(before, createLocalJWKSet(published)));
  });
  await t.test('unsigned, with an empty signature', async () => {
    const jwt = await withSettings('2.6', 'none');
    assert.ok(jwt.endsWith('.'));
    assert.deepEqual(decoded(jwt.split('.')[0]), { typ: 'JWT', alg: 'none' });
  });
  await t.test('the same one until it expires', async () => {
    const first = await withSettings('4.x', 'RS256');
    assert.equal(await assertion(), first);
    served.advanceSeconds(900);
    assert.notEqual(await assertion(), first);
  });
});
