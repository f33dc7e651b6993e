import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, beforeEach, test } from 'node:test';
import type { InputOf } from '../../preload/contract/define.ts';
import { KeyfobError } from '../../preload/contract/errors.ts';
import type { MethodOf } from '../../preload/contract/index.ts';
import { signInAt } from '../endpoint/signInBrowser.ts';
import { openServingApp } from '../helpers/app.ts';
import { failing } from '../helpers/engine.ts';

let shop: Awaited<ReturnType<typeof openServingApp>>;
before(async () => {
  shop = await openServingApp();
});
after(async () => {
  assert.deepEqual(shop.faults, []);
  await shop.close();
});

const keys = { application: 'Shop', keyType: 'PRODUCTION' } as const;
const login = { username: 'tester', password: 's3cret' };
const call: typeof shop.app.call = (...args) => shop.app.call(...args);
const target = () => ({ port: shop.status.port ?? 0, ca: readFileSync(shop.status.caFile, 'utf8') });

beforeEach(async () => {
  await call('keys.update', {
    ...keys,
    grantTypes: ['authorization_code', 'refresh_token', 'password'],
    callbackUrl: 'http://127.0.0.1/cb',
    publicClient: false,
  });
});

/** Runs the flow; `person` acts at the address that is to be opened. */
async function authorize(
  person: (url: string, cancel: () => void) => unknown,
  input: Partial<InputOf<MethodOf<'tokens.authorize'>>> = {},
) {
  const opened: string[] = [];
  const stop = new AbortController();
  const acted: unknown[] = [];
  const token = call(
    'tokens.authorize',
    { ...keys, ...input },
    {
      signal: stop.signal,
      onProgress({ openUrl }) {
        assert.ok(openUrl);
        opened.push(openUrl);
        acted.push(person(openUrl, () => stop.abort()));
      },
    },
  );
  const settled = await token.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
  await Promise.all(acted);
  const [url = ''] = opened;
  if ('error' in settled) return { url, error: settled.error };
  return { url, token: settled.value };
}

const approve = (url: string) => signInAt(target(), url, login);

for (const publicClient of [false, true]) {
  test(`a sign-in gives a token to a ${publicClient ? 'public' : 'confidential'} client`, async () => {
    await call('keys.update', { ...keys, publicClient });
    const scope = publicClient ? 'device_public openid' : 'device_desk';
    const { url, token } = await authorize(approve, { scope, username: 'tes ter' });
    const sent = Object.fromEntries(new URL(url).searchParams);
    assert.ok(url.startsWith(`${shop.status.authorizeUrl}?`));
    assert.deepEqual([sent.scope, sent.login_hint, sent.code_challenge_method], [scope, 'tes ter', 'S256']);
    assert.match(sent.redirect_uri ?? '', /^http:\/\/127\.0\.0\.1:\d+\/cb$/);
    assert.ok(token, 'a token');
    assert.deepEqual([token.tokenType, token.reused, token.persistence], ['Bearer', false, 'encrypted']);
    assert.equal(token.scope.split(' ').sort().join(' '), scope.split(' ').sort().join(' '));
    assert.match(token.why, /^New: there was no live token for user tester/);
    assert.equal((await call('tokens.read', { token: token.accessToken })).grantType, 'authorization_code');
    assert.equal(token.idToken === undefined, !publicClient);
    if (token.idToken !== undefined) {
      const claims = JSON.parse(Buffer.from(token.idToken.split('.')[1] ?? '', 'base64url').toString());
      assert.equal(claims.nonce, sent.nonce);
    }
    await assert.rejects(fetch(sent.redirect_uri ?? ''), 'the callback is closed');
  });
}

test('the answers of strangers change nothing, and a second sign-in reuses the token', async () => {
  const { token } = await authorize(
    async (url) => {
      const { redirect_uri: callback, state } = Object.fromEntries(new URL(url).searchParams);
      const iss = encodeURIComponent(`https://localhost:${shop.status.port}/oauth2/token`);
      for (const query of [
        'code=a&state=b',
        `code=a&state=${state}`,
        `code=a&state=${state}&iss=https://evil.test`,
        `state=${state}&iss=${iss}`,
      ]) {
        assert.equal((await fetch(`${callback}?${query}`)).status, 400, query);
      }
      const page = await approve(url);
      assert.match(await page.text(), /You can close this tab/);
    },
    { scope: 'device_desk' },
  );
  assert.equal(token?.reused, true);
  assert.match(token?.why ?? '', /^Reused: token \d+ for user tester/);
});

