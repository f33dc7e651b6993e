import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { stringify } from 'yaml';
import { tokenFormatOf } from '../../main/engine/imports/serverKeys.ts';
import type { InputOf } from '../../preload/contract/define.ts';
import type { MethodOf } from '../../preload/contract/index.ts';
import { zip } from '../../renderer/ui/zip.ts';
import { createWorld, failing } from '../helpers/engine.ts';

type World = Awaited<ReturnType<typeof createWorld>>;
type Options = Omit<InputOf<MethodOf<'imports.application'>>, 'file'>;

const [key, secret] = ['wU62DjlyDBnq87GlBwplfqvmAbAa', 'ksdSdoefDDP7wpaElfqvmjDue8ka'];
const [sandboxKey, sandboxSecret] = ['sandbox_key_of_the_server_1', 'a secret: "quoted" and $more'];
const base64 = (text: string) => Buffer.from(text).toString('base64');

const importText = (world: World, text: string, options: Options = {}) =>
  world.call('imports.application', { file: base64(text), ...options });
const importZip = (world: World, files: readonly { name: string; text: string }[], options: Options = {}) =>
  world.call('imports.application', { file: Buffer.from(zip(files)).toString('base64'), ...options });

/** A world with the owner `admin`, as a new vault has it. */
const openSeeded = async (t: TestContext) => {
  const world = await createWorld();
  t.after(world.close);
  await world.transact(() => world.engine.seed());
  return world;
};

/** The keys of an application with their secrets. */
const keysOf = async (world: World, application = 'Shop') => {
  const { items } = await world.call('keys.list', { application });
  return await Promise.all(
    items.map(async (keySet) => ({
      ...keySet,
      ...(await world.call('keys.reveal', { application, keyType: keySet.keyType })),
    })),
  );
};

const portalKey = {
  ...{ keyMappingId: '1', keyManager: 'Resident Key Manager', consumerKey: key, consumerSecret: secret },
  ...{
    keyType: 'PRODUCTION',
    mode: 'CREATED',
    keyState: 'APPROVED',
    callbackUrl: 'https://app.test/cb',
    groupId: null,
  },
  supportedGrantTypes: ['client_credentials', 'password', 'urn:ietf:params:oauth:grant-type:saml2-bearer'],
  token: { accessToken: '', tokenScopes: ['default'], validityTime: 900 },
  additionalProperties: {
    ...{
      application_access_token_expiry_time: 'N/A',
      user_access_token_expiry_time: '7200',
      refresh_token_expiry_time: 100,
    },
    ...{ id_token_expiry_time: 'N/A', pkceMandatory: 'true', pkceSupportPlain: false, bypassClientCredentials: false },
  },
};
const portalApplication = {
  ...{ applicationId: '7c6f', name: 'Shop', throttlingPolicy: '10PerMin', description: 'Sells: #1', tokenType: 'JWT' },
  ...{
    status: 'APPROVED',
    groups: ['team'],
    subscriptionCount: 1,
    attributes: { team: 'a' },
    owner: 'ann',
    hashEnabled: false,
  },
  keys: [portalKey],
};
const archive = {
  ...{ type: 'application', version: 'v4.1.0' },
  data: {
    applicationInfo: { ...portalApplication, keys: [{ ...portalKey, consumerSecret: base64(secret) }] },
    subscribedAPIs: [
      {
        apiId: { providerName: 'admin', apiName: 'echo', version: '1.0' },
        subscriber: 'ann',
        throttlingPolicy: 'Gold',
      },
      {
        apiId: { providerName: 'admin', apiName: 'far', version: '2.0.0' },
        subscriber: 'ann',
        throttlingPolicy: 'Gold',
      },
    ],
  },
};

