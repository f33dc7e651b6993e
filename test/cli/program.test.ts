import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CommanderError } from 'commander';
import { topicTraits as traits } from '../../main/cli/methods/methodTraits.ts';
import type {
  EnvFlags,
  FollowFlags,
  McpFlags,
  RunFlags,
  ServeFlags,
  TokenFlags,
  TrustFlags,
  UseFlags,
  WindowFlags,
} from '../../main/cli/program/actions.ts';
import { expand } from '../../main/cli/program/argv.ts';
import { fieldsOf } from '../../main/cli/program/fields.ts';
import { createProgram } from '../../main/cli/program/program.ts';
import { isVaultSecret } from '../../main/cli/secrets/secrets.ts';
import { kebab } from '../../main/cli/text/kebab.ts';
import type { Topic } from '../../preload/contract/define.ts';
import { contract } from '../../preload/contract/index.ts';

const topics: Readonly<Record<string, Topic>> = contract;
const methods = Object.entries(topics).flatMap(([topic, all]) =>
  Object.entries(all).map(([name, method]) => ({ topic, name, method })),
);

/** The action of a command line. */
async function wanted(argv: readonly string[]) {
  const seen: {
    name?: string;
    input?: unknown;
    common?: object;
    serve?: ServeFlags;
    window?: WindowFlags;
    trust?: TrustFlags;
    follow?: FollowFlags;
    token?: TokenFlags;
    env?: EnvFlags;
    run?: { words: readonly string[]; flags: RunFlags };
    use?: { application: string | undefined; flags: UseFlags };
    mcp?: McpFlags;
  } = {};
  const program = createProgram({
    topics: contract,
    traits,
    fieldsOf,
    version: '1.2.3',
    actions: {
      async call({ name, input }, { json, home }) {
        Object.assign(seen, { name, input, common: { json, home } });
      },
      async serve(flags) {
        seen.serve = flags;
      },
      async window(flags) {
        seen.window = flags;
      },
      async startEmpty() {},
      async schema() {},
      async health() {},
      async completion() {},
      async trust(flags) {
        seen.trust = flags;
      },
      async mcp(flags) {
        seen.mcp = flags;
      },
      async follow(flags) {
        seen.follow = flags;
      },
      async token(flags) {
        seen.token = flags;
      },
      async env(flags) {
        seen.env = flags;
      },
      async run(words, flags) {
        seen.run = { words, flags };
      },
      async use(application, flags) {
        seen.use = { application, flags };
      },
    },
  });
  await program.parseAsync(expand(argv, { topics: contract, traits }), { from: 'user' });
  return seen;
}

