import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { InputOf } from '../../preload/contract/define.ts';
import { describeFile, describeSchema } from '../../preload/contract/describeFile.ts';
import type { MethodOf } from '../../preload/contract/index.ts';
import { createWorld, failing } from '../helpers/engine.ts';

type World = Awaited<ReturnType<typeof createWorld>>;
type Options = Omit<InputOf<MethodOf<'describe.apply'>>, 'file'>;

const apply = (world: World, text: string, options: Options = {}) =>
  world.call('describe.apply', { file: Buffer.from(text).toString('base64'), ...options });

/** A world with an owner, as a new vault has it. */
const openSeeded = async (t: TestContext) => {
  const world = await createWorld();
  t.after(world.close);
  await world.transact(() => world.engine.seed());
  return world;
};

const variables = { SHOP_SECRET: 'a given secret: with "quotes" # and $', TESTER_PASSWORD: 's3cret' };
const everything = `
keyfob: 1
settings: { clockOffsetSeconds: 60, extraNames: [phone.test], renewRefreshToken: false, skewSeconds: 5 }
tiers:
  - { level: subscription, name: Trial, limit: 3, burstLimit: null }
apis:
  - name: orders
    version: 1.0
    productionBackend: http://localhost:7001
    sandboxBackend: null
    resources:
      - { template: "/*", verbs: [GET, POST], scopes: ["read:orders"] }
      - { template: /free, verbs: [GET], authType: None }
scopes:
  - { name: "read:orders", roles: [buyer], apis: [orders] }
users:
  - username: tester
    password: \${TESTER_PASSWORD}
    roles: [buyer]
    claims: { email: tester@example.com, groups: [staff], otherClaims: '{"level": 3}' }
applications:
  - name: Shop
    owner: tester
    keys:
      PRODUCTION:
        consumerKey: shop_key_for_tests
        consumerSecret: \${SHOP_SECRET}
        grantTypes: [client_credentials, password]
        userTokenValiditySeconds: \${LIFETIME:-900}

      SANDBOX: {}
    subscriptions: [orders, { api: orders/1.0, tier: Trial, state: ON_HOLD }]
    deviceSets:
      - { name: Release 4, user: tester, devices: [pixel, ipad], scopes: ["read:orders"], validitySeconds: 600 }
      - { name: Robots, keyType: SANDBOX, devices: [robot] }
    devices:
      - { user: tester, names: [ipad, iphone], scopes: ["read:orders"] }
      - { keyType: SANDBOX, names: [robot] }
`;

test('applies a whole file, and the second time nothing', async (t) => {
  const world = await openSeeded(t);
  const { changes, applied } = await apply(world, everything, { variables });
  assert.equal(applied, true);
  assert.deepEqual(
    changes.map(({ action, item }) => `${action} ${item}`),
    [
      ...['clockOffsetSeconds', 'skewSeconds', 'renewRefreshToken', 'extraNames'].map(
        (name) => `change setting:${name}`,
      ),
      ...['tier:subscription/Trial', 'api:orders/1.0', 'scope:read:orders', 'user:tester', 'application:Shop'].map(
        (item) => `create ${item}`,
      ),
      ...['keys:Shop/PRODUCTION', 'keys:Shop/SANDBOX'].map((item) => `create ${item}`),
      ...['orders/1.0/Unlimited', 'orders/1.0/Trial'].map((item) => `create subscription:Shop/${item}`),
      ...['Release 4', 'Robots'].map((item) => `create deviceSet:Shop/${item}`),
      ...['PRODUCTION/tester/ipad', 'PRODUCTION/tester/iphone', 'SANDBOX/robot'].map(
        (item) => `create device:Shop/${item}`,
      ),
    ],
  );
  const reply = await world.token(
    { grant_type: 'password', username: 'tester', password: 's3cret', scope: 'read:orders' },
    { id: 'shop_key_for_tests', secret: variables.SHOP_SECRET },
  );
  assert.deepEqual([reply.scope, reply.expiresInSeconds], ['read:orders', 900]);
  const [shop] = (await world.call('subscriptions.list', {})).items.filter(({ tier }) => tier === 'Trial');
  assert.equal(shop?.state, 'ON_HOLD');
  const [user] = (await world.call('users.list', {})).items.filter(({ username }) => username === 'tester');
  assert.deepEqual(user?.claims.otherClaims, { level: 3 });

  const again = await apply(world, everything, { variables });
  assert.deepEqual(again.changes, []);
  assert.ok(again.unchanged > 10);
  assert.deepEqual((await apply(world, everything, { variables, diff: true })).changes, []);
});