test('an archive of apictl 4: a preview changes nothing, an import keeps keys and tells its losses', async (t) => {
  const world = await openSeeded(t);
  await world.call('apis.create', { name: 'echo', version: '1.0' }).catch(() => undefined);
  const files = [
    { name: 'ann-Shop/application_meta.yaml', text: 'name: Shop\n' },
    { name: 'ann-Shop/application.yaml', text: stringify(archive) },
  ];
  const preview = await importZip(world, files, { preview: true });
  assert.deepEqual([preview.source, preview.applied, preview.applications], ['apictl', false, ['Shop']]);
  assert.deepEqual(
    preview.changes.map(({ action, item }) => `${action} ${item}`),
    ['create application:Shop', 'create keys:Shop/PRODUCTION', 'create subscription:Shop/echo/1.0/Gold'],
  );
  assert.ok(!JSON.stringify(preview).includes(secret));
  assert.equal((await world.call('applications.list', {})).items.length, 0);
  const said = preview.notes.join('\n');
  for (const words of [
    /owner ann does not exist/,
    /Groups/,
    /Attributes/,
    /saml2-bearer/,
    /far\/2\.0\.0/,
    /decoded from base64/,
  ]) {
    assert.match(said, words);
  }
  const done = await importZip(world, files);
  assert.ok(done.applied);
  const [application] = (await world.call('applications.list', {})).items;
  assert.partialDeepStrictEqual(application, { tier: '10PerMin', description: 'Sells: #1', owner: 'admin' });
  const [keys] = await keysOf(world);
  assert.partialDeepStrictEqual(keys, {
    ...{
      consumerKey: key,
      consumerSecret: secret,
      callbackUrl: 'https://app.test/cb',
      pkce: 'required',
      origin: 'generated',
    },
    ...{ grantTypes: ['client_credentials', 'password'], tokenFormat: 'apim32' },
    ...{ applicationTokenValiditySeconds: 900, userTokenValiditySeconds: 7200, refreshTokenValiditySeconds: 100 },
  });
  const again = await importZip(world, files);
  assert.deepEqual(again.changes, []);
});

test('what a Keyfob exports for API Manager, another one imports as it was', async (t) => {
  const [from, ...others] = [await openSeeded(t), await openSeeded(t), await openSeeded(t)];
  for (const { call } of [from, ...others]) {
    await call('users.create', { username: 'ann', password: 'x' });
    await call('apis.create', { name: 'orders', version: '1.0' });
  }
  await from.call('applications.create', { name: 'Shop', owner: 'ann', tier: '20PerMin', description: 'é: # "x"' });
  const shop = { application: 'Shop', keyType: 'PRODUCTION' } as const;
  await from.call('keys.generate', { ...shop, tokenFormat: 'apim42', pkce: 'required', grantTypes: ['password'] });
  await from.call('keys.update', { ...shop, userTokenValiditySeconds: -1, refreshTokenValiditySeconds: 7 });
  await from.call('keys.generate', { ...shop, keyType: 'SANDBOX', tokenFormat: 'apim42' });
  await from.call('subscriptions.create', { application: 'Shop', api: 'orders/1.0', tier: 'Gold' });
  const comparable = async (world: World) =>
    (await keysOf(world)).map(({ id: _, applicationId: __, createdAtMs: ___, ...rest }) => rest);
  for (const [at, format] of (['apictl', 'devportal'] as const).entries()) {
    const to = others[at] ?? from;
    const { files } = await from.call('exports.application', { application: 'Shop', format, secrets: 'real' });
    if (format === 'apictl') await importZip(to, files);
    else await importText(to, files[0]?.text ?? '');
    assert.deepEqual(await comparable(to), await comparable(from));
    const [mine, theirs] = [await from.call('applications.list', {}), await to.call('applications.list', {})];
    const facts = ({ name, owner, tier, description }: (typeof mine.items)[number]) => [name, owner, tier, description];
    assert.deepEqual(theirs.items.map(facts), mine.items.map(facts));
    const { items } = await to.call('subscriptions.list', {});
    assert.equal(items.length, format === 'apictl' ? 1 : 0);
  }
});

