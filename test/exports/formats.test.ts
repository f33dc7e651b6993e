import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { parse } from 'yaml';
import { z } from 'zod';
import { type Yaml, yamlText } from '../../main/exports/yaml.ts';
import { exportFormat } from '../../preload/contract/exports.ts';
import { secretsMode } from '../../preload/contract/snippets.ts';
import { failing } from '../helpers/engine.ts';
import { hostileText, hostileValues } from '../snippets/models.ts';
import { set, textOf, write } from './sets.ts';

const hostile = {
  application: `#1 "Shop": 'a' {b} - é, 日本 & | > %`,
  user: { name: `o'neil"$x#:`, password: hostileValues.join('') },
};
const secrets = ['Secret-1', 's3cret', 'token-1', 'token-2', Buffer.from('key:Secret-1').toString('base64')];

test('no format holds a secret unless asked, and each names all devices in order', () => {
  for (const format of exportFormat.options) {
    for (const mode of secretsMode.exclude(['real']).options) {
      const all = [...write(format, mode)].join('\n');
      for (const secret of secrets) assert.ok(!all.includes(secret), `${format} ${mode} ${secret}`);
      if (format === 'env') continue;
      const places = set.devices.map(({ name }) => all.indexOf(name));
      assert.deepEqual(
        places,
        [...places].sort((a, b) => a - b),
        format,
      );
      assert.ok(!places.includes(-1), format);
    }
    // The tests of the sheet scan its codes.
    if (format === 'qr-sheet') continue;
    assert.ok(
      secrets.some((secret) => [...write(format, 'real')].join('\n').includes(secret)),
      format,
    );
  }
});

test('file names are safe on every system and never repeat, and those with calls bring the certificate', () => {
  const devices = ['..', 'CON', 'con', 'a.b', 'A-B', '-rf'].map((name) => ({
    ...{ name, scope: `device_${name}`, token: 't', expiresAt: 'never' },
  }));
  for (const format of exportFormat.options) {
    const names = [...write(format, 'real', { devices }).keys()];
    assert.equal(new Set(names.map((name) => name.toLowerCase())).size, names.length);
    for (const name of names) assert.match(name, /^(?:\.?[a-z][\w-]*\/)?\.?[a-z][\w-]*(?:\.[a-z_]+1?)*$/i);
    assert.equal(names.includes('ca.pem'), !['csv', 'lines', 'qr-sheet'].includes(format));
  }
});

describe('YAML', () => {
  const tree: fc.Arbitrary<Yaml> = fc.letrec<{ tree: Yaml }>((tie) => ({
    tree: fc.oneof(
      { depthSize: 'small' },
      hostileText,
      fc.integer(),
      fc.boolean(),
      fc.array(tie('tree'), { maxLength: 3 }),
      fc.dictionary(
        hostileText.filter((key) => key !== '__proto__'),
        tie('tree'),
        { maxKeys: 3, noNullPrototype: true },
      ),
    ),
  })).tree;
  test('a parser reads back any tree', () => {
    fc.assert(fc.property(tree, (value) => assert.deepEqual(parse(yamlText(value), { uniqueKeys: false }), value)));
  });
});

// The shapes below are ours, by the documents of each program: none publishes a schema package.
const text = z.string().min(1);
const entry = z.strictObject({ key: text, value: z.string(), type: z.enum(['string', 'text']) });
const postmanItem = z.strictObject({
  name: text,
  event: z.array(z.unknown()).optional(),
  request: z.strictObject({
    method: z.enum(['GET', 'POST']),
    url: text,
    header: z.array(z.never()),
    auth: z.discriminatedUnion('type', [
      z.strictObject({ type: z.literal('basic'), basic: z.array(entry) }),
      z.strictObject({ type: z.literal('bearer'), bearer: z.array(entry) }),
    ]),
    body: z.strictObject({ mode: z.literal('urlencoded'), urlencoded: z.array(entry) }).optional(),
  }),
});

const apiClients = ['postman', 'bruno', 'insomnia'] as const;

test('Postman: one item and one variable per device, secrets in the environment only', () => {
  const files = write('postman', 'real', { ...hostile, user: { ...hostile.user, password: 'p"\\\n$' } });
  const collection = JSON.parse(textOf(files, 'keyfob.postman_collection.json'));
  const items = z.array(postmanItem).parse(collection.item);
  assert.equal(items.length, 2 * set.devices.length);
  assert.equal(collection.info.name, `Keyfob: ${hostile.application}, PRODUCTION`);
  const environment = JSON.parse(textOf(files, 'keyfob.postman_environment.json'));
  const value = new Map<string, { value: string; type: string }>(
    environment.values.map((one: { key: string; value: string; type: string }) => [one.key, one]),
  );
  assert.equal(value.size, environment.values.length);
  assert.deepEqual([value.get('password')?.value, value.get('password')?.type], ['p"\\\n$', 'secret']);
  assert.equal(value.get('username')?.value, hostile.user.name);
  // Each variable that an item reads is in the environment.
  const used = [...JSON.stringify(collection).matchAll(/\{\{(\w+)\}\}/g)].map(([, name = '']) => name);
  for (const name of used) assert.ok(value.has(name), name);
  const bearers = items.flatMap(({ request }) =>
    request.auth.type === 'bearer' ? [request.auth.bearer[0]?.value] : [],
  );
  assert.equal(new Set(bearers).size, set.devices.length);
  assert.ok(!textOf(files, 'keyfob.postman_collection.json').includes('Secret-1'));
});

