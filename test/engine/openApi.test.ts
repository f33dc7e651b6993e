import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { InputOf } from '../../preload/contract/define.ts';
import type { MethodOf } from '../../preload/contract/index.ts';
import { failing, openWorld } from '../helpers/engine.ts';

/** The example of gateway reference 12. */
const orders = `
openapi: 3.0.1
info: { title: Orders, version: 1.0.0 }
x-wso2-basePath: /orders/1.0.0
x-wso2-production-endpoints: { urls: ["http://localhost:7001"], type: http }
x-wso2-sandbox-endpoints: { urls: ["http://localhost:7002"], type: http }
paths:
  /orders/{id}:
    get: { x-auth-type: Application User, x-throttling-tier: 10KPerMin, security: [ { default: [read_orders] } ], responses: { "200": { description: ok } } }
  /health:
    get: { x-auth-type: None, responses: { "200": { description: ok } } }
components:
  securitySchemes:
    default:
      type: oauth2
      flows:
        implicit: { authorizationUrl: "https://example.test", scopes: { read_orders: reads }, x-scopes-bindings: { read_orders: "admin,ops" } }
`;

const base64 = (document: string | object): string =>
  Buffer.from(typeof document === 'string' ? document : JSON.stringify(document)).toString('base64');

type Choices = Omit<InputOf<MethodOf<'apis.importOpenApi'>>, 'file'>;

async function openImporter(t: TestContext) {
  const world = await openWorld(t);
  const read = (document: string | object, choices: Choices = {}) =>
    world.call('apis.importOpenApi', { file: base64(document), ...choices });
  /** A preview of a minimal OpenAPI 3 document with these members. */
  const preview = (members: object, choices: Choices = {}) =>
    read({ openapi: '3.0.1', info: { title: 'Mine', version: '1' }, ...members }, { preview: true, ...choices });
  return { world, read, preview };
}

test('imports the example of gateway reference 12, with its scope', async (t) => {
  const { world, read } = await openImporter(t);
  const { api, created, scopes, notes } = await read(orders);
  assert.deepEqual([created, scopes, notes], [true, ['read_orders'], []]);
  assert.partialDeepStrictEqual(api, {
    ...{ name: 'Orders', version: '1.0.0', context: '/orders', basePath: '/orders/1.0.0', state: 'PUBLISHED' },
    ...{ productionBackend: 'http://localhost:7001', sandboxBackend: 'http://localhost:7002', open: false },
  });
  assert.deepEqual(api.resources, [
    { verb: 'GET', template: '/orders/{id}', authType: 'Application_User', scopes: ['read_orders'], tier: '10KPerMin' },
    { verb: 'GET', template: '/health', authType: 'None', scopes: [], tier: 'Unlimited' },
  ]);
  assert.deepEqual(await world.call('apis.read', { api: 'Orders/1.0.0' }), api);
  const scope = (await world.call('scopes.list', {})).items.find(({ name }) => name === 'read_orders');
  assert.partialDeepStrictEqual(scope, { description: 'reads', roles: ['admin', 'ops'], apis: ['Orders/1.0.0'] });
});

test('a preview writes nothing, and shows what an import would', async (t) => {
  const { world, read } = await openImporter(t);
  const before = [await world.call('apis.list', {}), await world.call('scopes.list', {}), world.sent.length];
  const { api, ...rest } = await read(orders, { preview: true });
  assert.deepEqual([await world.call('apis.list', {}), await world.call('scopes.list', {}), world.sent.length], before);
  const { api: imported, ...others } = await read(orders);
  assert.deepEqual(rest, others);
  assert.deepEqual({ ...api, id: imported.id }, imported);
});