test('older versions: the internal objects of 3.2 and of 2.6', async (t) => {
  assert.deepEqual(
    ['v4.1.0', 'v4.10.0'].map((version) => tokenFormatOf('JWT', version)),
    ['apim32', 'apim42'],
  );
  const world = await openSeeded(t);
  const of32 = {
    ...{
      uuid: 'u',
      name: 'Old',
      tier: 'Unlimited',
      tokenType: 'JWT',
      subscriber: { name: 'admin' },
      subscribedAPIs: [],
    },
    keyManagerWiseOAuthApp: {
      SANDBOX: {
        'Resident Key Manager': {
          ...{ clientId: sandboxKey, clientSecret: sandboxSecret, callBackURL: 'https://old.test/cb' },
          parameters: {
            grant_types: 'password refresh_token',
            additionalProperties: '{"user_access_token_expiry_time":30}',
          },
        },
        Okta: { clientId: 'other', clientSecret: 'other' },
      },
    },
  };
  const { notes, source } = await importZip(world, [{ name: 'admin-Old/Old.json', text: JSON.stringify(of32) }]);
  assert.equal(source, 'apictl');
  assert.match(notes.join(' '), /Okta are left out/);
  const [sandbox] = await keysOf(world, 'Old');
  assert.partialDeepStrictEqual(sandbox, {
    ...{ keyType: 'SANDBOX', consumerSecret: sandboxSecret, tokenFormat: 'apim32', userTokenValiditySeconds: 30 },
    grantTypes: ['password', 'refresh_token'],
  });
  const of26 = {
    ...{ name: 'Older', tier: '50PerMin', subscriber: { name: 'admin' } },
    keys: [
      {
        consumerKey: key,
        consumerSecret: secret,
        accessToken: 'at',
        type: 'PRODUCTION',
        grantTypes: 'password',
        validityPeriod: -1,
      },
    ],
    subscribedAPIs: [{ apiId: { apiName: 'far', version: '1' }, tier: { name: 'Gold' } }],
  };
  const older = await importText(world, JSON.stringify(of26));
  assert.match(older.notes.join(' '), /Access tokens of the file are left out/);
  const [keys] = await keysOf(world, 'Older');
  assert.partialDeepStrictEqual(keys, {
    consumerKey: key,
    consumerSecret: secret,
    applicationTokenValiditySeconds: -1,
  });
});

test('keys of the portal: one, a list, and without a usable secret', async (t) => {
  const world = await openSeeded(t);
  await assert.rejects(importText(world, JSON.stringify(portalKey)), failing('bad_input', 'name'));
  const list = { count: 2, list: [portalKey, { ...portalKey, consumerKey: sandboxKey, keyType: 'SANDBOX' }] };
  await importText(world, JSON.stringify(list), { name: 'Shop' });
  assert.deepEqual(
    (await keysOf(world)).map(({ keyType, consumerKey }) => [keyType, consumerKey]),
    [
      ['PRODUCTION', key],
      ['SANDBOX', sandboxKey],
    ],
  );
  const hashed = {
    ...portalApplication,
    name: 'Hashed',
    hashEnabled: true,
    keys: [{ ...portalKey, consumerKey: 'a_key_of_hashed_secret' }],
  };
  const { notes } = await importText(world, JSON.stringify(hashed));
  assert.match(notes.join(' '), /stores hashes of secrets/);
  assert.notEqual((await keysOf(world, 'Hashed'))[0]?.consumerSecret, secret);
  const without = await importText(world, JSON.stringify({ ...portalApplication, name: 'Bare' }), { withKeys: false });
  assert.deepEqual(
    without.changes.map(({ item }) => item),
    ['application:Bare'],
  );
  await assert.rejects(importText(world, JSON.stringify({ ...portalApplication, name: 'Twice' })), failing('conflict'));
});