test('a diff writes nothing, and lists what the apply then does', async (t) => {
  const world = await openSeeded(t);
  const sent = world.sent.length;
  const planned = await apply(world, everything, { variables, diff: true });
  assert.equal(planned.applied, false);
  assert.deepEqual((await world.call('applications.list', {})).items, []);
  assert.equal((await world.call('settings.read', {})).skewSeconds, 0);
  assert.equal(world.sent.length, sent);
  const { changes } = await apply(world, everything, { variables });
  assert.deepEqual(planned.changes, changes);
});

test('changes only what differs, and says how; a part that is left out stays', async (t) => {
  const world = await openSeeded(t);
  await apply(world, everything, { variables });
  const { changes } = await apply(
    world,
    `keyfob: 1
tiers: [{ level: subscription, name: Trial, limit: 10 }]
users: [{ username: TESTER, password: another, enabled: false }]
applications:
  - name: Shop
    description: The shop
    keys: { PRODUCTION: { consumerSecret: another secret, pkce: required } }
`,
  );
  assert.deepEqual(changes, [
    { action: 'change', item: 'tier:subscription/Trial', why: 'limit 3 → 10' },
    {
      action: 'change',
      item: 'user:tester',
      why: 'enabled true → false, another password, which revokes its tokens',
    },
    { action: 'change', item: 'application:Shop', why: 'description "" → "The shop"' },
    {
      action: 'change',
      item: 'keys:Shop/PRODUCTION',
      why: 'pkce "optional" → "required", another consumerSecret. A consumer secret of fewer than 16 characters is easily guessed.',
    },
  ]);
  const [keys] = (await world.call('keys.list', {})).items;
  assert.deepEqual([keys?.consumerKey, keys?.userTokenValiditySeconds], ['shop_key_for_tests', 900]);
});

test('a chosen consumer key has 1 to 255 letters of URLs, and a short secret is named', async (t) => {
  const world = await openSeeded(t);
  for (const consumerKey of ['a', '-.~_9Z', 'x'.repeat(255)]) {
    const file = `keyfob: 1\napplications: [{ name: A, keys: { PRODUCTION: { consumerKey: "${consumerKey}", consumerSecret: "${consumerKey}" } } }]`;
    const { changes } = await apply(world, file);
    const why = changes.find(({ item }) => item === 'keys:A/PRODUCTION')?.why ?? '';
    assert.equal(/fewer than 16 characters/.test(why), consumerKey.length < 16, why);
    const client = { id: consumerKey, secret: consumerKey };
    assert.equal(
      (await world.token({ grant_type: 'client_credentials' }, client)).scope,
      'am_application_scope default',
    );
    assert.deepEqual(
      (
        await apply(world, (await world.call('describe.export', {})).text, {
          variables: { A_PRODUCTION_SECRET: consumerKey },
        })
      ).changes,
      [],
    );
  }
  const long = `keyfob: 1\napplications: [{ name: A, keys: { PRODUCTION: { consumerKey: ${'x'.repeat(256)} } } }]`;
  await assert.rejects(apply(world, long), failing('bad_input', 'consumerKey', /1 to 255/));
});

test('another secret of keys revokes their live tokens, and says how many', async (t) => {
  const world = await openSeeded(t);
  await apply(world, everything, { variables });
  const file = 'keyfob: 1\napplications: [{ name: Shop, keys: { SANDBOX: { consumerKey: another_key_for_tests } } }]';
  const { changes } = await apply(world, file);
  assert.match(changes[0]?.why ?? '', /^consumerKey ".*" → "another_key_for_tests", revokes 1 live tokens$/);
});

