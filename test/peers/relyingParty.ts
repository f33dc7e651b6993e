import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { createLocalJWKSet, type JSONWebKeySet, jwtVerify } from 'jose';
import { openShop } from '../endpoint/shop.ts';
import { type Browser, createBrowser, keyOf, locationOf } from '../endpoint/signInBrowser.ts';
import { ask, header, request, type WireReply } from '../listener/wire.ts';

type Texts = Readonly<Record<string, string | undefined>>;
type Claims = Readonly<Record<string, unknown>>;

/** The end of a sign-in: the pages that the user saw, and the parameters that the app got. */
export interface Answer {
  readonly pages: readonly ('login' | 'consent')[];
  readonly parameters: URLSearchParams;
}

/** A complete code flow. */
export interface Flow extends Answer {
  readonly code: string;
  readonly accessToken: string;
  readonly refreshToken: string;
  /** Verified claims of the ID token, and its header. */
  readonly claims: Claims;
  readonly idToken: string;
  readonly header: Claims;
}

const callback = 'https://app.test/cb';
const login = { username: 'tester', password: 's3cret' };

const random = (): string => randomBytes(16).toString('base64url');

/** `at_hash` and `c_hash`. https://openid.net/specs/openid-connect-core-1_0.html#CodeIDToken */
const halfHash = (text: string): string =>
  createHash('sha256').update(text).digest().subarray(0, 16).toString('base64url');

/** The parameters of a redirect to the app, whose iss and state are checked, and which has no others. */
const demandAnswer = (answer: Answer, state: string | undefined, issuer: string): Answer => {
  const { parameters } = answer;
  assert.equal(parameters.get('iss'), issuer);
  assert.equal(parameters.get('state') ?? undefined, state);
  const known = ['code', 'state', 'iss', 'session_state', 'error', 'error_description', 'error_uri'];
  assert.deepEqual(
    [...parameters.keys()].filter((name) => !known.includes(name)),
    [],
  );
  return answer;
};

/**
 * A relying party of OpenID Connect over the real endpoint, with a user who has every standard claim. What the
 * conformance suite checks in each of its modules is checked in each flow.
 */
