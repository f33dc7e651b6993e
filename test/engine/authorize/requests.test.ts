import assert from 'node:assert/strict';
import { test } from 'node:test';
import { callback, challenge, openFlow } from './flow.ts';

type Row = readonly [
  row: string,
  form: Readonly<Record<string, string>>,
  error: string,
  description: string,
  /** `page`: always; `app`: always; `both`: by the setting `authorizeErrors`. */
  goes: 'page' | 'app' | 'both',
];

const notAllowed = 'The authenticated client is not authorized to use this authorization grant type';
const mandatory =
  'PKCE is mandatory for this application. PKCE Challenge is not provided or is not upto RFC 7636 specification.';
const callbackError = 'Registered callback does not match with the provided url.';
const twice = 'Both request and request_uri parameters can not be associated with the same authorization request.';

const rowsFor = (publicId: string): readonly Row[] => [
  ['no client', { client_id: '' }, 'invalid_request', 'Invalid authorization request', 'page'],
  ['A7', { client_id: 'x' }, 'invalid_client', 'A valid OAuth client could not be found for client_id: x', 'page'],
  ['A8', { redirect_uri: '' }, 'invalid_request', 'Redirect URI is not present in the authorization request', 'page'],
  ['A9', { redirect_uri: `${callback}/` }, 'invalid_callback', callbackError, 'page'],
  ['A9', { redirect_uri: `${callback}?x=1` }, 'invalid_callback', callbackError, 'page'],
  [
    'A13',
    { client_id: publicId, redirect_uri: 'http://localhost:51004/cb' },
    'invalid_callback',
    callbackError,
    'page',
  ],
  ['long state', { state: 'x'.repeat(4097) }, 'invalid_request', 'The state may have at most 4096 characters.', 'page'],
  ['A14', { response_type: '' }, 'invalid_request', 'invalid_request, Missing response_type parameter value', 'both'],
  [
    'unknown',
    { response_type: 'x' },
    'invalid_request',
    'invalid_request, Invalid response_type parameter value',
    'both',
  ],
  ['A15', { response_type: 'token' }, 'unsupported_response_type', 'Unsupported Response Type!', 'both'],
  ['hybrid', { response_type: 'code id_token' }, 'unsupported_response_type', 'Unsupported Response Type!', 'both'],
  [
    'A24',
    { max_age: 'abc' },
    'invalid_request',
    'Invalid max_age parameter value sent in the authorization request.',
    'both',
  ],
  ['request', { request: 'x' }, 'request_not_supported', 'The parameter request is not supported.', 'both'],
  [
    'request_uri',
    { request_uri: 'x' },
    'request_uri_not_supported',
    'The parameter request_uri is not supported.',
    'both',
  ],
  ['both', { request: 'x', request_uri: 'x' }, 'invalid_request', twice, 'both'],
  [
    'A28',
    { code_challenge: 'a'.repeat(42), code_challenge_method: 'S256' },
    'invalid_request',
    'Code challenge used is not up to RFC 7636 specifications.',
    'both',
  ],
  [
    'A29',
    { code_challenge: challenge, code_challenge_method: 's256' },
    'invalid_request',
    'Unsupported PKCE Challenge Method',
    'both',
  ],
  [
    'A30',
    { code_challenge: challenge },
    'invalid_request',
    'This application does not support "plain" transformation algorithm.',
    'both',
  ],
  ['A31', { client_id: publicId, redirect_uri: 'http://127.0.0.1/cb' }, 'invalid_request', mandatory, 'both'],
  [
    'A20',
    { prompt: 'none login' },
    'invalid_request',
    "Invalid prompt variable combination. The value 'none' cannot be used with others prompts. Prompt: ",
    'app',
  ],
  [
    'prompt',
    { prompt: 'foo' },
    'invalid_request',
    'Invalid prompt variables passed with the authorization request',
    'app',
  ],
  ['long nonce', { nonce: 'x'.repeat(2049) }, 'invalid_request', 'The nonce may have at most 2048 characters.', 'app'],
];