test('an existing API is replaced only on request, and keeps its state and subscriptions', async (t) => {
  const { world, read } = await openImporter(t);
  const { api: first } = await read(orders);
  const subscription = await world.call('subscriptions.create', { application: 'Shop', api: 'Orders' });
  await world.call('apis.update', { api: 'Orders', state: 'BLOCKED', isDefaultVersion: true });
  await assert.rejects(read(orders), failing('conflict', 'replace', /Orders\/1\.0\.0 already exists/));
  const second = { openapi: '3.1.0', info: { title: 'Orders', version: '1.0.0' }, paths: { '/a': { post: {} } } };
  const { api, created } = await read(second, { replace: true });
  assert.equal(created, false);
  assert.deepEqual(api, {
    ...{ ...first, state: 'BLOCKED', isDefaultVersion: true, subscriptions: 1 },
    resources: [{ verb: 'POST', template: '/a', authType: 'Any', scopes: [], tier: 'Unlimited' }],
  });
  assert.deepEqual((await world.call('subscriptions.list', {})).items, [subscription]);
  const { api: other } = await read(orders, { version: '2.0.0', productionBackend: 'echo', sandboxBackend: null });
  assert.partialDeepStrictEqual(other, {
    ...{ version: '2.0.0', basePath: '/orders/2.0.0', productionBackend: 'echo', sandboxBackend: null },
  });
});

