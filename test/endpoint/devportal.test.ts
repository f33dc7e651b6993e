import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { basic } from '../listener/wire.ts';
import { openShop } from './shop.ts';

const shop = await openShop();
after(shop.close);
const { call } = shop.app;
const origin = `http://localhost:${shop.http.port}`;
const portal = '/api/am/devportal/v3';
const kim = basic('kim', 'kim-secret');
const lee = basic('lee', 'lee+%41');

await call('users.create', { username: 'kim', password: 'kim-secret', roles: ['Internal/subscriber'] });
await call('users.create', { username: 'lee', password: 'lee+%41', roles: ['admin'] });
await call('apis.create', {
  name: 'orders',
  version: '1.0',
  context: '/orders',
  productionBackend: 'echo',
  state: 'PUBLISHED',
});
await call('apis.create', {
  name: 'old',
  version: '1.0',
  context: '/old',
  productionBackend: 'echo',
  state: 'DEPRECATED',
});
await call('apis.create', {
  name: 'draft',
  version: '1.0',
  context: '/draft',
  productionBackend: 'echo',
  state: 'CREATED',
});

// biome-ignore lint/suspicious/noExplicitAny: replies are compared member by member
type Json = any;

interface Answer {
  readonly status: number;
  readonly json: Json;
  readonly headers: Headers;
}

