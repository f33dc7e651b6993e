import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { pageColors } from '../../main/listener/pages/style.ts';
import { palettes } from '../../renderer/theme/tokens.ts';
import { passphrase } from '../helpers/app.ts';
import { ask, header } from '../listener/wire.ts';
import { openShop, type Shop } from './shop.ts';
import { type Browser, completeFlow, createBrowser, keyOf, locationOf } from './signInBrowser.ts';

const callback = 'https://app.test/cb';
const login = { username: 'tester', password: 's3cret' };
let shop: Shop;
let start = '';

before(async () => {
  shop = await openShop();
  await shop.app.call('keys.update', {
    application: 'Shop',
    keyType: 'PRODUCTION',
    grantTypes: ['authorization_code', 'refresh_token', 'password', 'client_credentials'],
    callbackUrl: callback,
  });
  start = `/authorize?response_type=code&client_id=${shop.consumerKey}&redirect_uri=${encodeURIComponent(callback)}&state=a%20b`;
});
after(() => shop.close());

const browse = () => createBrowser(shop.https);
const queryOf = (location: string) => Object.fromEntries(new URL(location).searchParams);

const exchange = (code: string) => {
  const form = `grant_type=authorization_code&code=${code}&redirect_uri=${encodeURIComponent(callback)}`;
  return ask(shop.https, shop.post('/token', form));
};

test('A1 A2 A3 A32 a browser without scripts signs in, approves, and the app exchanges the code', async () => {
  const browser = browse();
  const first = await browser.get(start, { 'Sec-Fetch-Site': 'cross-site' });
  assert.match(locationOf(first), /^\/authenticationendpoint\/login\.do\?sessionDataKey=[\w-]{22}$/);
  assert.match(header(first, 'set-cookie') ?? '', /^__Host-keyfob=[\w-]{22}; Path=\/; HttpOnly; SameSite=Lax; Secure$/);
  const page = await browser.get(locationOf(first));
  assert.equal(page.status, 200);
  assert.match(page.body, /Sign in to Shop/);
  const before = browser.cookies.get('__Host-keyfob');
  const signedIn = await browser.post('/commonauth', { ...login, sessionDataKey: keyOf(first) });
  assert.equal(signedIn.status, 303);
  assert.notEqual(browser.cookies.get('__Host-keyfob'), before, 'a sign-in changes the id');
  const asked = await browser.get(locationOf(signedIn));
  const consent = await browser.get(locationOf(asked));
  assert.match(consent.body, /Shop wants a token of tester/);
  const done = await browser.post('/oauth2/authorize', { sessionDataKeyConsent: keyOf(asked), consent: 'approve' });
  assert.equal(done.status, 303);
  assert.equal(header(done, 'referrer-policy'), 'no-referrer');
  const { code = '', ...rest } = queryOf(locationOf(done));
  assert.deepEqual(rest, { state: 'a b', iss: `https://localhost:${shop.https.port}/oauth2/token` });
  const token = await exchange(code);
  assert.equal(token.status, 200, token.body);
  assert.equal((await exchange(code)).status, 400);
});

test('a wrong password shows the page again, and the app hears nothing', async () => {
  const browser = browse();
  const sessionDataKey = keyOf(await browser.get(start));
  const wrong = await browser.post('/commonauth', { username: 'tester', password: 'x', sessionDataKey });
  assert.equal(wrong.status, 401);
  assert.match(wrong.body, /Wrong username or password/);
  assert.doesNotMatch(wrong.body, /name="password" [^>]*value/);
  assert.equal(header(wrong, 'www-authenticate'), undefined);
  assert.equal((await browser.post('/commonauth', { ...login, sessionDataKey })).status, 303);
});

test('a tester picks a user with one click', async () => {
  const browser = browse();
  const first = await browser.get(start);
  const page = await browser.get(locationOf(first));
  const user = /<button name="user" value="(\d+)" formnovalidate>tester</.exec(page.body)?.[1] ?? '';
  const done = await completeFlow(browser, start, { user });
  assert.match(locationOf(done), /^https:\/\/app\.test\/cb\?code=/);
});

test('A5 deny tells the app', async () => {
  const done = await completeFlow(browse(), start, login, 'deny');
  assert.match(locationOf(done), /\?error_description=User\+denied\+the\+consent&state=a\+b&error=access_denied&iss=/);
});

test('A16 a repeated parameter is a page with 400, and nothing is redirected', async () => {
  const reply = await browse().get(`${start}&state=c`);
  assert.equal(reply.status, 400);
  assert.match(reply.body, /Invalid authorization request with repeated parameters/);
  assert.equal(header(reply, 'location'), undefined);
});

