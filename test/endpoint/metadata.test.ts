import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { createLocalJWKSet, decodeJwt, type JSONWebKeySet, jwtVerify } from 'jose';
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
  const secrets = ['client_secret_basic', 'client_secret_post'];
  assert.deepEqual(
    ['token', 'revocation', 'introspection'].map((name) => data[`${name}_endpoint_auth_methods_supported`]),
    [[...secrets, 'none'], [...secrets, 'none'], secrets],
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

test('WebFinger names the issuer for any user', async () => {
  const relation = 'http://openid.net/specs/connect/1.0/issuer';
  const of = (query: string) => get(`/.well-known/webfinger?${query}`);
  const links = [{ rel: relation, href: issuer }];
  for (const resource of ['acct:tester@localhost', 'https://localhost/ü"']) {
    const reply = await of(new URLSearchParams({ resource, rel: relation }).toString());
    assert.equal(reply.status, 200);
    assert.match(header(reply, 'content-type') ?? '', /^application\/jrd\+json/);
    assert.deepEqual(JSON.parse(reply.body), { subject: resource, links });
  }
  assert.deepEqual(JSON.parse((await of('resource=acct:a')).body).links, links);
  assert.deepEqual(JSON.parse((await of('resource=acct:a&rel=avatar')).body).links, []);
  for (const query of ['', 'resource=', 'resource=a&resource=b', 'rel=x']) assert.equal((await of(query)).status, 400);
});

test('issuerHost moves the issuer everywhere, to names that the endpoint answers to', async () => {
  const { call } = shop.app;
  const write = (changes: Parameters<typeof call<'settings.write'>>[1]) => call('settings.write', changes);
  await assert.rejects(write({ issuerHost: 'phone.test' }), {
    code: 'bad_input',
    message: /localhost, 127\.0\.0\.1, ::1/,
  });
  for (const [issuerHost, host] of [
    ['127.0.0.1', '127.0.0.1'],
    ['::1', '[::1]'],
    ['phone.test', 'phone.test'],
  ] as const) {
    await write({ issuerHost, extraNames: ['phone.test'] });
    const there = `https://${host}:${port}/oauth2/token`;
    const data = JSON.parse((await get('/.well-known/openid-configuration', { Host: `${host}:${port}` })).body);
    assert.deepEqual([data.issuer, data.token_endpoint, data.jwks_uri], [there, there, there.replace('token', 'jwks')]);
    const local = JSON.parse((await get('/.well-known/openid-configuration')).body);
    assert.deepEqual([local.issuer, local.token_endpoint], [there, issuer]);
    assert.equal((await call('endpoint.status', {})).issuer, there);
    const { body } = await ask(shop.https, shop.post('/token', passwordForm.replace('device_ipad', 'openid email')));
    assert.equal(decodeJwt(JSON.parse(body).id_token).iss, there);
    const finger = JSON.parse((await get('/.well-known/webfinger?resource=acct:a')).body);
    assert.equal(finger.links[0].href, there);
  }
  await assert.rejects(write({ extraNames: [] }), { code: 'bad_input', message: /issuer is at phone\.test/ });
  assert.deepEqual((await call('settings.read', {})).extraNames, ['phone.test']);
  await write({ extraNames: [], issuerHost: 'localhost' });
  assert.equal((await call('endpoint.status', {})).issuer, issuer);
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
