import assert from 'node:assert/strict';
import type { Caller } from '../../main/transport/reply.ts';
import { completeFlow, createBrowser, locationOf } from '../endpoint/signInBrowser.ts';
import type { Credentials } from '../helpers/oauthClient.ts';
import { basic, connect, exchange, formType, type HeaderLines, request, type Target } from '../listener/wire.ts';
import type { LeakDetector } from './leakDetector.ts';

interface Wire {
  readonly target: Target;
  readonly client: Credentials;
  readonly leaks: LeakDetector;
}

const form = (parameters: Readonly<Record<string, string>>): string => new URLSearchParams(parameters).toString();

const post = (path: string, body: string, headers: HeaderLines): string =>
  request(`POST ${path} HTTP/1.1`, { 'Content-Type': formType, ...headers }, body);

/** Sends a valid request of every grant. */
export async function sendValidRequests(wire: Wire, boss: Credentials, password: string): Promise<void> {
  const { target, client, leaks } = wire;
  const authorization = { Authorization: basic(client.id, client.secret) };
  const ask = async (
    path: string,
    parameters: Readonly<Record<string, string>>,
    headers: HeaderLines = authorization,
  ) => {
    const [reply] = await exchange(target, post(path, form(parameters), headers));
    assert.equal(reply?.status, 200, reply?.body);
    return reply.body;
  };
  const issue = async (parameters: Readonly<Record<string, string>>, headers?: HeaderLines) => {
    const answer = JSON.parse(await ask('/token', parameters, headers));
    leaks.addSecrets('/token', answer);
    return answer;
  };
  const user = { grant_type: 'password', username: 'tester', password };
  const first = await issue({ ...user, scope: 'read device_tv' });
  await issue({ ...user, scope: 'device_tv read' });
  await issue({ grant_type: 'client_credentials' });
  await issue({ ...user, scope: 'device_car', client_id: client.id, client_secret: client.secret }, {});
  const second = await issue({ grant_type: 'refresh_token', refresh_token: first.refresh_token });
  const known = await issue({ ...user, scope: 'openid profile' });
  assert.ok(known.id_token);
  for (const headers of [{ Authorization: `Bearer ${known.access_token}` }, {}]) {
    const form = 'Authorization' in headers ? {} : { access_token: known.access_token };
    leaks.record('userinfo', await ask('/userinfo', form, headers));
  }
  const inspect = { token: second.access_token };
  leaks.record('an introspection', await ask('/oauth2/introspect', inspect));
  leaks.record('an introspection', await ask('/introspect', inspect, { Authorization: basic(boss.id, boss.secret) }));
  leaks.record('a revocation', await ask('/revoke', inspect));
  leaks.record('an introspection', await ask('/oauth2/introspect', inspect));
  leaks.record('a revocation', await ask('/oauth2/revoke', { token: second.refresh_token, callback: 'done' }));
}

/** Uses the DevPortal REST API as `boss`, and sends it a secret in wrong places. */
export async function sendPortalRequests({ target, leaks }: Wire, boss: Credentials, secret: string): Promise<void> {
  const portal = '/api/am/devportal/v3';
  const send = async (method: string, path: string, body?: unknown, authorization = basic(boss.id, boss.secret)) => {
    const headers = { Authorization: authorization, 'Content-Type': 'application/json' };
    const text = body === undefined ? '' : JSON.stringify(body);
    const [reply] = await exchange(target, request(`${method} ${path} HTTP/1.1`, headers, text));
    assert.ok(reply);
    return reply;
  };
  const good = async (...given: Parameters<typeof send>) => {
    const { status, body } = await send(...given);
    assert.ok(status < 300, body);
    const answer = JSON.parse(body || '{}');
    leaks.addSecrets('the DevPortal REST API', answer);
    return answer;
  };
  await good('POST', '/client-registration/v0.17/register', { clientName: 'canary' });
  const application = { name: `Portal ${target.port}`, throttlingPolicy: 'Unlimited' };
  const { applicationId } = await good('POST', `${portal}/applications`, application);
  const one = `${portal}/applications/${applicationId}`;
  await good('POST', `${one}/generate-keys`, { keyType: 'PRODUCTION', scopes: ['device_portal'] });
  const mapped = { keyType: 'SANDBOX', consumerKey: `mapped.${target.port}`, consumerSecret: `mapped ${secret}` };
  await good('POST', `${one}/map-keys`, mapped);
  leaks.addSecret(`the mapped secret (${target.port})`, mapped.consumerSecret);
  await good('GET', `${one}/oauth-keys`);
  await good('POST', `${one}/keys/PRODUCTION/generate-token`, { validityPeriod: 60 });
  await good('POST', `${one}/keys/PRODUCTION/regenerate-secret`);

  const wrong = [
    await send('POST', `${one}/keys/PRODUCTION/generate-token`, { consumerSecret: secret, revokeToken: secret }),
    await send('POST', `${one}/map-keys`, { ...mapped, consumerSecret: `${secret}\n` }),
    await send('POST', `${one}/map-keys`, { ...mapped, consumerSecret: secret }),
    await send('POST', `${one}/generate-keys`, { keyType: secret, clientId: secret, additionalProperties: secret }),
    await send('POST', '/client-registration/v0.17/register', { clientName: '', clientSecret: secret }),
    await send('GET', `${portal}/applications?limit=${encodeURIComponent(secret)}`),
    await send('GET', `${portal}/applications`, undefined, `Bearer ${encodeURIComponent(secret)}`),
    await send('GET', `${portal}/applications`, undefined, basic(boss.id, secret)),
    await send('GET', `${portal}/applications`, undefined, basic(secret, boss.secret)),
  ];
  for (const { status, headers, body } of wrong) {
    assert.ok(status >= 400, body);
    leaks.record('a refusal of the DevPortal REST API', `${JSON.stringify(headers)}\n${body}`);
  }
}