/** Splits a command line at spaces outside quotes, as a shell does. */
const split = (line: string) =>
  [...line.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map((match) => match[1] ?? match[2] ?? match[3] ?? '');

const whole = createProgram({
  topics: contract,
  traits,
  fieldsOf,
  version: '1',
  actions: {
    call: async () => {},
    serve: async () => {},
    window: async () => {},
    startEmpty: async () => {},
    schema: async () => {},
    health: async () => {},
    completion: async () => {},
    trust: async () => {},
    follow: async () => {},
    token: async () => {},
    env: async () => {},
    run: async () => {},
    use: async () => {},
    mcp: async () => {},
  },
  complete: true,
});

function helpOf(topic: string, name: string): string {
  const command = whole.commands
    .find((one) => one.name() === kebab(topic))
    ?.commands.find((one) => one.name() === kebab(name));
  assert.ok(command, `${topic} ${name}`);
  let text = '';
  command.configureOutput({
    writeOut: (part) => {
      text += part;
    },
  });
  command.outputHelp();
  return text;
}

const inputs: readonly (readonly [string, string, unknown])[] = [
  [
    'users create --username tester --password s3cret --json',
    'users.create',
    { username: 'tester', password: 's3cret' },
  ],
  ['users create --username tester --password --json', 'users.create', { username: 'tester', password: '--json' }],
  ['applications list', 'applications.list', {}],
  [
    'keys generate --application Shop --keyType PRODUCTION --validitySeconds -1 --scope "a b"',
    'keys.generate',
    { application: 'Shop', keyType: 'PRODUCTION', validitySeconds: -1, scope: 'a b' },
  ],
  [
    'devices mint --application Shop --key-type SANDBOX --device ipad --lifetime 10m',
    'devices.mint',
    { application: 'Shop', keyType: 'SANDBOX', device: ['ipad'], validitySeconds: 600 },
  ],
  [
    'device-sets mint --application Shop --set "Release 4 phones" --lifetime never',
    'deviceSets.mint',
    { application: 'Shop', set: 'Release 4 phones', validitySeconds: -1 },
  ],
  ['tokens setExpiry --token 3 --inSeconds 1h30m', 'tokens.setExpiry', { token: '3', inSeconds: 5400 }],
  ['tokens setExpiry --token 3 --in-seconds "2 d 1 min"', 'tokens.setExpiry', { token: '3', inSeconds: 172_860 }],
  ['settings write --clockOffsetSeconds -60', 'settings.write', { clockOffsetSeconds: -60 }],
  ['keys reveal --application 7 --keyType sandbox', 'keys.reveal', { application: '7', keyType: 'SANDBOX' }],
  [
    'devices mint --application Shop --keyType PRODUCTION --device ipad --device iphone',
    'devices.mint',
    { application: 'Shop', keyType: 'PRODUCTION', device: ['ipad', 'iphone'] },
  ],
  ['keys reveal --application 7 --key-type sandbox', 'keys.reveal', { application: '7', keyType: 'SANDBOX' }],
  ['tokens set-expiry --token 3 --in-seconds 10', 'tokens.setExpiry', { token: '3', inSeconds: 10 }],
  ['tokens setExpiry --token 3 --inSeconds 10', 'tokens.setExpiry', { token: '3', inSeconds: 10 }],
  ['tokens revoke-all --user ann', 'tokens.revokeAll', { user: 'ann' }],
  ['tokens revoke-all --username ann', 'tokens.revokeAll', { user: 'ann' }],
  ['users create --user ann --password x', 'users.create', { username: 'ann', password: 'x' }],
  ['users create --user ann --password --keyType', 'users.create', { username: 'ann', password: '--keyType' }],
  ['users create --user ann --password-stdin', 'users.create', { username: 'ann' }],
  ['applications restore --application Shop', 'applications.restore', { application: 'Shop' }],
  ['settings write --no-revoke-headers', 'settings.write', { revokeHeaders: false }],
  ['about', 'about.read', {}],
  ['audit --limit 5', 'audit.list', { limit: 5 }],
  ['doctor --json', 'doctor.run', {}],
  [
    'devices mint --application Shop --keyType PRODUCTION --device ipad iphone',
    'devices.mint',
    { application: 'Shop', keyType: 'PRODUCTION', device: ['ipad', 'iphone'] },
  ],
  ["users setRoles --user ann --roles ''", 'users.setRoles', { user: 'ann', roles: [] }],
  ['settings write --httpPort none --port 0', 'settings.write', { httpPort: null, port: 0 }],
  ["settings write --httpPort ''", 'settings.write', { httpPort: null }],
  [
    'settings write --no-revokeHeaders --keepServingWhenLocked',
    'settings.write',
    { revokeHeaders: false, keepServingWhenLocked: true },
  ],
  ['settings write --clockOffsetSeconds=-3601', 'settings.write', { clockOffsetSeconds: -3601 }],
  [
    'snippets render --application Shop --keyType PRODUCTION --insecure',
    'snippets.render',
    { application: 'Shop', keyType: 'PRODUCTION', insecure: true },
  ],
  ['vault create --mode passphrase', 'vault.create', { mode: 'passphrase' }],
  ['keys reveal', 'keys.reveal', {}],
  ['keys generate -k sandbox', 'keys.generate', { keyType: 'SANDBOX' }],
  ['applications show Shop', 'applications.read', { application: 'Shop' }],
  ['applications create Shop --owner ann', 'applications.create', { name: 'Shop', owner: 'ann' }],
  ['tokens revoke 12', 'tokens.revoke', { token: '12' }],
  ['tokens revoke -', 'tokens.revoke', { token: '-' }],
  ['tokens revoke-many 12 13', 'tokens.revokeMany', { ids: [12, 13] }],
  ['devices mint ipad iphone -a Shop', 'devices.mint', { application: 'Shop', device: ['ipad', 'iphone'] }],
  ['devices mint -u tester ipad', 'devices.mint', { username: 'tester', device: ['ipad'] }],
  ['users set-roles ann --roles a b', 'users.setRoles', { user: 'ann', roles: ['a', 'b'] }],
  ['vault create KEYCHAIN', 'vault.create', { mode: 'keychain' }],
  ['import admin_Shop.zip --preview', 'imports.application', { file: 'admin_Shop.zip', preview: true }],
  ['import -f admin_Shop.zip', 'imports.application', { file: 'admin_Shop.zip' }],
  ['device-sets mint Phones -a Shop', 'deviceSets.mint', { application: 'Shop', set: 'Phones' }],
  ['device-sets save Phones -d ipad', 'deviceSets.save', { name: 'Phones', device: ['ipad'] }],
  ['device-sets rename Phones --name Tablets', 'deviceSets.rename', { set: 'Phones', name: 'Tablets' }],
  ['backup import everything.age', 'backup.import', { file: 'everything.age' }],
];

for (const [line, name, input] of inputs) {
  test(`keyfob ${line}`, async () => {
    const seen = await wanted(split(line));
    assert.equal(seen.name, name);
    assert.deepEqual(seen.input, input);
  });
}

test('common flags work before and after the command', async () => {
  const expected = { json: true, home: '/x' };
  for (const line of ['--json --home /x users list', 'users list --home /x --json', '--home /x users list --json']) {
    assert.deepEqual((await wanted(split(line))).common, expected, line);
  }
});

test('serve takes ports', async () => {
  const { serve } = await wanted(split('serve --port 0 --http-port 8280 --json --quiet'));
  assert.deepEqual({ ...serve }, { port: 0, httpPort: 8280, json: true, quiet: true, window: true });
  const without = await wanted(split('serve --ui-port 4000 --no-window'));
  assert.deepEqual({ ...without.serve }, { uiPort: 4000, window: false });
});

test('window takes the same flags, and --no-open', async () => {
  const { window } = await wanted(split('window --port 0 --ui-port 4000 --no-open'));
  assert.deepEqual({ ...window }, { port: 0, uiPort: 4000, open: false });
  assert.equal((await wanted(['window'])).window?.open, true);
});

test('token, env and use take short flags and defaults', async () => {
  const { token } = await wanted(split('token -a Shop -k sandbox -u tester -d ipad -s read write --min-lifetime 5m'));
  const selection = { application: 'Shop', keyType: 'SANDBOX', user: 'tester', scope: ['read', 'write'] };
  assert.deepEqual({ ...token }, { ...selection, device: 'ipad', minLifetime: 300 });
  const { env } = await wanted(split('env -d ipad iphone --no-token'));
  assert.deepEqual({ ...env }, { device: ['ipad', 'iphone'], token: false, format: 'shell' });
  const { use } = await wanted(split('use Shop -k production --user tester'));
  assert.equal(use?.application, 'Shop');
  assert.deepEqual({ ...use?.flags }, { keyType: 'PRODUCTION', user: 'tester' });
});

test('run passes the flags of its program on', async () => {
  for (const line of ['run -a Shop -- npm test --json -a x', 'run -a Shop npm test --json -a x']) {
    const { run } = await wanted(split(line));
    assert.deepEqual(run?.words, ['npm', 'test', '--json', '-a', 'x'], line);
    assert.deepEqual({ ...run?.flags }, { application: 'Shop', token: true, trust: true }, line);
  }
});

const faults: readonly (readonly [string, RegExp])[] = [
  ['nosuch', /unknown command 'nosuch'/],
  ['tokens nosuch', /unknown command 'nosuch'/],
  ['keys revoke --application Shop', /^--key-type is missing\.$/],
  ['keys revoke', /^--application and --key-type are missing\.$/],
  ['keys generate --application Shop', /^--key-type is missing\.$/],
  ['applications delete', /^--application is missing\.$/],
  ['devices mint', /^--device is missing\.$/],
  ['devices revoke ipad --device iphone', /^Use <device> or --device, not both\.$/],
  ['tokens revoke 12 13', /too many arguments/],
  ['vault create disk', /keychain, passphrase/],
  ['token --key-type TEST', /Use one of PRODUCTION, SANDBOX/],
  ['token --min-lifetime soon', /such as 10m/],
  ['token --header --json', /cannot be used with/],
  ['env --format yaml', /dotenv, shell, fish/],
  ['run', /missing required argument 'program'/],
  ['keys reveal --key-typ PRODUCTION', /unknown option '--key-typ'\n\(Did you mean --key-type\?\)/],
  ['help tokns', /^Unknown command "tokns"\. Did you mean "tokens" or "token"\?$/],
  ['help tokens isue', /^Unknown command "isue"\. Did you mean "issue"\?$/],
  ['keys reveal --application Shop --keyType TEST', /PRODUCTION, SANDBOX/],
  ['tokens list --limit many', /Use a number/],
  ["tokens list --limit ''", /Use a number/],
  ['tokens list --limit Infinity', /Use a number/],
  ['tokens list --limit', /argument missing/],
  ['tokens list --colour red', /unknown option '--colour'/],
  ['tokens list extra', /too many arguments/],
  ['serve --port 65536', /from 1 to 65535, or 0 for any free port/],
  ['serve --port 1.5', /from 1/],
  ['completion tcsh', /bash, zsh, fish, powershell/],
  ['endpoint trust --install --uninstall', /cannot be used with/],
];

for (const [line, message] of faults) {
  test(`keyfob ${line} is refused`, async () => {
    await assert.rejects(wanted(split(line)), (error) => {
      assert.ok(error instanceof CommanderError);
      assert.match(error.message, message);
      return true;
    });
  });
}

for (const { topic, name, method } of methods) {
  test(`the help of ${topic} ${name} has its summary and flags, and its examples parse`, async () => {
    const help = helpOf(topic, name);
    assert.ok(help.replace(/\s+/g, ' ').includes(method.summary), help);
    for (const field of fieldsOf(method)) {
      assert.equal(help.includes(`--${field.flag}`), !field.hidden, field.flag);
      assert.ok(field.hidden || field.description !== '', `${field.flag} needs a description`);
    }
    const examples = [...help.matchAll(/^ {2}keyfob (.*?)(?: [<>] .*)?$/gm)].map((match) => match[1] ?? '');
    assert.notEqual(examples.length, 0);
    for (const example of examples) {
      const seen = await wanted(split(example));
      assert.equal(seen.name, `${topic}.${name}`);
      const parsed = method.input.safeParse(seen.input);
      const faulty = parsed.success ? [] : parsed.error.issues.map((issue) => String(issue.path[0]));
      // An example has no secret from a terminal or standard input.
      const asked = fieldsOf(method).filter(({ secret }) => secret === 'new');
      assert.deepEqual(
        faulty.filter((field) => !isVaultSecret(field) && !asked.some(({ name }) => name === field)),
        [],
        example,
      );
    }
  });
}

test('no secret of the vault is a flag', () => {
  for (const { topic, name } of methods) assert.doesNotMatch(helpOf(topic, name), /--\S*(passphrase|recoveryKey)/i);
});

test('commands and flags are in kebab-case, and no two fields of a method share a flag', () => {
  for (const { topic, name, method } of methods) {
    const help = helpOf(topic, name);
    assert.deepEqual(help.match(/(?:--|keyfob \S+ )[a-z0-9-]*[A-Z]\S*/g), null, `${topic} ${name}`);
    const flags = fieldsOf(method).flatMap(({ flag, aliases }) => [flag, ...aliases]);
    assert.equal(new Set(flags).size, flags.length, `${topic} ${name}: ${flags}`);
  }
});

test('help groups the topics, and hides methods for the window', () => {
  const help = whole.helpInformation();
  const [, core = '', additional = ''] = help.split(/^(?:Core|Additional) commands:$/m);
  assert.match(core, /^ {2}serve(?:.|\n)*^ {2}tokens(?:.|\n)*^ {2}endpoint/m);
  assert.match(additional, /^ {2}settings(?:.|\n)*^ {2}version(?:.|\n)*^ {2}help/m);
  const tokens = whole.commands.find((one) => one.name() === 'tokens')?.helpInformation() ?? '';
  assert.match(tokens, /^ {2}revoke-all /m);
  assert.doesNotMatch(tokens, /\||^ {2}(?:ids|read-?many|reveal-?many|purgeable) /im);
});

test('a short command line is expanded', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['', '--help'],
    ['--json', '--help'],
    ['version', '--version'],
    ['--json -V', '--json --version'],
    ['help', '--help'],
    ['help tokens issue', 'tokens issue --help'],
    ['help tokens revokeAll', 'tokens revokeAll --help'],
    ['help endpoint trust', 'endpoint trust --help'],
    ['help start-empty', 'start-empty --help'],
    ['tokens', 'tokens --help'],
    ['--home x about --json', '--home x about read --json'],
    ['about --help', 'about --help'],
    ['tokens list', 'tokens list'],
  ];
  for (const [line, expected] of cases)
    assert.equal(expand(split(line), { topics: contract, traits }).join(' '), expected, line);
});
