import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { createLocalJWKSet, type JSONWebKeySet, jwtVerify } from 'jose';
import { metadataPaths } from '../../main/endpoint/routes/metadata.ts';
import { ask, type HeaderLines, header, request } from '../listener/wire.ts';
import { openShop, passwordForm } from './shop.ts';

const shop = await openShop();
after(shop.close);
const port = shop.status.port ?? 0;
const issuer = `https://localhost:${port}/oauth2/token`;

const get = (path: string, headers: HeaderLines = {}, target = shop.https) =>
  ask(target, request(`GET ${path} HTTP/1.1`, { 'Content-Length': undefined, ...headers }));

test('A58 metadata at every address names the same issuer', async () => {
  assert.equal(metadataPaths.length, 7);
  const first = await get('/.well-known/openid-configuration');
  for (const path of metadataPaths) {
    const reply = await get(path);
    assert.deepEqual([reply.status, header(reply, 'Content-Type')], [200, 'application/json'], path);
    assert.equal(reply.body, first.body, path);
    assert.equal(JSON.parse(reply.body).issuer, issuer);
  }
  const head = await ask(shop.https, request('HEAD /.well-known/openid-configuration HTTP/1.1', {}));
  assert.deepEqual([head.status, head.body], [200, '']);
  assert.equal((await ask(shop.https, shop.post('/.well-known/openid-configuration', ''))).status, 405);
});

test('every URL in metadata is served, and no other grant than the listed ones', async () => {
  const data = JSON.parse((await get('/.well-known/openid-configuration')).body);
  const urls = Object.entries<string>(data).filter(([name]) => /_endpoint$|_uri$/.test(name));
  assert.deepEqual(urls.map(([name]) => name).sort(), [
    ...[
      'authorization_endpoint',
      'end_session_endpoint',
      'introspection_endpoint',
      'jwks_uri',
      'revocation_endpoint',
      'token_endpoint',
    ],
    'userinfo_endpoint',
  ]);
  for (const [name, url] of urls) {
    const { pathname, origin } = new URL(url);
    assert.equal(origin, `https://localhost:${port}`);
    const { status } = name === 'jwks_uri' ? await get(pathname) : await ask(shop.https, shop.post(pathname, ''));
    // A browser that is not signed in is signed out at once.
    assert.equal(status, { jwks_uri: 200, end_session_endpoint: 303 }[name] ?? 400, name);
  }
  assert.deepEqual(data.grant_types_supported, [
    'password',
    'client_credentials',
    'refresh_token',
    'authorization_code',
  ]);
  for (const grant of [...data.grant_types_supported, 'implicit']) {
    const { body } = await ask(shop.https, shop.post('/token', `grant_type=${grant}`));
    assert.equal(body.includes('unsupported_grant_type'), !data.grant_types_supported.includes(grant), grant);
  }
  assert.deepEqual(
    [data.response_types_supported, data.code_challenge_methods_supported],
    [['code'], ['S256', 'plain']],
  );
  assert.equal(data.authorization_response_iss_parameter_supported, true);
  assert.deepEqual(data.id_token_signing_alg_values_supported, ['RS256']);
  assert.ok(data.claims_supported.includes('phone_number_verified'));
  await shop.app.call('settings.write', { requestedClaims: 'none', issParameter: false });
  const fewer = JSON.parse((await get('/.well-known/openid-configuration')).body);
  assert.ok(!fewer.claims_supported.includes('email'));
  assert.equal(fewer.authorization_response_iss_parameter_supported, false);
  await shop.app.call('settings.write', { requestedClaims: 'record', issParameter: true });
});

test('URLs have the host name of the client, the issuer stays', async () => {
  for (const [host, base] of [
    [`127.0.0.1:${port}`, `https://127.0.0.1:${port}`],
    [`[::1]:${port}`, `https://[::1]:${port}`],
  ] as const) {
    const reply = await get('/.well-known/openid-configuration', { Host: host });
    const data = JSON.parse(reply.body);
    assert.deepEqual([data.issuer, data.token_endpoint], [issuer, `${base}/oauth2/token`]);
  }
  const plain = JSON.parse((await get('/.well-known/openid-configuration', {}, shop.http)).body);
  assert.equal(plain.token_endpoint, issuer, 'plain HTTP leads to HTTPS');
  const foreign = await get('/.well-known/openid-configuration', { Host: 'evil.example' });
  assert.equal(foreign.status, 421);
});

test('pages may read it', async () => {
  const origin = { Origin: 'http://localhost:3000' };
  const reply = await get('/oauth2/token/.well-known/openid-configuration', origin);
  assert.equal(header(reply, 'Access-Control-Allow-Origin'), origin.Origin);
});

test('the ID token is between scope and token_type, and the published keys verify it', async () => {
  const { body } = await ask(shop.https, shop.post('/token', passwordForm.replace('device_ipad', 'openid')));
  assert.match(
    body,
    /^\{"access_token":"[\w-]{28}","refresh_token":"[\w-]{28}","scope":"openid","id_token":"[\w.-]+","token_type":"Bearer","expires_in":3600\}$/,
  );
  const keys: JSONWebKeySet = JSON.parse((await get('/oauth2/jwks')).body);
  const audience = shop.consumerKey;
  const { payload } = await jwtVerify(JSON.parse(body).id_token, createLocalJWKSet(keys), { issuer, audience });
  assert.equal(payload.sub, 'tester@carbon.super');
});