export const openRelyingParty = async () => {
  const shop = await openShop();
  const { call } = shop.app;
  await call('keys.update', {
    ...{ application: 'Shop', keyType: 'PRODUCTION', callbackUrl: callback },
    grantTypes: ['authorization_code', 'refresh_token'],
  });
  await call('keys.update', { application: 'Other', keyType: 'PRODUCTION', grantTypes: ['refresh_token'] });
  await call('users.setClaims', {
    ...{ user: 'tester', givenName: 'Ann', familyName: 'Lee', email: 'ann@shop.test', phone: '+1 555 0100' },
    otherClaims: {
      ...{ email_verified: true, phone_number_verified: false, updated_at: 1_790_000_000, middle_name: 'B' },
      ...{ nickname: 'ann', preferred_username: 'ann', profile: 'https://shop.test/ann', gender: 'female' },
      ...{ picture: 'https://shop.test/ann.png', website: 'https://ann.test', birthdate: '1990-01-02' },
      ...{ zoneinfo: 'Europe/Berlin', locale: 'de-DE', address: { locality: 'Köln', country: 'DE' } },
    },
  });
  const issuer = `https://localhost:${shop.https.port}/oauth2/token`;
  const get = (path: string, headers: Texts = {}) =>
    ask(shop.https, request(`GET ${path} HTTP/1.1`, { 'Content-Length': undefined, ...headers }));
  const served = async (path: string): Promise<Record<string, unknown>> => JSON.parse((await get(path)).body);
  const metadata = await served('/oauth2/token/.well-known/openid-configuration');
  const keySet = createLocalJWKSet((await served('/oauth2/jwks')) as unknown as JSONWebKeySet);

  const parametersOf = (extra: Texts): Record<string, string> => {
    const usual = { response_type: 'code', client_id: shop.consumerKey, redirect_uri: callback, scope: 'openid' };
    const all = { ...usual, state: random(), nonce: random(), ...extra };
    return Object.fromEntries(
      Object.entries(all).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
    );
  };

  /** What a user does, from the first reply on: signs in and approves, where asked. */
  const walk = async (browser: Browser, first: WireReply): Promise<Answer> => {
    const pages: ('login' | 'consent')[] = [];
    let reply = first;
    for (let step = 0; step < 8; step += 1) {
      const at = locationOf(reply);
      if (at.startsWith(callback)) return { pages, parameters: new URL(at).searchParams };
      if (at.includes('/login.do')) {
        pages.push('login');
        assert.equal((await browser.get(at)).status, 200);
        reply = await browser.post('/commonauth', { ...login, sessionDataKey: keyOf(reply) });
      } else if (at.includes('/oauth2_authz.do')) {
        pages.push('consent');
        assert.equal((await browser.get(at)).status, 200);
        const approval = { sessionDataKeyConsent: keyOf(reply), consent: 'approveAlways' };
        reply = await browser.post('/oauth2/authorize', approval);
      } else reply = await browser.get(at);
    }
    assert.fail(`The sign-in goes in circles: ${pages}`);
  };

  const verify = async (idToken: string, nonce: string | undefined) => {
    const { payload, protectedHeader } = await jwtVerify(idToken, keySet, {
      ...{ issuer, audience: shop.consumerKey, algorithms: ['RS256'], clockTolerance: 300 },
      requiredClaims: ['sub', 'exp', 'iat'],
    });
    assert.equal(payload.nonce, nonce);
    assert.ok(protectedHeader.kid);
    assert.ok(String(payload.sub).length <= 255);
    return { claims: payload as Claims, header: protectedHeader as Claims };
  };

  const token = (form: Readonly<Record<string, string>>, headers: Texts = {}) =>
    ask(shop.https, shop.post('/oauth2/token', new URLSearchParams(form).toString(), headers));

  /** The members of a token reply of 200, whose form is checked. */
  const demandToken = (reply: WireReply): Record<string, string> => {
    assert.equal(reply.status, 200, reply.body);
    assert.match(header(reply, 'content-type') ?? '', /^application\/json/);
    assert.match(header(reply, 'cache-control') ?? '', /no-store/);
    const told = JSON.parse(reply.body);
    assert.equal(told.token_type, 'Bearer');
    assert.ok(Number.isInteger(told.expires_in) && told.expires_in > 0);
    assert.match(told.access_token, /^[\w.~+/-]{22,}=*$/);
    return told;
  };

  const exchange = (code: string, extra: Readonly<Record<string, string>> = {}, headers: Texts = {}) =>
    token({ grant_type: 'authorization_code', code, redirect_uri: callback, ...extra }, headers);

  /** `/userinfo` with a token in the Authorization header. */
  const userinfo = (accessToken: string) => get('/oauth2/userinfo', { Authorization: `Bearer ${accessToken}` });

  const authorize = async (browser: Browser, extra: Texts, method: 'get' | 'post' = 'get'): Promise<Answer> => {
    const all = parametersOf(extra);
    const path = '/oauth2/authorize';
    const foreign = { Origin: 'https://app.test', 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'navigate' };
    const first =
      method === 'get'
        ? await browser.get(`${path}?${new URLSearchParams(all)}`)
        : await browser.post(path, all, foreign);
    return demandAnswer(await walk(browser, first), all.state, issuer);
  };

  return {
    ...{ shop, callback, metadata, exchange, token, demandToken, verify, authorize, userinfo },
    close: shop.close,
    browse: () => createBrowser(shop.https),
    /** The first reply to a request, for those that do not get to the app. */
    begin: (browser: Browser, extra: Texts) =>
      browser.get(`/oauth2/authorize?${new URLSearchParams(parametersOf(extra))}`),
    /** A complete flow: every reply and token is checked, and `/userinfo` answers about the same user. */
    async flow(
      browser: Browser,
      extra: Texts = {},
      { method = 'get', form = {}, headers = {} }: FlowOptions = {},
    ): Promise<Flow> {
      const nonce = 'nonce' in extra ? extra.nonce : random();
      const answer = await authorize(browser, { ...extra, nonce }, method);
      const code = answer.parameters.get('code') ?? assert.fail(String(answer.parameters));
      assert.match(code, /^[\w-]{22,}$/);
      const told = demandToken(await exchange(code, form, headers));
      const idToken = told.id_token ?? assert.fail('no ID token');
      const verified = await verify(idToken, nonce);
      assert.equal(verified.claims.at_hash, halfHash(told.access_token ?? ''));
      assert.equal(verified.claims.c_hash, halfHash(code));
      const reply = await userinfo(told.access_token ?? '');
      assert.equal(reply.status, 200, reply.body);
      assert.equal(JSON.parse(reply.body).sub, verified.claims.sub);
      return {
        ...{ ...answer, code, idToken, ...verified },
        ...{ accessToken: told.access_token ?? '', refreshToken: told.refresh_token ?? '' },
      };
    },
  };
};

interface FlowOptions {
  readonly method?: 'get' | 'post';
  /** More fields and headers of the token request. */
  readonly form?: Readonly<Record<string, string>>;
  readonly headers?: Texts;
}
