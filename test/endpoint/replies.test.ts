import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { ask, basic, formType, header, request, type WireReply } from '../listener/wire.ts';
import { openShop, passwordForm, type Shop } from './shop.ts';

const shop: Shop = await openShop();
after(shop.close);
const { app, post, authorization, consumerKey, consumerSecret } = shop;

const send = (path: string, body: string, headers: Parameters<typeof post>[2] = {}) =>
  ask(shop.https, post(path, body, headers));

/** The headers, without those that Node adds to every reply. */
const own = ({ headers }: WireReply) =>
  headers.filter(([name]) => !['Date', 'Connection', 'Keep-Alive', 'Content-Length'].includes(name));

const notStored = [
  ['Cache-Control', 'no-store'],
  ['Pragma', 'no-cache'],
];
const jsonNotStored = [['Content-Type', 'application/json'], ...notStored];

const issue = async (form: string): Promise<Record<string, string>> => JSON.parse((await send('/token', form)).body);

test('a user token has its members and headers in order, and no others', async () => {
  const reply = await send('/token', passwordForm);
  const { access_token, refresh_token } = JSON.parse(reply.body);
  assert.match(access_token, /^[\w-]{28}$/);
  assert.match(refresh_token, /^[\w-]{28}$/);
  assert.equal(
    reply.body,
    `{"access_token":"${access_token}","refresh_token":"${refresh_token}","scope":"device_ipad","token_type":"Bearer","expires_in":3600}`,
  );
  assert.equal(reply.status, 200);
  assert.deepEqual(own(reply), jsonNotStored);
  assert.deepEqual(
    reply.headers.map(([name]) => name),
    ['Content-Type', 'Cache-Control', 'Pragma', 'Content-Length', 'Date', 'Connection', 'Keep-Alive'],
  );
});

test('an application token has no refresh token', async () => {
  const reply = await send('/oauth2/token', 'grant_type=client_credentials&scope=device_app&validity_period=60');
  const { access_token } = JSON.parse(reply.body);
  assert.equal(
    reply.body,
    `{"access_token":"${access_token}","scope":"am_application_scope device_app","token_type":"Bearer","expires_in":60}`,
  );
});

test('writes never as 9223372036854775 when issued, reused and introspected', async () => {
  const form = 'grant_type=client_credentials&scope=device_forever&validity_period=-2';
  const first = await send('/token', form);
  const { access_token } = JSON.parse(first.body);
  const text = `{"access_token":"${access_token}","scope":"am_application_scope device_forever","token_type":"Bearer","expires_in":9223372036854775}`;
  assert.equal(first.body, text);
  assert.equal((await send('/token', form)).body, text);
  assert.match((await send('/introspect', `token=${access_token}`)).body, /"exp":9223372036854775,"iat":\d+,/);
});

test('writes never as 9223372036854775807 after a refresh, with a setting', async () => {
  const keys = { application: 'Shop', keyType: 'PRODUCTION' } as const;
  await shop.app.call('keys.update', { ...keys, userTokenValiditySeconds: -1 });
  const never = /"expires_in":(\d+)\}$/;
  const digits = async (form: string) => never.exec((await send('/token', form)).body)?.[1];
  const refreshed = async () => {
    const { refresh_token } = await issue(passwordForm.replace('ipad', 'never'));
    return await digits(`grant_type=refresh_token&refresh_token=${refresh_token}`);
  };
  assert.equal(await refreshed(), '9223372036854775');
  await shop.app.call('settings.write', { refreshedNeverExpiresIn: '9223372036854775807' });
  assert.equal(await refreshed(), '9223372036854775807');
  assert.equal(await digits(passwordForm.replace('ipad', 'never')), '9223372036854775', 'issued and reused as before');
  await shop.app.call('settings.write', { refreshedNeverExpiresIn: '9223372036854775' });
  await shop.app.call('keys.update', { ...keys, userTokenValiditySeconds: 3600 });
});