test('an export applies to an empty vault, and that exports the same', async (t) => {
  const world = await openSeeded(t);
  await apply(world, everything, { variables });
  await world.call('applications.create', { name: 'Cost: $5 and $$' });
  await world.call('keys.provide', {
    ...{ application: 'Cost: $5 and $$', keyType: 'SANDBOX', consumerKey: 'theirs', consumerSecret: 'their secret' },
    tokenUrl: 'https://gw.test:8243/token',
  });
  const { text, variables: names } = await world.call('describe.export', {});
  assert.deepEqual(names.slice(0, 3), ['USER_TESTER_PASSWORD', 'SHOP_PRODUCTION_SECRET', 'SHOP_SANDBOX_SECRET']);
  for (const secret of Object.values(variables)) assert.ok(!text.includes(secret));
  const other = await openSeeded(t);
  const given = Object.fromEntries(names.map((name) => [name, `value of ${name}`]));
  await apply(other, text, { variables: given });
  assert.deepEqual(await other.call('describe.export', {}), { text, variables: names });
  assert.deepEqual((await apply(other, text, { variables: given })).changes, []);
  const { consumerSecret } = await other.call('keys.reveal', { application: 'Shop', keyType: 'SANDBOX' });
  assert.equal(consumerSecret, 'value of SHOP_SANDBOX_SECRET');
});