test('A26 A27 form_post and fragment carry the same parameters', async () => {
  const fragment = await completeFlow(browse(), `${start}&response_mode=fragment`, login);
  assert.match(locationOf(fragment), /^https:\/\/app\.test\/cb#code=[\w-]{28}&state=a\+b&iss=/);
  const posted = await completeFlow(browse(), `${start}&response_mode=form_post`, login);
  assert.equal(posted.status, 200);
  assert.match(posted.body, /<form method="post" action="https:\/\/app\.test\/cb">/);
  assert.match(posted.body, /name="code" value="[\w-]{28}"/);
  assert.match(posted.body, /name="state" value="a b"/);
  assert.match(
    header(posted, 'content-security-policy') ?? '',
    /script-src 'sha256-[^']+'; form-action 'self' https:\/\/app\.test;/,
  );
});

test('POST /authorize works as GET does, in the session of its browser', async () => {
  const browser = browse();
  const form = { response_type: 'code', client_id: shop.consumerKey, redirect_uri: callback };
  const reply = await browser.post('/oauth2/authorize', form, {
    Origin: 'http://localhost:3000',
    'Sec-Fetch-Site': 'cross-site',
  });
  assert.equal(reply.status, 303);
  assert.match(locationOf(reply), /login\.do/);
});

test('forms of other sites, other browsers and old pages are refused', async () => {
  const browser = browse();
  const sessionDataKey = keyOf(await browser.get(start));
  const form = { ...login, sessionDataKey };
  for (const headers of [
    { Origin: 'http://localhost:3000' },
    { Origin: `http://localhost:${shop.https.port}` },
    { 'Sec-Fetch-Site': 'same-site' },
    { 'Sec-Fetch-Site': 'cross-site', Origin: undefined },
  ]) {
    const reply = await browser.post('/commonauth', form, headers);
    assert.equal(reply.status, 403, JSON.stringify(headers));
  }
  assert.equal((await browser.post('/commonauth', form, { Origin: 'https://evil.test' })).status, 403);
  const thief = browse();
  await thief.get(start);
  for (const stolen of [form, { ...form, sessionDataKey: 'x' }, login]) {
    const reply = await thief.post('/commonauth', stolen);
    assert.equal(reply.status, 400);
    assert.match(reply.body, /Session Timed Out/);
  }
  const signedIn = await browser.post('/commonauth', form);
  const key = keyOf(await browser.get(locationOf(signedIn)));
  const answer = { sessionDataKeyConsent: key, consent: 'approve' };
  assert.equal((await browser.post('/oauth2/authorize', answer, { Origin: 'http://localhost:3000' })).status, 403);
  assert.equal((await browser.get(`/oauth2/authorize?${new URLSearchParams(answer)}`)).status, 403);
  assert.equal((await browser.post('/oauth2/authorize', { ...answer, consent: 'x' })).status, 400);
  assert.equal((await browser.post('/oauth2/authorize', answer)).status, 303);
  assert.match((await browser.post('/oauth2/authorize', answer)).body, /Session Timed Out/);
});