test('accepts credentials in the body, and Basic in any case and form-encoded', async () => {
  const { access_token } = await issue(passwordForm);
  const inBody = `${passwordForm}&client_id=${consumerKey}&client_secret=${consumerSecret}`;
  const encoded = (text: string) => text.replaceAll('_', '%5F').replace('a', '%61');
  for (const [form, headers] of [
    [inBody, { Authorization: undefined }],
    [passwordForm, { Authorization: authorization.replace('Basic', 'bAsIC') }],
    [passwordForm, { Authorization: authorization.replace(' ', '   ') }],
    [passwordForm, { Authorization: basic(encoded(consumerKey), encoded(consumerSecret)) }],
    [`${passwordForm}&client_id=${consumerKey}`, {}],
    [passwordForm, { 'Content-Type': `${formType};charset=UTF-8` }],
    [passwordForm, { 'Content-Type': 'Application/X-WWW-Form-Urlencoded ; charset="utf-8"' }],
    [passwordForm, { 'Content-Type': `${formType}; charset=ISO-8859-1` }],
    [passwordForm, { 'Content-Type': `${formType}; charset="us-ascii"` }],
    [inBody, { Authorization: 'Bearer stale' }],
    [inBody, { Authorization: 'Digest username="a", realm="b"' }],
    [inBody, { Authorization: 'Negotiate YII=' }],
    [passwordForm, { 'Content-Encoding': 'identity', Expect: '100-continue' }],
    [`&${passwordForm.replace('s3cret', '%733cret').replace('_ipad', '%5Fipad')}&&`, {}],
  ] as const) {
    assert.equal(JSON.parse((await send('/token', form, headers)).body).access_token, access_token);
  }
});

test('reads parameters in the URL as API Manager 2.6 does: the URL wins over the body', async () => {
  const { access_token } = await issue(passwordForm);
  const secrets = `client_id=${consumerKey}&client_secret=${consumerSecret}`;
  const bare = { 'Content-Type': undefined };
  for (const [path, form, headers] of [
    [`/token?${passwordForm}`, '', {}],
    [`/oauth2/token?${passwordForm}`, '', bare],
    [`/token?${passwordForm}`, '', { ...bare, 'Content-Length': undefined }],
    [`/token?${passwordForm}`, '0\r\n\r\n', { ...bare, 'Content-Length': undefined, 'Transfer-Encoding': 'chunked' }],
    ['/token?', passwordForm, {}],
    ['/token?tenantDomain=carbon.super', passwordForm, {}],
    ['/token?scope=device%5Fipad', passwordForm.replace('ipad', 'other'), {}],
    ['/token?grant_type=password&x=1', passwordForm, {}],
    [`http://localhost/token?${secrets}`, passwordForm, { Authorization: undefined }],
    [`/token?${secrets}`, passwordForm, { Authorization: 'Bearer stale' }],
  ] as const) {
    assert.equal(JSON.parse((await send(path, form, headers)).body).access_token, access_token, path);
  }
  const other = await issue(passwordForm.replace('ipad', 'phone'));
  const revoked = await send(`/revoke?token=${other.access_token}&callback=gone`, 'token=x');
  assert.equal(revoked.body, 'gone();');
  assert.equal(header(revoked, 'RevokedAccessToken'), other.access_token);
  // Introspection reads the body only.
  assert.equal((await send(`/introspect?token=${access_token}`, '')).body, '{"error": "Invalid input"}');
  assert.match((await send('/introspect?token=x', `token=${access_token}`)).body, /"active":true/);
});

test("a setting refuses parameters in the URL, with WSO2's text", async () => {
  await shop.app.call('settings.write', { refuseUrlParameters: true });
  for (const path of [`/token?${passwordForm}`, '/oauth2/token?scope=a', '/revoke?token=x']) {
    const reply = await send(path, passwordForm);
    assert.equal(reply.status, 400);
    assert.equal(JSON.parse(reply.body).error_description, 'Invalid request with sensitive data in the URL.');
  }
  assert.equal((await send('/token?', passwordForm)).status, 200);
  await shop.app.call('settings.write', { refuseUrlParameters: false });
});

test('reads a chunked body, wherever it is cut', async () => {
  const { access_token } = await issue(passwordForm);
  const chunk = (text: string) => `${text.length.toString(16)};x=y\r\n${text}\r\n`;
  const body = `${[passwordForm.slice(0, 7), passwordForm.slice(7, 8), passwordForm.slice(8), ''].map(chunk).join('')}`;
  const reply = await send('/token', body, { 'Content-Length': undefined, 'Transfer-Encoding': 'chunked' });
  assert.equal(JSON.parse(reply.body).access_token, access_token);
});