test('gateway reference 12: each part with a place is read, each other one is noted', async (t) => {
  const { world, preview } = await openImporter(t);
  const get = { '/a': { get: {} } };
  const oauth = (scopes: object, more: object = {}) => ({
    type: 'oauth2',
    flows: { clientCredentials: { scopes, ...more } },
  });
  const rows: readonly (readonly [string, object, object, readonly RegExp[]])[] = [
    ['a context from the title', { paths: get }, { context: '/mine', productionBackend: 'echo' }, [/echo answers/]],
    ['{version} in the base path', { 'x-wso2-basePath': '/1/mine' }, { context: '/{version}/mine' }, [/no operations/]],
    ['a base path without version', { 'x-wso2-basePath': '/a/b/' }, { context: '/a/b', basePath: '/a/b/1' }, []],
    ['a bad base path', { 'x-wso2-basePath': '/a b/1' }, { context: '/mine' }, [/base path "\/a b\/1" was ignored/]],
    [
      'the first server, with variables',
      { servers: [{ url: 'https://{host}/v1/', variables: { host: { default: 'api.test' } } }, { url: 'http://b' }] },
      { productionBackend: 'https://api.test/v1', sandboxBackend: null },
      [/first of 2 servers/, /Sandbox tokens have none/],
    ],
    ['a relative server', { servers: [{ url: '/v1' }] }, { productionBackend: 'echo' }, [/"\/v1" was ignored/]],
    [
      'endpoints by name, one of several URLs',
      {
        'x-wso2-endpoints': [{ one: { urls: ['http://a', 'http://b'], type: 'load_balance' } }],
        'x-wso2-sandbox-endpoints': '#/x-wso2-endpoints/one',
      },
      { productionBackend: null, sandboxBackend: 'http://a' },
      [/only the first of 2 URLs/],
    ],
    ['the tier of the API', { 'x-throttling-tier': '20KPerMin' }, { tier: '20KPerMin' }, []],
    ['the tier by the microgateway', { 'x-wso2-throttling-tier': '50KPerMin' }, { tier: '50KPerMin' }, []],
    ['an unknown tier', { 'x-throttling-tier': 'Gold' }, { tier: 'Unlimited' }, [/No advanced tier is named "Gold"/]],
    [
      'CORS',
      {
        'x-wso2-cors': {
          corsConfigurationEnabled: true,
          accessControlAllowOrigins: ['https://a.test'],
          accessControlAllowHeaders: ['X-One', 'bad header'],
          accessControlAllowMethods: ['get', 'TRACE'],
          accessControlAllowCredentials: true,
        },
      },
      { cors: { enabled: true, methods: ['GET'], headers: ['X-One'], exposedHeaders: [] } },
      [/origins of x-wso2-cors were ignored/, /never allow credentials/],
    ],
    ['CORS off means the settings', { 'x-wso2-cors': { corsConfigurationEnabled: false } }, { cors: null }, []],
    ['the header of the token', { 'x-wso2-auth-header': 'X-Auth' }, { authorizationHeader: 'X-Auth' }, []],
    ['a bad header', { 'x-wso2-auth-header': 'X Auth' }, { authorizationHeader: null }, [/auth-header was ignored/]],
    [
      'parts without a place',
      {
        'x-wso2-transports': ['https'],
        'x-wso2-mutual-ssl': 'mandatory',
        'x-wso2-api-key-header': 'key',
        'x-wso2-application-security': { 'security-types': ['basic_auth'] },
        'x-wso2-response-cache': { enabled: true },
        paths: {
          '/a': { get: { 'x-mediation-script': 'x', 'x-wso2-soap': {}, 'x-amzn-resource-name': 'arn' }, trace: {} },
        },
      },
      {},
      [
        ...[/x-wso2-transports was/, /x-wso2-mutual-ssl was/, /x-wso2-api-key-header was/, /application-security was/],
        ...[
          /response-cache was/,
          /x-mediation-script was/,
          /x-wso2-soap was/,
          /x-amzn-resource-name was/,
          /trace \/a was/,
        ],
      ],
    ],
    [
      'x-auth-type in all spellings',
      {
        paths: {
          '/1': { get: { 'x-auth-type': 'Application' }, put: { 'x-auth-type': 'Application User' } },
          '/2': { get: { 'x-auth-type': 'Application_User' }, put: { 'x-auth-type': 'Any' } },
          '/3': { get: { 'x-auth-type': 'Application & Application User' }, put: { 'x-auth-type': 'None' } },
          '/4': { get: { 'x-auth-type': 'Anybody' }, put: { 'x-wso2-disable-security': true } },
        },
      },
      {
        resources: ['Application', 'Application_User', 'Application_User', 'Any', 'Any', 'None', 'Any', 'None'].map(
          (authType) => ({ authType }),
        ),
      },
      [/GET \/4: the x-auth-type "Anybody" is unknown/],
    ],
    [
      'security: [] is None, at the root too',
      {
        security: [],
        paths: { '/a': { get: {}, put: { security: [{ x: [] }] }, post: { security: [{}, { x: [] }] } } },
      },
      { resources: [{ authType: 'None' }, { authType: 'Any' }, { authType: 'Any' }] },
      [/POST \/a: its security is optional/],
    ],
    [
      'no security at all',
      { 'x-wso2-disable-security': 'true', paths: get },
      { resources: [{ authType: 'None' }] },
      [],
    ],
    [
      'scopes of any scheme and flow',
      {
        components: { securitySchemes: { mine: oauth({ one: '' }), open: { type: 'openIdConnect' } } },
        security: [{ mine: ['one'], open: ['two'] }],
        paths: { '/a': { get: {}, put: { 'x-scope': 'three', security: [], 'x-auth-type': 'Any' } } },
      },
      { resources: [{ scopes: ['one', 'two'] }, { scopes: ['three'] }] },
      [/GET \/a: a token needs one of its scopes/, /"two" is used but not defined/, /"three" is used but not defined/],
    ],
    [
      'schemes without scopes',
      { components: { securitySchemes: { key: { type: 'apiKey' } } }, security: [{ key: [] }], paths: get },
      { resources: [{ authType: 'Any', scopes: [] }] },
      [/"key" \(apiKey\) is read as OAuth 2\.0/],
    ],
    [
      'a path behind a reference',
      { paths: { '/a': { $ref: '#/components/pathItems/a~1b' } }, components: { pathItems: { 'a/b': { get: {} } } } },
      { resources: [{ verb: 'GET', template: '/a' }] },
      [],
    ],
    [
      'references that lead nowhere',
      { paths: { '/a': { $ref: '#/paths/~1b' }, '/b': { $ref: '#/paths/~1a' }, '/c': { $ref: 'other.yaml' } } },
      { resources: [] },
      [/path \/a was ignored/, /path \/b was ignored/, /path \/c was ignored/],
    ],
    [
      'a bad path',
      { paths: { 'no slash': { get: {} }, ...get } },
      { resources: [{ template: '/a' }] },
      [/"no slash" was/],
    ],
    [
      'a bad title and version',
      { info: { title: 'Orders (v2): all', version: 'v 2/β' } },
      { name: 'Orders v2 all', version: 'v-2-' },
      [/named "Orders v2 all"/, /version is v-2-/],
    ],
  ];
  for (const [title, members, expected, expectedNotes] of rows) {
    const { api, notes } = await preview(members);
    assert.partialDeepStrictEqual(api, expected, title);
    for (const note of expectedNotes)
      assert.ok(
        notes.some((one) => note.test(one)),
        `${title}: ${note}: ${notes}`,
      );
  }
  assert.deepEqual((await world.call('apis.list', {})).items.length, 1);
});

