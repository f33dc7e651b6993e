import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ask, header } from '../listener/wire.ts';
import { openShop, type Shop } from './shop.ts';
import { type Browser, completeFlow, createBrowser, locationOf } from './signInBrowser.ts';

const callback = 'https://app.test/cb';
const login = { username: 'tester', password: 's3cret' };
let shop: Shop;
let start = '';

before(async () => {
  shop = await openShop();
  await shop.app.call('keys.update', {
    ...{ application: 'Shop', keyType: 'PRODUCTION', callbackUrl: callback },
    grantTypes: ['authorization_code', 'refresh_token'],
  });
  start = `/authorize?response_type=code&client_id=${shop.consumerKey}&redirect_uri=${encodeURIComponent(callback)}&scope=openid`;
});
after(() => shop.close());

const browse = () => createBrowser(shop.https);
const userinfo = async (token: string) =>
  (await ask(shop.https, `GET /userinfo HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${token}\r\n\r\n`)).status;

/** Signs a browser in, and gives the tokens and the logout of its app. */
const signIn = async (browser: Browser) => {
  const { searchParams } = new URL(locationOf(await completeFlow(browser, start, login)));
  const form = `grant_type=authorization_code&code=${searchParams.get('code')}&redirect_uri=${encodeURIComponent(callback)}`;
  const tokens = JSON.parse((await ask(shop.https, shop.post('/token', form))).body);
  const request = { id_token_hint: tokens.id_token, post_logout_redirect_uri: callback, state: 'a b' };
  return { tokens, request, logout: `/oidc/logout?${new URLSearchParams(request)}` };
};

const keyIn = (body: string): string => {
  const key = /name="sessionDataKey" value="([\w-]{22})"/.exec(body)?.[1];
  assert.ok(key, body);
  return key;
};

test('A66 A68 the user approves, the session ends, tokens live on, and a second logout ends at the app too', async () => {
  const browser = browse();
  const { tokens, request, logout } = await signIn(browser);
  const page = await browser.get(logout, { 'Sec-Fetch-Site': 'cross-site' });
  assert.equal(page.status, 200);
  assert.match(page.body, /Shop asks you to sign out\. This browser is signed in as tester/);
  const policy = header(page, 'content-security-policy') ?? '';
  assert.ok(policy.includes("form-action 'self' https://app.test;"), policy);
  const answer = { ...request, sessionDataKey: keyIn(page.body), consent: 'approve' };
  const cookie = browser.cookies.get('__Host-keyfob') ?? '';
  const done = await browser.post('/oidc/logout', answer);
  assert.equal(done.status, 303);
  assert.equal(locationOf(done), `${callback}?state=a+b`);
  assert.match(
    header(done, 'set-cookie') ?? '',
    /^__Host-keyfob=; Max-Age=0; Path=\/; HttpOnly; SameSite=Lax; Secure$/,
  );
  browser.cookies.set('__Host-keyfob', cookie);
  assert.match(locationOf(await browser.get(start)), /login\.do/, 'the id of an ended session is worth nothing');
  assert.equal(await userinfo(tokens.access_token), 200);
  assert.equal(locationOf(await browse().get(logout)), `${callback}?state=a+b`);
  const plain = await browse().get('/oidc/logout');
  assert.match((await browse().get(locationOf(plain))).body, /Signed out/);
});

test('a denied logout keeps the session, and so do forms of other pages', async () => {
  const browser = browse();
  const { request, logout } = await signIn(browser);
  const page = await browser.get(logout);
  const answer = { ...request, sessionDataKey: keyIn(page.body), consent: 'approve' };
  const denied = await browser.post('/oidc/logout', { ...answer, consent: 'deny' });
  assert.equal(denied.status, 400);
  assert.match(denied.body, /End User denied the logout request/);
  for (const headers of [
    { Origin: 'https://evil.test' },
    { Origin: 'https://evil.test', 'Sec-Fetch-Mode': 'navigate' },
    { 'Sec-Fetch-Site': 'same-site' },
  ]) {
    assert.equal((await browser.post('/oidc/logout', answer, headers)).status, 403);
  }
  assert.equal((await browser.get(`/oidc/logout?${new URLSearchParams(answer)}`)).status, 403);
  for (const sessionDataKey of ['x', '']) {
    assert.match((await browser.post('/oidc/logout', { ...answer, sessionDataKey })).body, /Session Timed Out/);
  }
  const stolen = await browser.post('/oidc/logout', { ...answer, post_logout_redirect_uri: 'https://evil.test/' });
  assert.match(stolen.body, /Post logout URI does not match/);
  assert.match(locationOf(await browser.get(start)), /oauth2_authz\.do/);
});

test('a POST of an app asks the user in the session of the browser', async () => {
  const browser = browse();
  const { request } = await signIn(browser);
  const cookie = browser.cookies.get('__Host-keyfob') ?? '';
  const foreign = { Origin: 'https://app.test', 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'navigate' };
  assert.equal((await browser.post('/oidc/logout', request, foreign)).status, 200);
  // Browsers leave the cookie out of such a POST, and send it with the GET that follows.
  browser.cookies.clear();
  const again = await browser.post('/oidc/logout', request, foreign);
  assert.equal(again.status, 303);
  browser.cookies.set('__Host-keyfob', cookie);
  assert.match((await browser.get(locationOf(again))).body, /Shop asks you to sign out/);
});

test('a callback with a query keeps it, and the log shows neither hint nor key', async () => {
  await shop.app.call('keys.update', { application: 'Shop', keyType: 'PRODUCTION', callbackUrl: `${callback}?a=1` });
  const browser = browse();
  const request = { client_id: shop.consumerKey, post_logout_redirect_uri: `${callback}?a=1`, state: 's' };
  const location = locationOf(await browser.post('/oidc/logout', request));
  assert.equal(location, `${callback}?a=1&state=s`);
  await browser.post('/oidc/logout', { ...request, id_token_hint: 'x.secret-hint.y', sessionDataKey: 'secret-key' });
  const { items } = await shop.app.call('requests.list', { limit: 2 });
  const details = await Promise.all(items.map(({ sequence }) => shop.app.call('requests.read', { sequence })));
  assert.doesNotMatch(JSON.stringify([items, details]), /secret-/);
});
