import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Settings } from '../../../preload/contract/settings/settings.ts';
import { callback, openFlow } from './flow.ts';

type Form = Readonly<Record<string, string>>;

const open = async (t: Parameters<typeof openFlow>[0], settings: Partial<Settings> = {}) => {
  const flow = await openFlow(t, settings);
  const { idToken: hint = '', accessToken } = await flow.exchange(await flow.code({ scope: 'openid' }));
  const away = { hasCookie: false, signedIn: undefined };
  const here = { hasCookie: true, signedIn: flow.signIn() };
  const logout = (form: Form, browser: Parameters<typeof flow.authorization.logout>[1] = here) =>
    flow.authorization.logout(new Map(Object.entries(form)), browser);
  /** The text of the page, and its hint. */
  const pageOf = (form: Form, browser = here) => {
    const outcome = logout(form, browser);
    assert.ok(outcome.kind === 'page', JSON.stringify(outcome));
    return outcome.error;
  };
  return { ...flow, hint, accessToken, away, here, logout, pageOf };
};

test('A66 a logout with a hint or a client_id asks the user, then leads to the app with its state', async (t) => {
  const { hint, logout, k, moveTo } = await open(t);
  const there = { post_logout_redirect_uri: callback, state: 's' };
  const asked = { kind: 'consent', user: 'bob', application: 'Shop', target: { uri: callback, state: 's' } };
  assert.deepEqual(logout({ id_token_hint: hint, ...there }), asked);
  assert.deepEqual(logout({ client_id: k.id, ...there }), asked);
  assert.deepEqual(logout({ id_token_hint: hint, client_id: k.id, ...there }), asked);
  assert.deepEqual(logout({ id_token_hint: hint }), { ...asked, target: undefined });
  assert.deepEqual(logout(there), { ...asked, application: undefined, target: undefined }, 'nobody vouches for it');
  moveTo(7200);
  assert.deepEqual(logout({ id_token_hint: hint, ...there }), asked, 'an expired hint is good');
});

test('A66 a logout refuses hints that are no ID tokens of ours, and wrong clients', async (t) => {
  const { hint, pageOf, p, call, production, token, ...flow } = await open(t);
  const [header = '', payload = '', signature = ''] = hint.split('.');
  const changed = Buffer.from(payload, 'base64url').toString().replace('bob@', 'eve@');
  await call('keys.update', { ...production, tokenFormat: 'apim32' });
  const form = { grant_type: 'password', username: 'bob', password: 'bob-secret', scope: 'openid' };
  const bad: readonly (readonly [string, RegExp])[] = [
    ['x', /not a JWT/],
    [`${header}.${Buffer.from(changed).toString('base64url')}.${signature}`, /No key of this installation signed/],
    [`${Buffer.from('{"alg":"none"}').toString('base64url')}.${payload}.`, /No key of this installation signed/],
    [(await token(form)).accessToken, /another JWT/],
    [flow.signer.sign('RS256', {}, { iss: 'https://elsewhere', at_hash: 'x', aud: ['k'], sub: 's' }), /elsewhere/],
  ];
  for (const [id_token_hint, why] of bad) {
    const error = pageOf({ id_token_hint, post_logout_redirect_uri: callback });
    assert.equal(error.description, 'ID token signature validation failed.');
    assert.match(error.hint ?? '', why);
  }
  assert.match(pageOf({ id_token_hint: hint, client_id: p.id }).description, /not the client of the id_token_hint/);
  assert.equal(pageOf({ client_id: 'nobody' }).error, 'invalid_client');
  assert.match(pageOf({ client_id: p.id, post_logout_redirect_uri: callback }).hint ?? '', /differ from character/);
});

test('A67 a foreign address is a page', async (t) => {
  const { hint, pageOf, decisions } = await open(t);
  for (const uri of [`${callback}/`, 'https://evil.test/cb', 'javascript:alert(1)']) {
    const { description } = pageOf({ id_token_hint: hint, post_logout_redirect_uri: uri });
    assert.equal(description, 'Post logout URI does not match with registered callback URI.');
  }
  assert.equal(decisions.newest(10, true).filter(({ reason }) => reason.error === 'invalid_callback').length, 3);
  assert.match(
    pageOf({ id_token_hint: hint, post_logout_redirect_uri: callback, state: 'x'.repeat(4097) }).description,
    /at most 4096/,
  );
});

test('A68 a second logout ends like the first; with repeatedLogout refuse it is a page', async (t) => {
  const { hint, logout, away, here, pageOf, call } = await open(t);
  const form = { id_token_hint: hint, post_logout_redirect_uri: callback, state: 's' };
  assert.deepEqual(logout(form, away), { kind: 'done', target: { uri: callback, state: 's' } });
  const bad = [
    {},
    { id_token_hint: 'x', post_logout_redirect_uri: callback },
    { ...form, post_logout_redirect_uri: 'x:' },
  ];
  for (const one of bad) assert.deepEqual(logout(one, away), { kind: 'done', target: undefined });
  await call('settings.write', { repeatedLogout: 'refuse' });
  assert.match(pageOf(form, away as never).description, /^opbs cookie not received\. Missing session state\.$/);
  const ended = { hasCookie: true, signedIn: undefined };
  assert.match(pageOf(form, ended as never).description, /^No valid session found for the received session state\.$/);
  assert.equal(logout(form, here).kind, 'consent');
});