test('Bruno: one id of credentials per device, secrets in .env only', () => {
  const files = write('bruno', 'real', { ...hostile, user: { ...hostile.user, password: 'p "\n$' } });
  const requests = [...files].filter(([name]) => name.startsWith('call-')).map(([, content]) => parse(content));
  assert.deepEqual(
    requests.map(({ info }) => info.name),
    set.devices.map(({ name }) => `Call as ${name}`),
  );
  assert.equal(new Set(requests.map(({ http }) => http.auth.tokenConfig.id)).size, set.devices.length);
  assert.deepEqual(
    requests.map(({ http }) => http.auth.scope),
    set.devices.map(({ scope }) => scope),
  );
  const { variables } = parse(textOf(files, 'environments/keyfob.yml'));
  assert.deepEqual(
    variables.find(({ name }: { name: string }) => name === 'password'),
    {
      name: 'password',
      value: '{{process.env.KEYFOB_PASSWORD}}',
    },
  );
  for (const [name, content] of files) if (name !== '.env') assert.ok(!content.includes('Secret-1'), name);
  assert.match(textOf(files, '.gitignore'), /^\.env$/m);
  const typed = parse(textOf(write('bruno', 'placeholder'), 'environments/keyfob.yml'));
  assert.deepEqual(typed.variables.at(-1), { name: 'password', secret: true });
});

test('Insomnia: one request per device, which its own cache tells apart', () => {
  const request = z.strictObject({
    name: text,
    meta: z.strictObject({ id: z.string().regex(/^req_\w+$/) }),
    url: z.literal('{{ _.apiUrl }}'),
    method: z.literal('GET'),
    authentication: z.strictObject({
      type: z.literal('oauth2'),
      grantType: z.enum(['client_credentials', 'password']),
      ...{ accessTokenUrl: text, clientId: text, clientSecret: text, scope: text },
      ...{ username: text.optional(), password: text.optional() },
      credentialsInBody: z.boolean(),
    }),
  });
  const collection = z.strictObject({
    type: z.literal('collection.insomnia.rest/5.0'),
    schema_version: z.literal('5.1'),
    name: text,
    meta: z.strictObject({ id: z.string().regex(/^wrk_\w+$/) }),
    collection: z.array(request),
    environments: z.strictObject({ name: text, meta: z.strictObject({ id: text }), data: z.record(text, z.string()) }),
    certificates: z.array(z.strictObject({ path: z.literal('ca.pem') })),
  });
  const user = { ...hostile.user, password: 'p"\\\n$ é' };
  const read = collection.parse(parse(textOf(write('insomnia', 'real', { ...hostile, user }), 'keyfob.insomnia.yaml')));
  assert.equal(new Set(read.collection.map(({ meta }) => meta.id)).size, set.devices.length);
  assert.deepEqual([read.environments.data.password, read.environments.data.username], [user.password, user.name]);
});

test('API clients refuse a value that they would read as a template', () => {
  for (const format of apiClients) {
    for (const password of ['{{x}}', 'a{%b', '{#']) {
      const part = { user: { name: 'tester', password } };
      assert.throws(() => write(format, 'real', part), failing('bad_input'));
      assert.ok(write(format, 'env', part).size > 0);
    }
  }
});

test('.http: encoded bodies on one line, secrets in the ignored files only', () => {
  fc.assert(
    fc.property(hostileText, (password) => {
      const files = write('http', 'real', { ...hostile, user: { ...hostile.user, password } });
      const main = textOf(files, 'keyfob.http');
      const environments = ['http-client.private.env.json', 'http-client.env.json.user'].map(
        (name) => JSON.parse(textOf(files, name)).keyfob,
      );
      const [values] = environments;
      assert.deepEqual(environments[1], values);
      assert.deepEqual(
        JSON.parse(textOf(files, '.vscode/settings.json'))['rest-client.environmentVariables'].keyfob,
        values,
      );
      assert.equal(Buffer.from(values.basic, 'base64').toString(), 'key:Secret-1');
      const bodies = main.split('\n').filter((line) => line.startsWith('grant_type='));
      assert.equal(bodies.length, set.devices.length);
      const form = new URLSearchParams(bodies[0]?.replace('{{password}}', values.password));
      assert.deepEqual(Object.fromEntries(form), {
        grant_type: 'password',
        username: hostile.user.name,
        password: password.toWellFormed(),
        scope: 'device_i-Pad read',
      });
      for (const [, name = ''] of main.matchAll(/\{\{(\w+)\}\}/g)) {
        assert.ok(name in values || main.includes(`@${name} = `), name);
      }
    }),
  );
  const ignored = textOf(write('http', 'real'), '.gitignore').split('\n');
  for (const [name, content] of write('http', 'real')) {
    if (!ignored.includes(name)) for (const secret of secrets) assert.ok(!content.includes(secret), name);
  }
});

test('lists: JSON, CSV and lines', () => {
  const { devices, ...rest } = JSON.parse(textOf(write('json', 'real', hostile), 'devices.json'));
  assert.equal(rest.application, hostile.application);
  assert.equal(rest.username, hostile.user.name);
  assert.deepEqual(devices[1], {
    ...{ device: 'i.pad', variable: 'KEYFOB_ACCESS_TOKEN_I_PAD_2', accessToken: 'token-2' },
    ...{ scope: 'device_i.pad', expiresAt: 'never' },
  });
  const csv = textOf(write('csv', 'real'), 'devices.csv').split('\r\n');
  assert.deepEqual(csv.slice(0, 2), [
    'device,access_token,scope,expires_at',
    'i-Pad,token-1,device_i-Pad read,2027-01-15T08:00:00.000Z',
  ]);
  // A spreadsheet would run a cell that starts like a formula.
  assert.match(csv[3] ?? '', /^'-x,/);
  assert.equal(textOf(write('lines', 'real'), 'devices.txt').split('\n')[1], 'i.pad\ttoken-2');
});