test('reads roles and lists of scopes, and leaves existing scopes as they are', async (t) => {
  const { world, read } = await openImporter(t);
  await world.call('scopes.create', { name: 'shared', roles: ['boss'], apis: ['echo'] });
  const { scopes, notes } = await read({
    openapi: '3.0.0',
    info: { title: 'Mine', version: '1' },
    'x-wso2-security': { apim: { 'x-wso2-scopes': [{ key: 'listed', name: 'Listed', roles: 'ops, bad role' }] } },
    components: {
      securitySchemes: {
        other: { type: 'oauth2', flows: { password: { scopes: { twice: 'second' } } } },
        default: {
          type: 'oauth2',
          flows: {
            implicit: {
              scopes: { twice: 'first', open: '', shared: '', a: '', device_x: '', 'two words': '' },
              'x-scopes-bindings': { open: 'Internal/everyone', shared: 'other' },
            },
          },
        },
      },
    },
  });
  assert.deepEqual(scopes, ['twice', 'open', 'listed']);
  const { items } = await world.call('scopes.list', {});
  assert.deepEqual(
    items.map(({ name, description, roles, apis }) => [name, description, roles, apis]),
    [
      ['a', '', [], []],
      ['b', '', [], []],
      ['c', '', ['boss'], []],
      ['listed', 'Listed', ['ops'], ['Mine/1']],
      ['open', '', [], ['Mine/1']],
      ['shared', '', ['boss'], ['echo/1.0', 'Mine/1']],
      ['twice', 'first', [], ['Mine/1']],
    ],
  );
  for (const note of [
    /"open" needs no role/,
    /"two words" was ignored/,
    /Some roles of the scope "listed"/,
    /"shared" already/,
    /"a" already/,
  ]) {
    assert.ok(
      notes.some((one) => note.test(one)),
      `${note}: ${notes}`,
    );
  }
});

test('reads Swagger 2, in YAML and JSON', async (t) => {
  const { world, read } = await openImporter(t);
  const yaml = `swagger: "2.0"
info: {title: Pets, version: 1.0}
host: pets.test
basePath: /v2
schemes: [http]
securityDefinitions:
  default:
    type: oauth2
    flow: implicit
    scopes: {read_pets: reads}
    x-scopes-bindings: {read_pets: admin}
paths:
  /pets/*:
    get: {security: [{default: [read_pets]}]}
    head: {}
`;
  const { api, scopes } = await read(yaml);
  // The version is not the number 1.
  assert.partialDeepStrictEqual(api, { basePath: '/pets/1.0', productionBackend: 'http://pets.test/v2' });
  assert.deepEqual(
    api.resources.map(({ verb, template, scopes: needed }) => [verb, template, needed]),
    [
      ['GET', '/pets/*', ['read_pets']],
      ['HEAD', '/pets/*', []],
    ],
  );
  assert.deepEqual(scopes, ['read_pets']);
  const { items } = await world.call('scopes.list', {});
  assert.deepEqual(items.find(({ name }) => name === 'read_pets')?.roles, ['admin']);
  const json = { swagger: '2.0', info: { title: 'Toys', version: '3' }, basePath: '/toys/3', paths: {} };
  assert.equal((await read(json)).api.context, '/toys');
});