test('API clients, .env and curl: keys of this machine, or of their server', async (t) => {
  const world = await openSeeded(t);
  await world.call('applications.create', { name: 'Made' });
  await world.call('keys.generate', { application: 'Made', keyType: 'SANDBOX' });
  const [{ consumerKey, consumerSecret } = { consumerKey: '', consumerSecret: '' }] = await keysOf(world, 'Made');
  for (const format of ['postman', 'insomnia'] as const) {
    const { files } = await world.call('exports.application', {
      application: 'Made',
      keyType: 'SANDBOX',
      format,
      secrets: 'real',
    });
    const { applications, changes, source } = await importText(world, files[0]?.text ?? '', { preview: true });
    assert.deepEqual([source, applications], ['client', ['Made']]);
    assert.deepEqual(changes, []);
  }
  const collection = {
    info: { name: 'Theirs' },
    variable: [{ key: 'id', value: key }],
    item: [
      {
        request: {
          url: { raw: 'https://gw.test:8243/token' },
          auth: {
            type: 'basic',
            basic: [
              { key: 'username', value: '{{id}}' },
              { key: 'password', value: secret },
            ],
          },
        },
      },
    ],
  };
  await importText(world, JSON.stringify(collection));
  const [theirs] = await keysOf(world, 'Theirs');
  assert.partialDeepStrictEqual(theirs, { consumerKey: key, consumerSecret: secret, origin: 'provided' });
  assert.equal(theirs?.server?.revokeUrl, 'https://gw.test:8243/revoke');

  const env = `# a form\nexport KEYFOB_CONSUMER_KEY=${sandboxKey}\nKEYFOB_CONSUMER_SECRET='${sandboxSecret}' # c\nKEYFOB_TOKEN_URL=https://[::1]:8243/token\n`;
  await importText(world, env, { name: 'Env', keyType: 'SANDBOX' });
  assert.partialDeepStrictEqual((await keysOf(world, 'Env'))[0], {
    consumerSecret: sandboxSecret,
    origin: 'generated',
  });
  const curl = `curl -k -X POST https://localhost:8243/token \\\n -d grant_type=client_credentials -u another_key_of_curl:s`;
  const { source } = await importText(world, curl, { name: 'Curl' });
  assert.equal(source, 'curl');
  assert.equal((await keysOf(world, 'Curl'))[0]?.consumerKey, 'another_key_of_curl');
  assert.equal(consumerSecret.length > 0 && consumerKey.length > 0, true);
});

test('refuses other files, and never repeats a secret', async (t) => {
  const world = await openSeeded(t);
  for (const text of [
    'curl -d grant_type=password https://gw.test/token',
    '{"item":[{"request":{"url":"https://gw.test/token","auth":{"basic":[]}}}]}',
    '{"a":1}',
    'hello',
    '[]',
    '- a\n- b',
    '{"values":[{"key":"consumerSecret","value":"topsecret"}]}',
    '{"',
    JSON.stringify({ long: Array.from({ length: 200_000 }, () => 0) }),
    JSON.stringify({ client_id: '{{a}}'.repeat(200_000), a: 'a'.repeat(4000) }),
    JSON.stringify({ client_id: '{{a}}'.repeat(800), a: 'a'.repeat(1_000_000) }),
  ]) {
    await assert.rejects(
      importText(world, text),
      (error) => failing('bad_input', 'file')(error) && !`${error}`.includes('topsecret'),
    );
  }
  await assert.rejects(
    importZip(world, [{ name: 'a.txt', text: '' }]),
    failing('bad_input', 'file', /no application\.yaml/),
  );
  const many = Array.from({ length: 1001 }, () => ({ name: 'a', throttlingPolicy: 'b' }));
  await assert.rejects(importText(world, JSON.stringify(many)), failing('bad_input', 'file', /at most 1000 at once/));
  const badKey = { ...portalApplication, keys: [{ ...portalKey, consumerKey: 'a key', consumerSecret: 'topsecret' }] };
  await assert.rejects(
    importText(world, JSON.stringify(badKey)),
    (error) => failing('bad_input')(error) && !`${error}`.includes('topsecret'),
  );
});

test('pasted JSON and .env lines fill the form of provided keys', async (t) => {
  const world = await openSeeded(t);
  const read = (command: string) => world.call('keys.readCommand', { command });
  const environment = {
    name: 'x',
    values: [
      { key: 'client_id', value: key },
      { key: 'client_secret', value: secret },
      { key: 'token_url', value: 'https://gw.test:9443/oauth2/token' },
    ],
  };
  assert.partialDeepStrictEqual(await read(JSON.stringify(environment)), {
    ...{
      consumerKey: key,
      consumerSecret: secret,
      kind: 'wso2-4.x',
      introspectUrl: 'https://gw.test:9443/oauth2/introspect',
    },
  });
  assert.equal((await read(`CLIENT_ID=${key}\nCLIENT_SECRET=<your secret>`)).consumerSecret, '');
  assert.equal((await read(JSON.stringify(portalKey))).consumerSecret, secret);
  await assert.rejects(read('{"values": []}'), failing('bad_input', 'command'));
  await assert.rejects(read('{"values": '), failing('bad_input', 'command'));
  await assert.rejects(read('hello'), failing('bad_input', 'command', /curl/));
});