test('an export leaves secrets out, holds them, or is sealed with them; apply opens a sealed one', async (t) => {
  const world = await openSeeded(t);
  await apply(world, everything, { variables });
  const without = await world.call('describe.export', { secrets: 'none' });
  assert.doesNotMatch(without.text, /consumerSecret|password:|SECRET/);
  assert.deepEqual(without.variables, []);

  const real = await world.call('describe.export', { secrets: 'real' });
  assert.match(real.text, /^# This file holds real secrets in clear\./);
  const other = await openSeeded(t);
  await apply(other, real.text);
  const revealed = { application: 'Shop', keyType: 'PRODUCTION' } as const;
  assert.equal((await other.call('keys.reveal', revealed)).consumerSecret, variables.SHOP_SECRET);
  assert.deepEqual((await apply(world, real.text)).changes, []);

  const passphrase = 'a passphrase of the export';
  const sealed = await world.call('describe.export', { secrets: 'age', backupPassphrase: passphrase });
  assert.match(sealed.text, /^-----BEGIN AGE ENCRYPTED FILE-----\n(?:[A-Za-z0-9+/=]{1,64}\n)+-----END/);
  const third = await openSeeded(t);
  await assert.rejects(apply(third, sealed.text), failing('bad_input', 'backupPassphrase'));
  await assert.rejects(apply(third, sealed.text, { backupPassphrase: 'another one' }), failing('wrong_passphrase'));
  await apply(third, sealed.text, { backupPassphrase: passphrase });
  assert.equal((await third.call('keys.reveal', revealed)).consumerSecret, variables.SHOP_SECRET);

  await assert.rejects(world.call('describe.export', { secrets: 'age' }), failing('bad_input', 'backupPassphrase'));
  const recipients = ['age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p'];
  await assert.rejects(world.call('describe.export', { recipients }), failing('bad_input', 'recipients'));
  const forOne = await world.call('describe.export', { secrets: 'age', recipients });
  await assert.rejects(apply(third, forOne.text), failing('bad_input', 'backupIdentity'));
});

test('a file in place of a secret is a value by its path', async (t) => {
  const world = await openSeeded(t);
  const text = `keyfob: 1\nusers: [{ username: ann, password: "\${file:/run/secrets/ann}" }]`;
  await apply(world, text, { variables: { 'file:/run/secrets/ann': 'from "a" file: $HOME' } });
  assert.equal((await world.call('users.reveal', { user: 'ann' })).password, 'from "a" file: $HOME');
  await assert.rejects(apply(world, `${text}\nscopes: [{ name: "\${NAME}" }]`), (error: Error) => {
    assert.match(
      error.message,
      /no value for NAME\..* Cannot read \/run\/secrets\/ann, which the keyfob\.yaml names\. Check path/,
    );
    return true;
  });
  // A name of the environment may be called file.
  await apply(world, `keyfob: 1\nscopes: [{ name: "\${file:-x}" }]`);
});

test('removes kinds by name, and only those', async (t) => {
  const world = await openSeeded(t);
  await apply(world, everything, { variables });
  await world.call('applications.create', { name: 'Other' });
  await world.call('scopes.create', { name: 'other' });
  const less = `keyfob: 1
applications: [{ name: Shop, subscriptions: [orders], devices: [{ user: tester, names: [ipad] }],
    deviceSets: [{ name: Robots, keyType: SANDBOX, devices: [robot] }] }]`;
  assert.deepEqual((await apply(world, less)).changes, []);
  const { changes } = await apply(world, less, { prune: ['applications', 'devices', 'deviceSets', 'subscriptions'] });
  assert.deepEqual(
    changes.map(({ action, item }) => `${action} ${item}`),
    [
      'remove device:Shop/PRODUCTION/iphone',
      'remove device:Shop/SANDBOX/robot',
      'remove deviceSet:Shop/Release 4',
      'remove subscription:Shop/orders/1.0/Trial',
      'remove application:Other',
    ],
  );
  assert.equal((await world.call('scopes.list', {})).items.length, 2);
  assert.deepEqual((await apply(world, less, { prune: ['applications', 'devices', 'subscriptions'] })).changes, []);
  await assert.rejects(
    apply(world, less, { prune: ['users', 'scopes'] }),
    failing('conflict', 'user', /user:tester: tester owns "Shop"/),
  );
  assert.equal((await world.call('scopes.list', {})).items.length, 2, 'all or nothing');
});

test('an apply removes only what its preview showed', async (t) => {
  const world = await openSeeded(t);
  await world.call('scopes.create', { name: 'old' });
  const prune: Options['prune'] = ['scopes'];
  const { changes } = await apply(world, 'keyfob: 1', { prune, diff: true });
  const removable = changes.map(({ item }) => item);
  await world.call('scopes.create', { name: 'new' });
  await assert.rejects(
    apply(world, 'keyfob: 1', { prune, removable }),
    failing('conflict', undefined, /scope:new was added after the preview/),
  );
  assert.equal((await world.call('scopes.list', {})).items.length, 2, 'all or nothing');
  await world.call('scopes.delete', { name: 'new' });
  await apply(world, 'keyfob: 1', { prune, removable });
  assert.equal((await world.call('scopes.list', {})).items.length, 0);
});

test('an error names line, column and item, and nothing is written', async (t) => {
  const world = await openSeeded(t);
  const before = await world.call('describe.export', {});
  const faulty: readonly (readonly [string, RegExp])[] = [
    ['keyfob: 2', /^Line 1, column 1: keyfob: The format is version 1/],
    ['users: []', /^Line 1, column 1: keyfob: The format/],
    ['keyfob: 1\nuser: []', /^Line 2, column 1: user is unknown here\. Did you mean "users"/],
    ['keyfob: 1\nusers:\n  - { username: a b, password: x }', /^Line 3, column 7: username: A username has no spaces/],
    [
      'keyfob: 1\nusers:\n  - username: ann\n    rolls: []',
      /^Line 4, column 5: rolls is unknown here\. Did you mean "roles"/,
    ],
    ['keyfob: 1\napplications:\n  - owner: admin', /^Line 3, column 5: name: is missing\.$/],
    ['keyfob: 1\nsettings:\n  skewSeconds: soon', /^Line 3, column 3: skewSeconds: /],
    ['keyfob: 1\nsettings: { issuerHost: nosuch.test }', /^Line 2, column 1: settings: Use one of these names/],
    ['keyfob: 1\nscopes: [{ name: a }, { name: a }]', /^Line 2, column 23: "a" is in scopes twice/],
    ['keyfob: 1\nusers: [{ username: ann }]', /^Line 2, column 9: user:ann: A new user needs a password/],
    ['keyfob: 1\napplications:\n  - { name: A, tier: Gold }', /^Line 3, column 5: application:A: .*Gold/],
    [
      'keyfob: 1\napplications:\n  - name: A\n    subscriptions:\n      - echo/1.0\n      - nosuch/1.0',
      /^Line 6, column 9: application:A: No API named "nosuch\/1\.0"/,
    ],
    [
      'keyfob: 1\napplications:\n  - name: A\n    subscriptions:\n      - { api: echo/1.0, stat: BLOCKED }',
      /^Line 5, column 26: stat is unknown here\. Did you mean "state"/,
    ],
    [
      'keyfob: 1\napplications: [{ name: A, keys: { PRODUCTION: { consumerKey: a/key } } }]',
      /^Line 2, column 35: application:A: consumerKey: Use 1 to 255/,
    ],
    ['keyfob: 1\nusers: [', /^The file cannot be read\. Line 2, column/],
    ['keyfob: 1\nkeyfob: 1', /^The file cannot be read\. Line 2, column/],
    ['- a list', /^Line 1, column 1: /],
  ];
  for (const [text, message] of faulty) {
    await assert.rejects(apply(world, text), (error: Error) => {
      assert.match(error.message, message, text);
      return true;
    });
  }
  assert.deepEqual(await world.call('describe.export', {}), before);
});

test('names of the environment: all missing ones at once, defaults, dollars, and no value adds structure', async (t) => {
  const world = await openSeeded(t);
  await assert.rejects(
    apply(world, `keyfob: 1\nusers: [{ username: "\${A}", password: "\${B:?ask Ann}" }, { username: "\${A}\${C}" }]`, {
      variables: { B: '' },
    }),
    failing('bad_input', 'variables', /no value for A, B \(ask Ann\), C\./),
  );
  const file = `keyfob: 1\nscopes: [{ name: App, description: "\${TEXT} $$ $$\{X} \${no.name} \${D:-a default}" }]`;
  const TEXT = '"}]\nusers: [{ username: evil, password: x }]';
  await apply(world, file, { variables: { TEXT } });
  const { items } = await world.call('scopes.list', {});
  assert.equal(items[0]?.description, `${TEXT} $ \${X} \${no.name} a default`);
  assert.equal((await world.call('users.list', {})).items.length, 1);
});

test('an error never repeats a value of the environment', async (t) => {
  const world = await openSeeded(t);
  const secret = 'VERY\nSECRET';
  for (const field of ['consumerSecret', 'consumerKey', 'pkce', 'callbackUrl', 'grantTypes']) {
    const file = `keyfob: 1\napplications: [{ name: A, keys: { PRODUCTION: { ${field}: "\${S}" } } }]`;
    await assert.rejects(apply(world, file, { variables: { S: secret } }), (error: Error) => {
      assert.ok(!JSON.stringify([error.message, error]).includes('VERY'), field);
      return true;
    });
  }
});

test('the schema has each part, and JSON with it is a file too', async (t) => {
  const world = await openSeeded(t);
  const { properties = {} } = describeSchema();
  assert.deepEqual(Object.keys(properties), Object.keys(describeFile.shape));
  const file = JSON.stringify({ keyfob: 1, settings: { skewSeconds: 7 }, users: [{ username: 'ann', password: 'x' }] });
  const { changes } = await apply(world, file);
  assert.deepEqual(
    changes.map(({ item }) => item),
    ['setting:skewSeconds', 'user:ann'],
  );
});

test('devices keep a live token, get another one before it expires, and multiple tokens stay few', async (t) => {
  const world = await openSeeded(t);
  const file = `keyfob: 1
applications:
  - name: Shop
    keys: { PRODUCTION: { issueBehaviour: multiple, applicationTokenValiditySeconds: 600 } }
    devices: [{ names: [robot] }]`;
  await apply(world, file);
  assert.deepEqual((await apply(world, file)).changes, []);
  world.moveTo(590);
  assert.deepEqual(
    (await apply(world, file)).changes.map(({ item }) => item),
    ['device:Shop/PRODUCTION/robot'],
  );
});

test('a set is described completely, and the order of its devices counts', async (t) => {
  const world = await openSeeded(t);
  await apply(world, everything, { variables });
  const changeOf = async (set: string) =>
    (await apply(world, `keyfob: 1\napplications: [{ name: Shop, deviceSets: [${set}] }]`)).changes.map(
      ({ why }) => why,
    );
  const full = 'name: Release 4, user: tester, scopes: ["read:orders"], validitySeconds: 600';
  assert.deepEqual(await changeOf(`{ ${full}, devices: [pixel, ipad, pixel] }`), []);
  assert.deepEqual(await changeOf(`{ ${full}, devices: [ipad, pixel] }`), ['devices "pixel ipad" → "ipad pixel"']);
  assert.deepEqual(await changeOf('{ name: Release 4, devices: [ipad, pixel] }'), [
    'user "tester" → null, scopes ["read:orders"] → [], validitySeconds 600 → null',
  ]);
  await assert.rejects(
    changeOf('{ name: x, user: nobody, devices: [ipad] }'),
    failing('not_found', 'user', /^Line 2, column \d+: application:Shop: No user named "nobody"/),
  );
});