for (const authorizeErrors of ['redirect', 'page'] as const) {
  test(`each wrong request is reported where it belongs, with authorizeErrors ${authorizeErrors}`, async (t) => {
    const flow = await openFlow(t, { authorizeErrors });
    for (const [row, form, error, description, goes] of rowsFor(flow.p.id)) {
      const outcome = await flow.begin(form);
      const toApp = goes === 'app' || (goes === 'both' && authorizeErrors === 'redirect');
      assert.equal(outcome.kind, toApp ? 'redirect' : 'page', row);
      assert.ok('error' in outcome && outcome.error, row);
      assert.deepEqual([outcome.error.error, outcome.error.description], [error, description], row);
      if (!toApp) continue;
      const { names, state, error: sent } = flow.redirectOf(outcome) as Readonly<Record<string, unknown>>;
      assert.deepEqual([names, state, sent], [['error_description', 'state', 'error'], 's', error], row);
    }
    const [newest] = flow.decisions.newest(1, true);
    assert.equal(newest?.reason.error, 'invalid_request');
    assert.equal(newest?.application, 'Shop');
  });
}

test('A7 in 2.6 is 401 with JSON, and in 4.x a page', async (t) => {
  for (const authorizeErrors of ['redirect', 'page'] as const) {
    const flow = await openFlow(t, { authorizeErrors });
    const outcome = await flow.begin({ client_id: 'x' });
    assert.ok(outcome.kind === 'page');
    assert.equal(outcome.asJson, authorizeErrors === 'page');
  }
});

test('a client without callback, without the grant, or revoked is refused', async (t) => {
  const flow = await openFlow(t);
  await flow.call('keys.update', { ...flow.production, grantTypes: ['password'] });
  assert.deepEqual(flow.redirectOf(await flow.begin()), {
    ...{ to: callback, names: ['error_description', 'state', 'error'] },
    ...{ error_description: notAllowed, state: 's', error: 'unauthorized_client' },
  });
  await flow.call('keys.update', { ...flow.production, callbackUrl: '' });
  assert.partialDeepStrictEqual(await flow.begin(), { kind: 'page', error: { error: 'unauthorized_client' } });
  await flow.call('keys.revoke', flow.production);
  assert.partialDeepStrictEqual(await flow.begin(), {
    kind: 'page',
    error: { error: 'invalid_client', description: 'Oauth application is not in active state' },
  });
});

test('a redirect URI that differs is explained with the first other character', async (t) => {
  const flow = await openFlow(t);
  const outcome = await flow.begin({ redirect_uri: 'https://app.test/cB' });
  assert.ok(outcome.kind === 'page');
  assert.match(outcome.error.hint ?? '', /differ from character 19 on/);
});

test('A10 A11 a pattern accepts the URLs that it matches as a whole', async (t) => {
  const flow = await openFlow(t);
  await flow.call('keys.update', { ...flow.production, callbackUrl: 'regexp=https://(a|b)\\.test/cb' });
  assert.equal((await flow.begin({ redirect_uri: 'https://b.test/cb' })).kind, 'login');
  assert.partialDeepStrictEqual(await flow.begin({ redirect_uri: 'https://b.test/cb2' }), { kind: 'page' });
});

test('A12 a loopback callback matches with any port, unless loopbackPorts is off', async (t) => {
  const flow = await openFlow(t);
  const form = { ...flow.ofPublic, redirect_uri: 'http://127.0.0.1:51004/cb' };
  assert.equal((await flow.begin(form)).kind, 'login');
  const code = await flow.code(form);
  const verifier = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
  const wrong = flow.exchange(
    code,
    { redirect_uri: 'http://127.0.0.1:51005/cb', code_verifier: verifier },
    flow.asPublic,
  );
  await assert.rejects(wrong, { message: 'Callback url mismatch' });
  await flow.call('settings.write', { loopbackPorts: false });
  assert.partialDeepStrictEqual(await flow.begin(form), { kind: 'page', error: { error: 'invalid_callback' } });
});

test('a malformed scope goes to the app', async (t) => {
  const flow = await openFlow(t);
  assert.partialDeepStrictEqual(flow.redirectOf(await flow.begin({ scope: '"a"' })), { error: 'invalid_scope' });
});