test('a refusal by the user, and a refused exchange, say why', async () => {
  const denied = await authorize((url) => signInAt(target(), url, login, 'deny'));
  assert.ok(failing('refused', undefined, /access_denied: User denied the consent/)(denied.error));
  const expired = await authorize((url) => signInAt(target(), url, login, 'approveExpired'));
  assert.ok(
    failing(
      'refused',
      undefined,
      /invalid_grant.*issued expired, because the user chose that on the consent page/,
    )(expired.error),
  );
  const retired = await authorize(async (url) => {
    await approve(url.replace(/code_challenge=[^&]{5}/, 'code_challenge=AAAAA'));
  });
  assert.ok(failing('refused', undefined, /PKCE validation failed/)(retired.error));
});

test('waiting ends by a cancel and at the time limit', async () => {
  const cancelled = await authorize((_, cancel) => cancel());
  assert.ok(failing('cancelled')(cancelled.error));
  await assert.rejects(fetch(new URL(cancelled.url).searchParams.get('redirect_uri') ?? ''));
  const late = await authorize(() => undefined, { timeoutSeconds: 1 });
  assert.ok(failing('call_failed', undefined, /Nobody signed in within 1 s/)(late.error));
});

test('what cannot work is refused at once, and says what to do', async () => {
  const refused = async (...expected: Parameters<typeof failing>) => {
    const { url, error } = await authorize(() => assert.fail('nothing is to be opened'));
    assert.equal(url, '');
    assert.ok(failing(...expected)(error));
  };
  await call('keys.update', { ...keys, grantTypes: ['password'] });
  await refused('refused', undefined, /does not allow this grant type/);
  await call('keys.update', { ...keys, grantTypes: ['authorization_code'], callbackUrl: '' });
  await refused(
    'refused',
    undefined,
    /keyfob keys update --application "Shop" --key-type PRODUCTION --callback-url http:\/\/127\.0\.0\.1\/callback$/,
  );
  for (const [callbackUrl, suggested] of [
    ['https://a.test/cb', "'regexp=(https://a\\.test/cb|http://127\\.0\\.0\\.1:8765/callback)'"],
    ['https://localhost/cb', "'regexp=(https://localhost/cb|http://127\\.0\\.0\\.1:8765/callback)'"],
    [
      'http://127.0.0.1.a.test/cb',
      "'regexp=(http://127\\.0\\.0\\.1\\.a\\.test/cb|http://127\\.0\\.0\\.1:8765/callback)'",
    ],
    ['regexp=https://a\\.test/.*', "'regexp=(https://a\\.test/.*|http://127\\.0\\.0\\.1:8765/callback)'"],
    ['com.app:/cb', "'regexp=(com\\.app:/cb|http://127\\.0\\.0\\.1:8765/callback)'"],
  ] as const) {
    await call('keys.update', { ...keys, callbackUrl });
    const { error } = await authorize(() => assert.fail());
    assert.ok(error instanceof Error && error.message.endsWith(`--callback-url ${suggested}`), String(error));
    // The suggestion is accepted; perhaps another program has its port.
    await call('keys.update', { ...keys, callbackUrl: suggested.slice(1, -1) });
    const next = await authorize((_, cancel) => cancel());
    assert.ok(next.error instanceof KeyfobError && ['cancelled', 'port_in_use'].includes(next.error.code));
  }
  await assert.rejects(
    call('tokens.issue', { ...keys, grantType: 'authorization_code' }),
    failing('bad_input', 'grantType', /tokens\.authorize/),
  );
  await assert.rejects(call('tokens.issue', { ...keys, grantType: 'password' }), failing('bad_input', 'username'));
  await assert.rejects(
    call('tokens.issue', { ...keys, grantType: 'client_credentials', username: 'tester' }),
    failing('bad_input', 'grantType'),
  );
});

test('with exact loopback callbacks, a taken port is refused and a free one serves', async (t) => {
  await call('settings.write', { loopbackPorts: false });
  t.after(() => call('settings.write', { loopbackPorts: true }));
  const other = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => other.on('listening', resolve));
  const { port } = other.address() as AddressInfo;
  const callbackUrl = `http://127.0.0.1:${port}/cb`;
  await call('keys.update', { ...keys, callbackUrl });
  const { error } = await authorize(() => assert.fail());
  assert.ok(failing('port_in_use', undefined, /Stop the program that listens there/)(error));
  await new Promise((resolve) => other.close(resolve));
  const { token, url } = await authorize(approve, { scope: 'device_fixed' });
  assert.equal(new URL(url).searchParams.get('redirect_uri'), callbackUrl);
  assert.equal(token?.scope, 'device_fixed');
});

test('a stopped endpoint ends the waiting, and it and a locked vault are refused', async () => {
  const { url, error } = await authorize(() => call('endpoint.stop', {}));
  assert.ok(failing('call_failed', undefined, /The endpoint was stopped/)(error));
  await assert.rejects(fetch(new URL(url).searchParams.get('redirect_uri') ?? ''));
  await assert.rejects(call('tokens.authorize', keys), failing('call_failed', undefined, /The endpoint is stopped/));
  await call('vault.lock', {});
  await assert.rejects(call('tokens.authorize', keys), failing('vault_locked'));
});