/** Completes a code flow of Shop with a browser that signs in. The code is a secret too. */
export async function signInForToken(
  { target, leaks }: Pick<Wire, 'target' | 'leaks'>,
  call: Caller,
  login: { readonly username: string; readonly password: string },
): Promise<void> {
  const input = { application: 'Shop', keyType: 'PRODUCTION', scope: 'openid' } as const;
  const signedIn: Promise<void>[] = [];
  const signIn = async (url: string) => {
    const { pathname, search } = new URL(url);
    const callback = locationOf(await completeFlow(createBrowser(target), pathname + search, login));
    leaks.addSecret('a code', new URL(callback).searchParams.get('code') ?? '');
    leaks.record('the page at the callback', await (await fetch(callback)).text());
  };
  const token = await call('tokens.authorize', input, {
    onProgress: ({ openUrl = '' }) => signedIn.push(signIn(openUrl)),
  });
  await Promise.all(signedIn);
  leaks.addSecrets('tokens.authorize', token);
}

/** Sends requests with a secret in a wrong place, or with a wrong one. The replies must not repeat it. */
export async function sendInvalidRequests({ target, client, leaks }: Wire, secret: string): Promise<void> {
  const encoded = encodeURIComponent(secret);
  const right = { Authorization: basic(client.id, client.secret) };
  const user = { grant_type: 'password', username: 'tester' };
  const asForm = form({ ...user, password: secret });
  const requests = [
    `GET /token?grant_type=password&username=tester&password=${encoded} HTTP/1.1\r\nHost: localhost\r\n\r\n`,
    `GET /nowhere?token=${encoded} HTTP/1.1\r\nHost: localhost\r\n\r\n`,
    `PUT /token HTTP/1.1\r\nHost: localhost\r\nX-Secret: ${encoded}\r\n\r\n`,
    `GET http://localhost/revoke?token=${encoded} HTTP/1.1\r\nHost: localhost\r\n\r\n`,
    post(`/token?client_secret=${encoded}`, asForm, right),
    post(`/oauth2/introspect?token=${encoded}`, '', right),
    post('/token', `${asForm}x`, right),
    post('/token', `${asForm}&password=${encoded}`, right),
    post('/token', form({ ...user, passwd: secret }), right),
    post('/token', `${asForm}%zz`, right),
    post('/token', `${asForm}%00`, right),
    post('/token', JSON.stringify({ ...user, password: secret }), { ...right, 'Content-Type': 'application/json' }),
    post('/token', asForm, { ...right, 'Content-Type': 'text/plain' }),
    post('/token', asForm, { ...right, 'Content-Encoding': 'gzip' }),
    post('/token', asForm, { ...right, Host: `${encoded}.test` }),
    post('/token', asForm, { ...right, Origin: `http://${encoded}.test` }),
    post('/token', asForm, { ...right, Expect: encoded }),
    post('/token', asForm, { ...right, Cookie: `token=${encoded}` }),
    post('/token', asForm, { ...right, 'Transfer-Encoding': encoded }),
    post('/token', asForm, { Authorization: `Bearer ${encoded}` }),
    post('/token', asForm, { Authorization: `Basic ${encoded}` }),
    post('/token', asForm, { Authorization: `Basic ${Buffer.from(secret).toString('base64')}` }),
    post('/token', asForm, { Authorization: basic(client.id, secret) }),
    post('/token', asForm, { 'Authorization ': `${basic(client.id, client.secret)}, Content-Type: ${formType}` }),
    post('/token', `${asForm}&client_id=${client.id}&client_secret=${encoded}`, {}),
    post('/token', form({ grant_type: 'refresh_token', refresh_token: secret }), right),
    post('/token', form({ grant_type: 'client_credentials', validity_period: secret }), right),
    post('/token', `${asForm}${'x'.repeat(70_000)}`, right),
    post('/revoke', form({ token: secret, callback: `(${secret})` }), right),
    post('/revoke', form({ token: secret }), { Authorization: basic(client.id, secret) }),
    post('/oauth2/introspect', form({ token: secret, token_type_hint: secret }), {}),
    post('/oauth2/introspect', form({ token: 'x' }), { Authorization: basic('boss', secret) }),
    `${encoded}\r\n\r\n`,
    `POST /token HTTP/1.1\r\nHost: localhost\r\n${encoded}\r\n\r\n`,
    `POST /token HTTP/9.9\r\nHost: localhost\r\nX: ${encoded}\r\n\r\n`,
  ];
  for (const bytes of requests) {
    for (const { status, headers, body } of await exchange(target, bytes)) {
      // A secret that happens to be valid gets a 200.
      if (status === 200) leaks.addSecrets('a 200', JSON.parse(body || '{}'));
      else leaks.record('the reply to a bad request', `${JSON.stringify(headers)}\n${body}`);
    }
  }
  const cutShort = await connect(target);
  await new Promise((sent) => cutShort.write(post('/token', `${asForm} and more`, right).slice(0, -5), sent));
  cutShort.destroy();
}