test('refuses what is no document of an API, and names line and column of a fault', async (t) => {
  const { world, read } = await openImporter(t);
  const info = { title: 'Mine', version: '1' };
  const many = Object.fromEntries(Array.from({ length: 501 }, (_, at) => [`/${at}`, { get: {} }]));
  const rows: readonly (readonly [string | object, RegExp])[] = [
    ['{\n "openapi": "3.0.1",\n "info" 2}', /Line 3, column \d+: Expected ':'/],
    ['openapi: 3.0.1\ninfo: a: b', /Line 2, column \d+: /],
    ['openapi: 3.0.1\nopenapi: 3.0.2', /Line 2, column 1: Map keys must be unique/],
    ['', /The document is empty/],
    [' ', /no OpenAPI document/],
    ['just text', /no OpenAPI document/],
    ['[]', /no OpenAPI document/],
    ['\0\u0001', /not a text file/],
    [{ info }, /no OpenAPI document/],
    [{ openapi: '4.0.0', info }, /Only OpenAPI 3 and Swagger 2/],
    [{ swagger: '1.2', info }, /Only OpenAPI 3 and Swagger 2/],
    [{ openapi: '3.0.0' }, /no title/],
    [{ openapi: '3.0.0', info: { title: '()' } }, /no letters/],
    [{ openapi: '3.0.0', info, paths: many }, /more than 500 operations/],
  ];
  for (const [document, message] of rows) {
    await assert.rejects(read(document), failing('bad_input', 'file', message), String(message));
  }
  const loop = { openapi: '3.0.0', info, servers: [{ url: 'https://localhost:8243/x' }] };
  await assert.rejects(read(loop), failing('bad_input', 'productionBackend', /loop/));
  assert.equal((await world.call('apis.list', {})).items.length, 1);
});

test('hostile documents get an answer and change nothing', async (t) => {
  const { world, read } = await openImporter(t);
  const head = 'openapi: 3.0.0\ninfo: {title: Mine, version: 1}\n';
  const letters = [...'abcdefghij'];
  const bomb = letters.map((letter, at) => {
    const item = at === 0 ? '"x"' : `*${letters[at - 1]}`;
    return `x-${letter}: &${letter} [${Array(9).fill(item).join(',')}]\n`;
  });
  const refused: readonly (readonly [string, RegExp])[] = [
    [`${head}x: ${'['.repeat(20_000)}`, /nested too deeply/],
    [`${head}x: ${'['.repeat(20_000)}${']'.repeat(20_000)}`, /nested too deeply/],
    [`{"x":${'{"x":'.repeat(200_000)}1${'}'.repeat(200_001)}`, /no OpenAPI document/],
    [`${head}${bomb.join('')}`, /aliases repeat too much/],
  ];
  for (const [document, message] of refused) {
    await assert.rejects(read(document, { preview: true }), failing('bad_input', 'file', message), String(message));
  }
  const accepted = [
    `${head}paths: &p\n  /a: *p\n`,
    `${head}paths: &p {/a: {get: *p, put: {security: [*p], x-auth-type: *p}}}\ncomponents: *p\n`,
    `${head}paths: {__proto__: {get: {}}, /a: {__proto__: {get: {}}, constructor: {}, get: {}}}\n`,
    `${head}components: {securitySchemes: {__proto__: {type: oauth2, flows: {a: {scopes: {__proto__: x, toString: y}}}}}}\n`,
    `${head}x-wso2-cors: []\nx-wso2-basePath: {}\nservers: x\ntags: !!js/function x\n`,
  ];
  for (const document of accepted) {
    const { api } = await read(document, { preview: true });
    assert.equal(api.name, 'Mine', document);
  }
  assert.equal(Reflect.get({}, 'get'), undefined);
  assert.equal((await world.call('apis.list', {})).items.length, 1);
});