test('answers HTTP/1.0, with and without Host and keep-alive', async () => {
  const { access_token } = await issue(passwordForm);
  for (const headers of [{}, { Host: undefined }, { Connection: 'keep-alive' }]) {
    const bytes = post('/token', passwordForm, headers).replace('HTTP/1.1', 'HTTP/1.0');
    assert.equal(JSON.parse((await ask(shop.http, bytes)).body).access_token, access_token);
  }
});

test('answers every loopback Host, and an absolute request target as clients of a proxy send it', async () => {
  const { access_token } = await issue(passwordForm);
  for (const Host of ['localhost:8243', 'LOCALHOST', '127.0.0.1', '127.9.9.9:1', '[::1]:8243', '[0:0:0:0:0:0:0:1]']) {
    assert.equal(JSON.parse((await send('/token', passwordForm, { Host })).body).access_token, access_token);
  }
  const absolute = await send('https://127.0.0.1:8243/token', passwordForm);
  assert.equal(JSON.parse(absolute.body).access_token, access_token);
});

test('a refusal names the host in its challenge, and has no cache headers', async () => {
  for (const [Host, realm] of [
    ['localhost:8243', 'localhost'],
    ['127.0.0.1', '127.0.0.1'],
    ['[::1]:8243', '[::1]'],
  ]) {
    const reply = await send('/token', passwordForm, { Host, Authorization: basic(consumerKey, 'wrong') });
    assert.equal(reply.body, '{"error_description":"Client Authentication failed.","error":"invalid_client"}');
    assert.deepEqual(own(reply), [
      ['Content-Type', 'application/json'],
      ['WWW-Authenticate', `Basic realm="${realm}"`],
    ]);
  }
});

test('a refresh names the token it retired, unless the setting is off', async () => {
  const form = passwordForm.replace('ipad', 'refresh');
  const first = await issue(form);
  const refreshed = await send('/token', `grant_type=refresh_token&refresh_token=${first.refresh_token}`);
  assert.deepEqual(own(refreshed), [...jsonNotStored, ['DeactivatedAccessToken', first.access_token]]);
  const second = JSON.parse(refreshed.body);
  assert.notEqual(second.access_token, first.access_token);

  await app.call('settings.write', { revokeHeaders: false });
  const again = await send('/token', `grant_type=refresh_token&refresh_token=${second.refresh_token}`);
  await app.call('settings.write', { revokeHeaders: true });
  assert.equal(again.status, 200);
  assert.deepEqual(own(again), jsonNotStored);
});

test('a revocation is empty HTML, with headers that name the revoked tokens', async () => {
  const token = await issue(passwordForm.replace('ipad', 'revoke'));
  const reply = await send('/revoke', `token=${token.access_token}`);
  assert.deepEqual([reply.status, reply.body], [200, '']);
  assert.deepEqual(own(reply), [
    ['Content-Type', 'text/html'],
    ...notStored,
    ['RevokedAccessToken', token.access_token],
    ['AuthorizedUser', 'tester@carbon.super'],
    ['RevokedRefreshToken', token.refresh_token],
  ]);
  for (const form of [`token=${token.access_token}`, `token=${token.refresh_token}`, 'token=unknown']) {
    const again = await send('/oauth2/revoke', form);
    assert.deepEqual([again.status, again.body, own(again)], [200, '', [['Content-Type', 'text/html'], ...notStored]]);
  }
});

test('a revocation calls the callback', async () => {
  for (const callback of ['cb', '$', '_a.b.C$9', 'c'.repeat(64)]) {
    const { access_token } = await issue('grant_type=client_credentials&scope=device_jsonp');
    const reply = await send('/revoke', `token=${access_token}&callback=${callback}`);
    assert.equal(reply.body, `${callback}();`);
    assert.deepEqual(own(reply), [
      ['Content-Type', 'application/javascript'],
      ['X-Content-Type-Options', 'nosniff'],
      ...notStored,
      ['RevokedAccessToken', access_token],
      ['AuthorizedUser', 'admin@carbon.super'],
    ]);
  }
});