const send = async (
  method: string,
  path: string,
  body?: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> => {
  const response = await fetch(origin + path, {
    method,
    headers: { Authorization: kim, ...(body !== undefined && { 'Content-Type': 'application/json' }), ...headers },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, json: text === '' ? undefined : JSON.parse(text), headers: response.headers };
};

/** The reason of the newest request in the log. */
const why = async (): Promise<string | undefined> => (await call('requests.list', { limit: 1 })).items[0]?.why;

const create = async (name: string, authorization = kim): Promise<string> => {
  const { status, json } = await send(
    'POST',
    `${portal}/applications`,
    { name, throttlingPolicy: 'Unlimited' },
    { Authorization: authorization },
  );
  assert.equal(status, 201, JSON.stringify(json));
  return json.applicationId;
};

const apiId = async (name: string): Promise<string> =>
  (await send('GET', `${portal}/apis?query=name:${name}`)).json.list[0].id;

const error = (code: number, message: string, description: string) => ({
  code,
  message,
  description,
  moreInfo: '',
  error: [],
});

test('is off until the setting turns it on, and then leaves other paths to the gateway', async () => {
  const off = await fetch(`${origin}${portal}/applications`, { headers: { Authorization: kim } });
  assert.equal(off.status, 404);
  assert.match(await off.text(), /The requested resource is not available/);
  const before = await call('tokens.issue', { application: 'Shop', keyType: 'PRODUCTION', scope: 'apim:subscribe' });
  assert.equal(before.scope, 'am_application_scope default');
  await call('settings.write', { devPortal: true });
  assert.deepEqual((await send('GET', `${portal}/applications`)).json, {
    ...{ count: 0, list: [] },
    pagination: { offset: 0, limit: 25, total: 0, next: '', previous: '' },
  });
  assert.match(
    await (await fetch(`${origin}/api/am/publisher/v4/apis`)).text(),
    /The requested resource is not available/,
  );
});

test('answers each caller it cannot accept with the same 401, and the log says why', async () => {
  const { consumerKey, consumerSecret } = shop;
  await call('users.create', { username: 'plain', password: 'plain-secret' });
  await call('users.create', { username: 'gone', password: 'gone-secret', roles: ['admin'] });
  await call('users.disable', { user: 'gone' });
  const token = async (scope: string, username = 'kim') =>
    (await call('tokens.issue', { application: 'Shop', keyType: 'PRODUCTION', username, scope })).accessToken;
  const other = await token('device_x');
  const revoked = await token('apim:sub_manage');
  await call('tokens.revoke', { token: revoked });
  const cases: readonly (readonly [string | undefined, RegExp])[] = [
    [undefined, /no Authorization header/],
    ['', /no Bearer token/],
    ['Bearer', /no Bearer token/],
    ['Basic ???', /not base64/],
    ['Digest x', /not of the scheme Basic/],
    ['Bearer nonsense', /No token has this value/],
    [
      `Bearer ${other}`,
      /has the scopes "device_x"\. Request apim:subscribe or apim:app_manage .* role admin or Internal/,
    ],
    [`Bearer ${await token('apim:sub_manage')}`, /has the scopes "apim:sub_manage"/],
    [`Bearer ${revoked}`, /it is REVOKED/],
    [basic('kim', 'wrong'), /Wrong password/],
    [basic('nobody', 'x'), /No user has this name/],
    [basic(consumerKey, consumerSecret), /not a consumer key/],
    [basic('plain', 'plain-secret'), /lacks a role: admin or Internal\/subscriber/],
    [basic('gone', 'gone-secret'), /disabled/],
    [basic('admin', ''), /Wrong password, or the user has none/],
  ];
  for (const [authorization, reason] of cases) {
    const response = await fetch(`${origin}${portal}/applications`, {
      headers: authorization === undefined ? {} : { Authorization: authorization },
    });
    assert.equal(response.status, 401, authorization);
    assert.deepEqual(await response.json(), error(401, '', 'Unauthenticated request'));
    assert.match((await why()) ?? '', reason);
  }
  shop.advanceSeconds(4000);
  const expired = await token('apim:subscribe');
  shop.advanceSeconds(4000);
  await send('GET', `${portal}/applications`, undefined, { Authorization: `Bearer ${expired}` });
  assert.match((await why()) ?? '', /it expired/);
  assert.deepEqual(shop.faults, []);
});

test('a token with a scope, and a password with any characters, open it; tokens of applications are their owner', async () => {
  const scopes = 'apim:app_manage apim:sub_manage apim:subscribe apim:store_settings';
  const keys = { application: 'Shop', keyType: 'PRODUCTION' } as const;
  const { accessToken, scope } = await call('tokens.issue', { ...keys, scope: `${scopes} apim:api_publish` });
  assert.equal(scope, `am_application_scope ${scopes.split(' ').toSorted().join(' ')}`);
  const own = await send('GET', `${portal}/applications?query=Shop`, undefined, {
    Authorization: `bearer ${accessToken}`,
  });
  assert.deepEqual([own.status, own.json.list[0].owner, own.json.list[0].name], [200, 'admin', 'Shop']);
  const settings = await send('GET', `${portal}/settings`, undefined, { Authorization: `Bearer ${accessToken}` });
  assert.deepEqual(
    [settings.status, settings.json.apiGatewayEndpoint],
    [200, shop.status.tokenUrl?.replace('/token', '')],
  );
  assert.equal((await send('GET', `${portal}/applications`, undefined, { Authorization: lee })).status, 200);
  const { items } = await call('requests.list', { limit: 3 });
  assert.equal(items[1]?.clientId, shop.consumerKey);
});

test('a token of a user without the role is refused, however it got its scope', async () => {
  await call('users.create', { username: 'max', password: 'max-secret', roles: ['Internal/subscriber'] });
  const token = await call('tokens.issue', {
    application: 'Shop',
    keyType: 'PRODUCTION',
    username: 'max',
    scope: 'apim:subscribe',
  });
  const list = async () =>
    (await send('GET', `${portal}/applications`, undefined, { Authorization: `Bearer ${token.accessToken}` })).status;
  assert.equal(await list(), 200);
  await call('users.setRoles', { user: 'max', roles: [] });
  assert.equal(await list(), 401);
  assert.match((await why()) ?? '', /^User max lacks a role: admin or Internal\/subscriber or Internal\/devops\.$/);
});

test('applications: create, read, change and delete, as the window sees them', async () => {
  const given = {
    name: 'Calc',
    throttlingPolicy: '10PerMin',
    description: null,
    tokenType: 'OAUTH',
    attributes: {},
    groups: [],
  };
  const created = await send('POST', `${portal}/applications`, given);
  const id = created.json.applicationId;
  assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.equal(created.headers.get('location'), `${portal}/applications/${id}`);
  assert.deepEqual(
    { ...created.json, createdTime: '', updatedTime: '' },
    {
      ...{ applicationId: id, name: 'Calc', throttlingPolicy: '10PerMin', description: '', status: 'APPROVED' },
      ...{ groups: [], subscriptionCount: 0, attributes: {}, owner: 'kim', createdTime: '', updatedTime: '' },
      ...{ tokenType: 'JWT', keys: [], subscriptionScopes: [], hashEnabled: false },
    },
  );
  assert.equal((await call('applications.read', { application: 'Calc' })).owner, 'kim');
  assert.deepEqual((await send('GET', `/api/am/devportal/v2/applications/${id}/`)).json, created.json);

  const changed = await send('PUT', `${portal}/applications/${id}`, { name: 'Größe', throttlingPolicy: 'Unlimited' });
  assert.deepEqual([changed.status, changed.json.name, changed.json.throttlingPolicy], [200, 'Größe', 'Unlimited']);
  assert.equal((await send('GET', `${portal}/applications?query=Gr%C3%B6%C3%9Fe`)).json.count, 1);
  assert.equal((await send('GET', `${portal}/applications?query=Gr`)).json.count, 0, 'the name must be exact');

  const taken = await send('PUT', `${portal}/applications/${id}`, { name: 'Shop', throttlingPolicy: 'Unlimited' });
  assert.deepEqual(taken.json, error(409, 'Resource Already Exists', 'An application already exists with name Shop'));
  assert.match((await why()) ?? '', /^It belongs to admin/);
  const faulty: readonly (readonly [object | string, RegExp])[] = [
    [{ name: 'X' }, /throttlingPolicy is missing/],
    [{ throttlingPolicy: 'Unlimited' }, /name is missing/],
    [{ name: 'X', throttlingPolicy: 'Gold' }, /^Specified tier Gold is invalid$/],
    [{ name: ' ', throttlingPolicy: 'Unlimited' }, /must not be empty/],
    [{ name: 'x'.repeat(101), throttlingPolicy: 'Unlimited' }, /at most 100/],
    [{ name: 7, throttlingPolicy: 'Unlimited' }, /must be text/],
    [[], /must be an object/],
    ['"text"', /must be an object/],
    ['null', /must be an object/],
    ['{', /^Malformed request body\.$/],
    ['', /^Request payload cannot be empty\.$/],
    [`{"name":"${'\\u0000'}","throttlingPolicy":"Unlimited"}`, /control characters/],
    ['{"__proto__":{"name":"X"},"constructor":1}', /name is missing/],
    ['['.repeat(30_000), /^Malformed request body\.$/],
  ];
  for (const [body, description] of faulty) {
    const { status, json } = await send('POST', `${portal}/applications`, body);
    assert.deepEqual([status, json.code, json.message], [400, 400, 'Bad Request'], JSON.stringify(json));
    assert.match(json.description, description);
  }
  const deleted = await send('DELETE', `${portal}/applications/${id}`);
  assert.deepEqual([deleted.status, deleted.json], [200, undefined]);
  assert.deepEqual(
    (await send('GET', `${portal}/applications/${id}`)).json,
    error(404, 'Not Found', `Requested application with Id '${id}' not found`),
  );
});

test('a list has pages with links, an order, and says which number is wrong', async () => {
  for (const name of ['P1', 'P2', 'P3']) await create(name);
  const page = async (query: string) => (await send('GET', `${portal}/applications?${query}`)).json;
  const names = ({ list }: Json) => list.map(({ name }: Json) => name);
  const first = await page('limit=2');
  assert.deepEqual(names(first), ['P1', 'P2']);
  assert.equal(first.pagination.next, '/applications?limit=2&offset=2&groupId=');
  const second = await page('limit=2&offset=2');
  assert.deepEqual(
    [names(second), second.pagination.previous, second.pagination.next],
    [['P3'], '/applications?limit=2&offset=0&groupId=', ''],
  );
  assert.deepEqual(names(await page('sortBy=name&sortOrder=desc')), ['P3', 'P2', 'P1']);
  assert.deepEqual(await page('offset=99'), {
    count: 0,
    list: [],
    pagination: { offset: 99, limit: 25, total: 3, next: '', previous: '/applications?limit=25&offset=74&groupId=' },
  });
  for (const query of [
    'limit=-1',
    'limit=x',
    'offset=1e9',
    'sortBy=age',
    'sortBy=constructor',
    'limit=1&limit=2',
    'limit=%zz',
  ]) {
    assert.equal((await send('GET', `${portal}/applications?${query}`)).status, 400, query);
  }
});

test("an application of another user answers 403 everywhere, whatever the caller's role", async () => {
  const id = await create('Of kim');
  const [sub] = [
    await send('POST', `${portal}/subscriptions`, {
      applicationId: id,
      apiId: await apiId('orders'),
      throttlingPolicy: 'Gold',
    }),
  ];
  await send('POST', `${portal}/applications/${id}/generate-keys`, {
    keyType: 'PRODUCTION',
    grantTypesToBeSupported: ['client_credentials'],
  });
  const one = `${portal}/applications/${id}`;
  const paths = [
    ['GET', one],
    ['PUT', one, { name: 'Mine', throttlingPolicy: 'Unlimited' }],
    ['DELETE', one],
    ['POST', `${one}/generate-keys`, { keyType: 'SANDBOX' }],
    ['POST', `${one}/map-keys`, { keyType: 'SANDBOX', consumerKey: 'k', consumerSecret: 's' }],
    ['GET', `${one}/keys`],
    ['GET', `${one}/oauth-keys`],
    ['GET', `${one}/keys/PRODUCTION`],
    ['PUT', `${one}/keys/PRODUCTION`, {}],
    ['POST', `${one}/keys/PRODUCTION/regenerate-secret`],
    ['POST', `${one}/keys/PRODUCTION/generate-token`, {}],
    ['POST', `${one}/keys/PRODUCTION/clean-up`],
    ['GET', `${portal}/subscriptions?applicationId=${id}`],
    ['GET', `${portal}/subscriptions/${sub?.json.subscriptionId}`],
    ['DELETE', `${portal}/subscriptions/${sub?.json.subscriptionId}`],
    ['POST', `${portal}/subscriptions`, { applicationId: id, apiId: await apiId('echo'), throttlingPolicy: 'Gold' }],
  ] as const;
  const before = await call('describe.export', {});
  for (const [method, path, body] of paths) {
    const { status, json } = await send(method, path, body, { Authorization: lee });
    assert.deepEqual([status, json.code, json.message], [403, 403, 'Forbidden'], `${method} ${path}`);
    assert.match((await why()) ?? '', /^User lee does not own "Of kim"\.$/);
  }
  assert.deepEqual(await call('describe.export', {}), before);
  const ofApi = await send('GET', `${portal}/subscriptions?apiId=${await apiId('orders')}`, undefined, {
    Authorization: lee,
  });
  assert.equal(ofApi.json.count, 0, 'only subscriptions of own applications are listed');
});

test('keys: generated with lifetimes, read by type and id, changed, and the secret regenerated', async () => {
  const id = await create('Keys');
  const one = `${portal}/applications/${id}`;
  const body = {
    ...{ keyType: 'PRODUCTION', keyManager: 'Resident Key Manager', validityTime: '120', scopes: ['device_ipad'] },
    grantTypesToBeSupported: [
      'refresh_token',
      'urn:ietf:params:oauth:grant-type:saml2-bearer',
      'password',
      'client_credentials',
    ],
    callbackUrl: '',
    additionalProperties: {
      application_access_token_expiry_time: 900,
      user_access_token_expiry_time: 'N/A',
      pkceMandatory: 'true',
    },
  };
  const { status, json } = await send('POST', `${one}/generate-keys`, body);
  assert.equal(status, 200, JSON.stringify(json));
  const { consumerKey, consumerSecret, token, keyMappingId } = json;
  assert.deepEqual([token.validityTime, token.tokenScopes], [120, ['am_application_scope', 'device_ipad']]);
  assert.equal((await call('tokens.decode', { token: token.accessToken })).claims.client_id, consumerKey);
  const [keys] = (await call('keys.list', { application: 'Keys' })).items;
  assert.partialDeepStrictEqual(keys, {
    ...{ consumerKey, tokenFormat: 'apim42', pkce: 'required', applicationTokenValiditySeconds: 900 },
    ...{ userTokenValiditySeconds: 3600, grantTypes: ['password', 'client_credentials', 'refresh_token'] },
  });
  const read = (await send('GET', `${one}/oauth-keys/${keyMappingId}`)).json;
  assert.deepEqual({ ...read, token }, json);
  assert.deepEqual((await send('GET', `${one}/keys/PRODUCTION`)).json, read);
  assert.deepEqual((await send('GET', `${one}/oauth-keys`)).json, { count: 1, list: [read] });

  const again = await send('POST', `${one}/generate-keys`, body);
  assert.deepEqual([again.status, again.json.code, again.json.message], [409, 901409, 'Key Mappings already exists']);
  const changed = await send('PUT', `${one}/oauth-keys/${keyMappingId}`, {
    ...{ ...read, supportedGrantTypes: ['client_credentials'], callbackUrl: 'https://a.test/cb' },
    additionalProperties: JSON.stringify({ ...read.additionalProperties, pkceMandatory: false }),
  });
  assert.deepEqual(
    [changed.json.supportedGrantTypes, changed.json.callbackUrl, changed.json.additionalProperties.pkceMandatory],
    [['client_credentials'], 'https://a.test/cb', false],
  );
  const regenerated = await send('POST', `${one}/keys/PRODUCTION/regenerate-secret`);
  assert.notEqual(regenerated.json.consumerSecret, consumerSecret);
  assert.equal((await call('tokens.read', { token: token.accessToken })).state, 'REVOKED');

  const minted = async (more: object) => send('POST', `${one}/oauth-keys/${keyMappingId}/generate-token`, more);
  assert.equal((await minted({ consumerSecret })).status, 400);
  const first = await minted({ consumerSecret: regenerated.json.consumerSecret, validityPeriod: -1, scopes: [] });
  assert.equal(first.json.validityTime, -1, 'it never expires');
  const second = await minted({ revokeToken: first.json.accessToken, validityPeriod: 60 });
  assert.equal(second.json.validityTime, 60);
  assert.equal((await call('tokens.read', { token: first.json.accessToken })).state, 'REVOKED');
  assert.equal((await send('POST', `${one}/keys/PRODUCTION/clean-up`)).status, 200);
  assert.equal((await send('GET', `${one}/keys/SANDBOX`)).status, 404);
  assert.equal((await send('GET', `${one}/keys/OTHER`)).status, 404);
});

test('keys: chosen and mapped ones, and what they may not be', async () => {
  const id = await create('Mapped');
  const one = `${portal}/applications/${id}`;
  const mapped = await send('POST', `${one}/map-keys`, {
    keyType: 'PRODUCTION',
    consumerKey: '~a.b-c_1',
    consumerSecret: 'short',
  });
  assert.equal(mapped.status, 200, JSON.stringify(mapped.json));
  assert.match((await why()) ?? '', /fewer than 16 characters/);
  const reply = await fetch(`${origin}/token`, {
    method: 'POST',
    headers: { Authorization: basic('~a.b-c_1', 'short') },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  });
  assert.equal(reply.status, 200);
  const chosen = { keyType: 'SANDBOX', clientId: 'x'.repeat(255), clientSecret: 'y'.repeat(32) };
  const generated = await send('POST', `${one}/generate-keys`, chosen);
  assert.deepEqual([generated.json.consumerKey, generated.json.consumerSecret], [chosen.clientId, chosen.clientSecret]);

  const other = await create('Mapped too');
  const faulty: readonly (readonly [string, object, number])[] = [
    ['map-keys', { keyType: 'PRODUCTION', consumerKey: '~a.b-c_1', consumerSecret: 'another secret' }, 409],
    ['map-keys', { keyType: 'PRODUCTION', consumerKey: shop.consumerKey, consumerSecret: 'another secret' }, 409],
    ['map-keys', { keyType: 'PRODUCTION', consumerKey: 'a key', consumerSecret: 's' }, 400],
    ['map-keys', { keyType: 'PRODUCTION', consumerKey: 'x'.repeat(256), consumerSecret: 's' }, 400],
    ['map-keys', { keyType: 'PRODUCTION', consumerKey: 'k' }, 400],
    ['map-keys', { keyType: 'PRODUCTION', consumerKey: 'k', consumerSecret: 's\n' }, 400],
    ['map-keys', { keyType: 'PRODUCTION', consumerKey: 'k', consumerSecret: 's', keyManager: 'Okta' }, 400],
    ['generate-keys', { keyType: 'STAGING', grantTypesToBeSupported: ['password'] }, 400],
    ['generate-keys', { keyType: 'PRODUCTION', grantTypesToBeSupported: ['implicit'] }, 400],
    ['generate-keys', { keyType: 'PRODUCTION', grantTypesToBeSupported: 'password' }, 400],
    ['generate-keys', { keyType: 'PRODUCTION', callbackUrl: 'javascript:alert(1)' }, 400],
    ['generate-keys', { keyType: 'PRODUCTION', validityTime: '0' }, 400],
    ['generate-keys', { keyType: 'PRODUCTION', validityTime: 'soon' }, 400],
    ['generate-keys', { keyType: 'PRODUCTION', scopes: ['a"b'] }, 400],
    ['generate-keys', { keyType: 'PRODUCTION', additionalProperties: '{' }, 400],
  ];
  for (const [path, body, status] of faulty) {
    const answer = await send('POST', `${portal}/applications/${other}/${path}`, body);
    assert.equal(answer.status, status, `${JSON.stringify(body)} ${JSON.stringify(answer.json)}`);
    assert.ok(answer.json.description.length > 10);
  }
  assert.deepEqual(
    (await call('keys.list', { application: 'Mapped too' })).items,
    [],
    'a refusal leaves nothing behind',
  );
});

test('subscriptions: one for each API, listed both ways, changed, removed, and many at once or none', async () => {
  const applicationId = await create('Subscriber');
  const orders = await apiId('orders');
  const given = { applicationId, apiId: orders, throttlingPolicy: 'Silver', apiInfo: {} };
  const created = await send('POST', `${portal}/subscriptions`, given);
  const id = created.json.subscriptionId;
  assert.deepEqual([created.status, created.headers.get('location')], [201, `${portal}/subscriptions/${id}`]);
  assert.partialDeepStrictEqual(created.json, {
    ...{ apiId: orders, applicationId, throttlingPolicy: 'Silver', status: 'UNBLOCKED' },
    apiInfo: { name: 'orders', context: '/orders/1.0', version: '1.0' },
    applicationInfo: { name: 'Subscriber', subscriptionCount: 1 },
  });
  const again = await send('POST', `${portal}/subscriptions`, { ...given, throttlingPolicy: 'Gold' });
  assert.deepEqual(
    [again.status, again.json.description],
    [409, `Specified subscription already exists for API ${orders}, for application ${applicationId}`],
  );
  for (const query of [`applicationId=${applicationId}`, `apiId=${orders}`]) {
    const { list } = (await send('GET', `${portal}/subscriptions?${query}`)).json;
    assert.ok(
      list.some(({ subscriptionId }: Json) => subscriptionId === id),
      query,
    );
  }
  const changed = await send('PUT', `${portal}/subscriptions/${id}`, {
    ...created.json,
    requestedThrottlingPolicy: 'Gold',
  });
  assert.equal(changed.json.throttlingPolicy, 'Gold');
  assert.deepEqual((await send('GET', `${portal}/subscriptions/${id}`)).json, changed.json);

  const old = await apiId('old%20status:DEPRECATED');
  const faulty: readonly (readonly [string, object, number])[] = [
    ['', { ...given, apiId: old }, 404],
    ['', { ...given, apiId: 'nothing' }, 404],
    ['', { ...given, apiId: applicationId }, 404],
    ['', { ...given, applicationId: orders }, 404],
    ['', { ...given, apiId: await apiId('echo'), throttlingPolicy: 'Platinum' }, 403],
    ['', { applicationId, throttlingPolicy: 'Gold' }, 400],
    ['/multiple', [], 400],
    ['/multiple', given, 400],
  ];
  for (const [path, body, status] of faulty) {
    const answer = await send('POST', `${portal}/subscriptions${path}`, body);
    assert.equal(answer.status, status, `${JSON.stringify(body)} ${JSON.stringify(answer.json)}`);
  }
  assert.equal(
    (await send('GET', `${portal}/subscriptions`)).json.description,
    'Either applicationId or apiId should be available',
  );

  const echo = { ...given, apiId: await apiId('echo') };
  const half = await send('POST', `${portal}/subscriptions/multiple`, [echo, given]);
  assert.equal(half.status, 409);
  const listed = async () => (await send('GET', `${portal}/subscriptions?applicationId=${applicationId}`)).json.count;
  assert.equal(await listed(), 1, 'all or nothing');
  const both = await send('POST', `${portal}/subscriptions/multiple`, [echo]);
  assert.deepEqual([both.status, both.json.length, await listed()], [200, 1, 2]);
  assert.equal((await send('DELETE', `${portal}/subscriptions/${id}`)).status, 200);
  assert.equal(await listed(), 1);
});

test('APIs and tiers: visible ones, to anybody, by search', async () => {
  const names = async (query: string) =>
    (await (await fetch(`${origin}${portal}/apis?query=${encodeURIComponent(query)}`)).json()).list.map(
      ({ name }: Json) => name,
    );
  assert.deepEqual(await names(''), ['echo', 'orders']);
  assert.deepEqual(await names('RDE'), ['orders']);
  assert.deepEqual(await names('name:"orders" version:"1.0"'), ['orders']);
  assert.deepEqual(await names('name:or*er*'), ['orders']);
  assert.deepEqual(await names('name:orde'), []);
  assert.deepEqual(await names('name:*s*rs'), []);
  assert.deepEqual(await names('status:DEPRECATED'), ['old']);
  assert.deepEqual(await names('status:CREATED'), []);
  assert.deepEqual(await names('context:/orders*'), ['orders']);
  for (const query of ['tag:x', 'constructor:x', '__proto__:x']) {
    assert.equal((await send('GET', `${portal}/apis?query=${query}`)).status, 400, query);
  }
  assert.equal((await fetch(`${origin}${portal}/apis`, { headers: { Authorization: 'Bearer wrong' } })).status, 401);
  const { json } = await send('GET', `${portal}/apis/${await apiId('orders')}`);
  assert.equal(json.endpointURLs[0].URLs.https, `https://localhost:${shop.https.port}/orders/1.0`);
  assert.ok(json.tiers.some(({ tierName }: Json) => tierName === 'Gold'));
  assert.equal((await send('GET', `${portal}/throttling-policies/subscription`)).json.list.length, 5);
  assert.partialDeepStrictEqual((await send('GET', `${portal}/throttling-policies/application/10PerMin`)).json, {
    ...{ requestCount: 10, unitTime: 60_000, timeUnit: 'min', policyLevel: 'application', stopOnQuotaReach: true },
  });
  assert.equal((await send('GET', `${portal}/throttling-policies/advanced`)).status, 404);
  assert.equal((await send('GET', `${portal}/throttling-policies/application/None`)).status, 404);
  assert.equal((await send('GET', `${portal}/key-managers`)).json.list[0].name, 'Resident Key Manager');
});

test('registration gives a client, the same one again, and none of another user', async () => {
  const path = '/client-registration/v0.17/register';
  const given = {
    clientName: 'tests',
    owner: 'kim',
    grantType: 'password authorization_code implicit',
    callbackUrl: 'www.google.lk',
    saasApp: true,
  };
  const first = await send('POST', path, given);
  assert.deepEqual([first.status, first.json.appOwner, first.json.callBackURL], [200, 'kim', '']);
  assert.equal(JSON.parse(first.json.jsonString).grant_types, 'password');
  assert.match((await why()) ?? '', /no absolute URL/);
  assert.deepEqual((await send('POST', path, given)).json, first.json);
  await create('tests');
  const listed = (await send('GET', `${portal}/applications?limit=100`)).json.list.map(({ name }: Json) => name);
  assert.deepEqual(
    listed.filter((name: string) => name.startsWith('tests')),
    ['tests'],
    'clients are not listed',
  );
  assert.equal((await call('applications.read', { application: 'tests (registered)' })).owner, 'kim');

  const other = await send('POST', path, { ...given, owner: 'lee' });
  assert.deepEqual(
    [other.status, other.json.description],
    [400, "Logged in user 'kim' and application owner 'lee' should be same."],
  );
  assert.equal((await send('POST', path, { ...given, owner: 'nobody' }, { Authorization: lee })).status, 400);
  assert.equal((await send('POST', path, { clientName: 'tests' }, { Authorization: lee })).status, 403);
  const forKim = await send(
    'POST',
    path,
    { ...given, clientName: 'by lee', callbackUrl: 'https://a.test/cb' },
    { Authorization: lee },
  );
  assert.deepEqual([forKim.json.appOwner, forKim.json.callBackURL], ['kim', 'https://a.test/cb']);
  assert.equal((await send('POST', path, { ...given, clientName: 'x', grantType: 'implicit' })).status, 400);
  assert.equal((await send('POST', path, { owner: 'kim' })).status, 400);
});

test('other methods, paths, media types and sizes are refused in the form of API Manager', async () => {
  const list = `${portal}/applications`;
  const patched = await send('PATCH', list, {});
  assert.deepEqual(
    [patched.status, patched.json.code, patched.headers.get('allow')],
    [405, 405, 'GET, HEAD, POST, OPTIONS'],
  );
  const head = await fetch(`${origin}${list}`, { method: 'HEAD', headers: { Authorization: kim } });
  assert.equal(head.status, 200);
  for (const path of [
    '/api/am/devportal/v1/applications',
    `${portal}/nothing`,
    `${portal}/applications//keys`,
    '/api/am/devportal/',
  ]) {
    assert.deepEqual((await send('GET', path)).json, error(404, 'Not Found', 'Requested resource not found'), path);
  }
  const form = await send('POST', list, 'name=x', { 'Content-Type': 'application/x-www-form-urlencoded' });
  assert.deepEqual(
    form.json,
    error(415, 'Unsupported media type', 'The entity of the request was not in a supported format'),
  );
  assert.match((await why()) ?? '', /Content-Type: application\/json/);
  assert.deepEqual(
    (await send('POST', list, 'x'.repeat(70_000))).json,
    error(413, 'Payload Too Large', 'A body has at most 64 KiB.'),
  );
  assert.equal((await send('GET', `${list}/%zz`)).status, 400);
  assert.equal((await send('GET', `${list}/${encodeURIComponent("x' OR 1=1 --")}`)).status, 404);
  assert.deepEqual(shop.faults, []);
});

test('pages of this machine may call it, and those of other sites may not', async () => {
  const from = (site: string, method = 'GET') =>
    fetch(`${origin}${portal}/applications`, {
      method,
      headers: { Authorization: kim, Origin: site, 'Access-Control-Request-Method': 'DELETE' },
    });
  assert.equal((await from('https://evil.test')).status, 403);
  assert.equal((await from('https://evil.test', 'OPTIONS')).status, 403);
  const own = await from('http://localhost:3000');
  assert.deepEqual([own.status, own.headers.get('access-control-allow-origin')], [200, 'http://localhost:3000']);
  assert.equal(
    (await from('http://localhost:3000', 'OPTIONS')).headers.get('access-control-allow-methods'),
    'GET, HEAD, POST',
  );
});

test('the request log shows no secret of the API', async () => {
  const { items } = await call('requests.list', { limit: 500 });
  const shown = await Promise.all(
    items.filter(({ hasDetails }) => hasDetails).map(({ sequence }) => call('requests.read', { sequence })),
  );
  const text = JSON.stringify([items, shown]);
  assert.ok(text.includes('consumerSecret'));
  const secrets = (
    await Promise.all(
      (
        await call('keys.list', {})
      ).items.map(({ application, keyType }) => call('keys.reveal', { application, keyType })),
    )
  ).map(({ consumerSecret }) => consumerSecret);
  for (const secret of ['kim-secret', 'lee+%41', ...secrets.filter((one) => one.length > 8)])
    assert.ok(!text.includes(secret), secret);
  assert.doesNotMatch(text, /eyJ[\w-]{20,}\.[\w-]{20,}/);
});