test('pages are never framed, stored or readable by other pages', async () => {
  const browser = browse();
  const first = await browser.get(start, { Origin: 'http://localhost:3000' });
  const pages = [
    await browser.get(locationOf(first), { Origin: 'http://localhost:3000' }),
    await browser.get('/authorize'),
  ];
  for (const page of pages) {
    const policy = header(page, 'content-security-policy') ?? '';
    assert.match(policy, /^default-src 'none'; style-src 'sha256-[^']+'; form-action 'self'/);
    assert.match(policy, /base-uri 'none'; frame-ancestors 'none'$/);
    assert.equal(header(page, 'x-frame-options'), 'DENY');
    assert.equal(header(page, 'cache-control'), 'no-store');
    assert.equal(header(page, 'access-control-allow-origin'), undefined);
    assert.doesNotMatch(page.body, /<script|\son\w+=|style="/);
  }
  assert.equal(header(first, 'access-control-allow-origin'), undefined);
});

test('hostile names, scopes and parameters are text on every page', async () => {
  const hostile = `"><script>alert(1)</script>&'`;
  await shop.app.call('applications.create', { name: hostile });
  const { consumerKey } = await shop.app.call('keys.generate', {
    ...{ application: hostile, keyType: 'PRODUCTION', grantTypes: ['authorization_code'] },
    callbackUrl: 'regexp=.*',
  });
  await shop.app.call('users.create', { username: `"><b>ü`, password: 'x' });
  await shop.app.call('scopes.create', { name: '<i>', description: hostile });
  const redirect = encodeURIComponent(`https://app.test/"><script>alert(2)</script>'`);
  const at = `/authorize?response_type=code&client_id=${consumerKey}&redirect_uri=${redirect}&scope=%3Ci%3E&login_hint=%22%3E%3Cb%3E&response_mode=form_post&state=%22%3E%3Cb%3E`;
  const browser: Browser = browse();
  const first = await browser.get(at);
  const loginPage = await browser.get(locationOf(first));
  const form = { username: `"><b>ü`, password: 'x', sessionDataKey: keyOf(first) };
  const failed = await browser.post('/commonauth', { ...form, password: '<b>' });
  const asked = await browser.get(locationOf(await browser.post('/commonauth', form)));
  const consentPage = await browser.get(locationOf(asked));
  const posted = await browser.post('/oauth2/authorize', { sessionDataKeyConsent: keyOf(asked), consent: 'approve' });
  const error = await browser.get(`/authorize?client_id=${encodeURIComponent(hostile)}`);
  for (const { body } of [loginPage, failed, consentPage, posted, error]) {
    const markup = body.replace(/<style>.*<\/style>/s, '').replace('<script>document.forms[0].submit()</script>', '');
    assert.doesNotMatch(markup, /<script|<b>|<i>|alert\(\d\)<|[^\n -~]/);
  }
  assert.match(consentPage.body, /&#60;i&#62;/);
  assert.match(posted.body, /value="&#34;&#62;&#60;b&#62;"/);
});

test('a policy of a page cannot be extended by a redirect URI', async () => {
  await shop.app.call('applications.create', { name: 'Open' });
  const { consumerKey } = await shop.app.call('keys.generate', {
    ...{ application: 'Open', keyType: 'SANDBOX', grantTypes: ['authorization_code'], callbackUrl: 'regexp=.*' },
  });
  for (const [redirect, source] of [
    ['https://x;sandbox/cb', ''],
    ['https://a.test:8443/cb', ' https://a.test:8443'],
    ['com.example.app:/cb', ' com.example.app:'],
    ['https://%%/cb', ''],
  ]) {
    const browser = browse();
    const query = new URLSearchParams({ response_type: 'code', client_id: consumerKey, redirect_uri: redirect ?? '' });
    const page = await browser.get(locationOf(await browser.get(`/authorize?${query}`)));
    const policy = header(page, 'content-security-policy') ?? '';
    assert.ok(policy.includes(`form-action 'self'${source}; base-uri`), `${redirect}: ${policy}`);
  }
});

test('A7 in 2.6 is 401 with JSON', async () => {
  await shop.app.call('settings.write', { authorizeErrors: 'page' });
  const reply = await browse().get('/authorize?client_id=x');
  await shop.app.call('settings.write', { authorizeErrors: 'redirect' });
  assert.equal(reply.status, 401);
  assert.deepEqual(JSON.parse(reply.body), {
    ...{ error_description: 'A valid OAuth client could not be found for client_id: x', error: 'invalid_client' },
  });
});

test('plain HTTP names the issuer by HTTPS, and its cookie is its own', async () => {
  const browser = createBrowser(shop.http);
  const done = await completeFlow(browser, start, login);
  assert.equal(queryOf(locationOf(done)).iss, `https://localhost:${shop.https.port}/oauth2/token`);
  assert.deepEqual([...browser.cookies.keys()], ['keyfob']);
});

test('sessions idle out after 15 minutes', async () => {
  const browser = browse();
  await completeFlow(browser, start, login);
  assert.match(locationOf(await browser.get(start)), /oauth2_authz\.do/);
  shop.advanceSeconds(14 * 60);
  assert.match(locationOf(await browser.get(start)), /oauth2_authz\.do/);
  shop.advanceSeconds(16 * 60);
  assert.match(locationOf(await browser.get(start)), /login\.do/);
});

test('the request log masks passwords, keys, cookies and codes', async () => {
  const browser = browse();
  const done = await completeFlow(browser, start, login);
  const { code = '' } = queryOf(locationOf(done));
  await browser.get(start, { 'Sec-Fetch-Site': 'cross-site' });
  const { items } = await shop.app.call('requests.list', { limit: 5 });
  const details = await Promise.all(items.map(({ sequence }) => shop.app.call('requests.read', { sequence })));
  const text = JSON.stringify([items, details]);
  const secrets = [code, 's3cret', ...browser.cookies.values()];
  for (const secret of secrets) assert.ok(!text.includes(secret), secret);
  assert.ok(items.every(({ clientId, count }) => clientId === shop.consumerKey && count === undefined));
});

test('sign-ins end when the vault is locked', async () => {
  const browser = browse();
  await completeFlow(browser, start, login);
  await shop.app.call('vault.lock', {});
  await shop.app.vault.unlock(passphrase);
  await shop.app.endpoint.start({ port: shop.https.port, httpPort: null });
  assert.match(locationOf(await browser.get(start)), /login\.do/);
});

test("the pages have the window's colors", () => {
  for (const theme of ['light', 'dark', 'contrast'] as const)
    assert.partialDeepStrictEqual(palettes[theme], pageColors[theme]);
});