test('writes a non-ASCII name as UTF-8 bytes in a header, as escapes in a body', async () => {
  const username = 'ren\u00e9e\u4e2d';
  await app.call('users.create', { username, password: 'p\u00e4ss w\u00f6rd' });
  const bytes = Buffer.from(`${username}@carbon.super`).toString('latin1');
  const token = await issue(
    `grant_type=password&username=${encodeURIComponent(username)}&password=${encodeURIComponent('p\u00e4ss w\u00f6rd').replace('%20', '+')}`,
  );
  const introspection = await send('/introspect', `token=${token.access_token}`);
  assert.match(introspection.body, /"username":"ren\\u00e9e\\u4e2d@carbon\.super"\}$/);
  assert.equal(JSON.parse(introspection.body).username, `${username}@carbon.super`);
  const revocation = await send('/revoke', `token=${token.access_token}&callback=cb`);
  assert.equal(revocation.body, 'cb();');
  assert.equal(revocation.headers.find(([name]) => name === 'AuthorizedUser')?.[1], bytes);
});

test('introspection has its members in order, on both paths', async () => {
  const { access_token } = await issue(passwordForm.replace('ipad', 'look'));
  for (const path of ['/oauth2/introspect', '/introspect']) {
    const reply = await send(path, `token=${access_token}`);
    const { iat } = JSON.parse(reply.body);
    assert.equal(
      reply.body,
      `{"nbf":${iat},"scope":"device_look","active":true,"token_type":"Bearer","exp":${iat + 3600},"iat":${iat},"client_id":"${consumerKey}","username":"tester@carbon.super"}`,
    );
    assert.deepEqual(own(reply), jsonNotStored);
  }
});

test('introspection of a token that is not live gives active: false only', async () => {
  const { access_token, refresh_token } = await issue(passwordForm.replace('ipad', 'gone'));
  await send('/revoke', `token=${access_token}`);
  for (const token of [access_token, refresh_token, 'unknown', '%20x']) {
    const reply = await send('/introspect', `token=${token}`);
    assert.deepEqual([reply.status, reply.body], [200, '{"active":false}']);
    assert.deepEqual(own(reply), jsonNotStored);
  }
});

test('introspection refuses an empty token, after it authenticated the caller', async () => {
  for (const form of ['', 'token=', 'token=+', 'token_type_hint=access_token']) {
    const reply = await send('/introspect', form);
    assert.deepEqual([reply.status, reply.body], [400, '{"error": "Invalid input"}']);
    assert.deepEqual(own(reply), [['Content-Type', 'application/json']]);
    assert.equal((await send('/introspect', form, { Authorization: undefined })).status, 401);
  }
});

test('an administrator may introspect, with a difficult password in every encoding', async () => {
  const { access_token } = await issue(passwordForm.replace('ipad', 'admin'));
  const password = '100% a+b:c';
  await app.call('users.create', { username: 'boss', password, roles: ['admin'] });
  for (const secret of [password, encodeURIComponent(password), encodeURIComponent(password).replaceAll('%20', '+')]) {
    const reply = await send('/introspect', `token=${access_token}`, { Authorization: basic('boss', secret) });
    assert.equal(JSON.parse(reply.body).active, true);
  }
  const refused = await send('/introspect', `token=${access_token}`, { Authorization: basic('boss', '100% a b:c') });
  assert.equal(refused.status, 401);
});

test('HEAD has no body, and OPTIONS names the methods', async () => {
  const head = await ask(shop.https, request('HEAD /token HTTP/1.1', {}));
  assert.deepEqual([head.status, head.body], [400, '']);
  assert.deepEqual(own(head), [
    ['Content-Type', 'application/json'],
    ['Allow', 'POST, OPTIONS'],
  ]);
  const options = await ask(shop.https, request('OPTIONS /token HTTP/1.1', {}));
  assert.deepEqual([options.status, options.body], [204, '']);
  assert.equal(options.headers.find(([name]) => name === 'Allow')?.[1], 'POST, OPTIONS');
  assert.equal(
    options.headers.some(([name]) => /^content-length$|^strict-transport/i.test(name)),
    false,
  );
});

test('explains plain HTTP on the HTTPS port', async () => {
  const reply = await ask({ port: shop.https.port }, post('/token', passwordForm));
  assert.equal(reply.status, 400);
  assert.equal(
    reply.body,
    '{"error_description":"This port speaks HTTPS: begin the URL with https://.","error":"invalid_request"}',
  );
});
