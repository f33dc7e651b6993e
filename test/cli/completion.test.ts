import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { candidatesFor } from '../../main/cli/completion/candidates.ts';
import { completionScripts } from '../../main/cli/completion/scripts.ts';
import { topicTraits } from '../../main/cli/methods/methodTraits.ts';
import { fieldsOf } from '../../main/cli/program/fields.ts';
import { createProgram } from '../../main/cli/program/program.ts';
import { kebab } from '../../main/cli/text/kebab.ts';
import type { Topic } from '../../preload/contract/define.ts';
import { contract } from '../../preload/contract/index.ts';
import { place } from './keyfob.ts';

const nothing = async () => {};
const program = createProgram({
  topics: contract,
  traits: topicTraits,
  fieldsOf,
  version: '1',
  actions: {
    call: nothing,
    serve: nothing,
    window: nothing,
    startEmpty: nothing,
    schema: nothing,
    health: nothing,
    completion: nothing,
    trust: nothing,
    follow: nothing,
    token: nothing,
    env: nothing,
    run: nothing,
    use: nothing,
    mcp: nothing,
  },
  complete: true,
});

/** The suggestions for the last of these words. A name shows the topic, flag and filter of its request. */
async function offered(words: readonly string[]): Promise<readonly string[]> {
  const { kind, words: found } = await candidatesFor(program, words, async ({ topic, flag, given }) => [
    { value: `${topic} ${flag} ${JSON.stringify(given)}`, about: '' },
  ]);
  return kind === 'words' ? found.map(({ value }) => value) : [`(${kind})`];
}

const topics = Object.keys(contract).map(kebab);
const visible = (topic: Topic) =>
  Object.entries(topic).flatMap(([name, { internal }]) => (internal ? [] : [kebab(name)]));

const cases: readonly (readonly [string[], string[]])[] = [
  [
    [''],
    [
      ...['serve', 'window', 'mcp', 'health', 'start-empty', 'token', 'env', 'run', 'use'],
      ...[...topics, 'completion', 'schema', 'apply', 'export', 'import'],
      ...['version', 'help', '--version', '--json', '--home'],
    ],
  ],
  [['tok'], ['token', 'tokens']],
  [['tokens', 'revoke', 't'], ['tokens token {}']],
  [['devices', 'revoke', '-a', 'Shop', 'd'], ['devices device {"application":"Shop"}']],
  [['devices', 'mint', 'ipad', 'd'], ['devices device {}']],
  [
    ['vault', 'create', ''],
    ['keychain', 'passphrase', '--mode', '--unattended', '--json', '--home'],
  ],
  [['backup', 'import', ''], ['(files)']],
  [['backup', 'import', '--on'], ['--on-conflict']],
  [['use', 'k'], ['keyfob application {}']],
  [['token', '--user', ''], ['keyfob user {}']],
  [
    ['env', '--format', 'do'],
    ['dotenv', 'docker'],
  ],
  [['run', '--', ''], ['(files)']],
  [['run', '--se'], ['--seed']],
  [['tokens', ''], visible(contract.tokens)],
  [['tokens', 'set'], ['set-expiry']],
  [['tokens', 'setExpiry', '--in'], ['--in-seconds']],
  [['endpoint', 'tr'], ['trust']],
  [
    ['tokens', 'issue', ''],
    [
      '--application',
      '--key-type',
      '--user',
      '--scope',
      '--lifetime',
      '--grant-type',
      '--no-browser',
      '--json',
      '--home',
    ],
  ],
  [['tokens', 'issue', '--application', 'Shop', '--k'], ['--key-type']],
  [
    ['tokens', 'issue', '--key-type', ''],
    ['PRODUCTION', 'SANDBOX'],
  ],
  [['tokens', 'issue', '--key-type', 's'], ['SANDBOX']],
  [['tokens', 'issue', '--keyType', 's'], ['SANDBOX']],
  [['tokens', 'issue', '--key-type=s'], ['--key-type=SANDBOX']],
  [['tokens', 'issue', '--key-type', '=', 's'], ['SANDBOX']],
  [
    ['tokens', 'issue', '--key-type', '='],
    ['PRODUCTION', 'SANDBOX'],
  ],
  [['tokens', 'issue', '--application', ''], ['tokens application {}']],
  [['tokens', 'issue', '--application', "'tok"], ['tokens application {}']],
  [['tokens', 'issue', '--application', 'x'], []],
  [
    ['devices', 'revoke', '--application', String.raw`My\ Shop`, '--device', ''],
    ['devices device {"application":"My Shop"}'],
  ],
  [['applications', 'create', '--json', '--owner', ''], ['applications owner {}']],
  [
    ['snippets', 'render', '--shell', 'power'],
    ['powershell', 'powershell-5.1'],
  ],
  [['settings', 'write', '--no-rev'], ['--no-revoke-headers']],
  [
    ['vault', 'change-passphrase', ''],
    ['--json', '--home'],
  ],
  [['backup', 'export', '--file', '/tm'], ['(files)']],
  [['backup', 'import', '--file', ''], ['(files)']],
  [['serve', '--p'], ['--port']],
  [
    ['completion', ''],
    ['bash', 'zsh', 'fish', 'powershell'],
  ],
  [['completion', 'bash', ''], []],
  [['--json', 'users', 'cr'], ['create']],
  [['--home', 'tokens', 'users', 'cr'], ['create']],
  [['--home', '../cl'], ['(folders)']],
  [
    ['help', 'tok'],
    ['token', 'tokens'],
  ],
  [['help', 'tokens', 'iss'], ['issue']],
  [['help', 'tokens', 'issue', ''], []],
  [['nosuch', ''], []],
];

for (const [words, expected] of cases) {
  test(`"keyfob ${words.join(' ')}" is completed by: ${expected.join(' ')}`, async () => {
    assert.deepEqual(await offered(words), expected);
  });
}

test('every visible flag of every method is suggested', async () => {
  for (const topic of program.commands) {
    for (const method of topic.commands) {
      const flags = method.options.filter(({ hidden }) => !hidden).map(({ long }) => long);
      assert.deepEqual(await offered([topic.name(), method.name(), '--']), flags, `${topic.name()} ${method.name()}`);
    }
  }
});

test('scripts of the other shells are well formed', () => {
  // bash can check the syntax of the zsh script, except for a flag in parentheses.
  const zsh = completionScripts.zsh.replace('(@)', '');
  execFileSync('bash', ['--norc', '-n'], { input: zsh });
  assert.match(completionScripts.zsh, /^#compdef keyfob\n/);
  const opened = completionScripts.fish.match(/^\s*(function|for|if|switch)\b/gm) ?? [];
  assert.equal(completionScripts.fish.match(/^\s*end$/gm)?.length, opened.length);
  for (const [open, close] of ['{}', '()', '[]']) {
    const { powershell } = completionScripts;
    assert.equal(powershell.split(open ?? '').length, powershell.split(close ?? '').length, open);
  }
});

test('bash completes commands, files and names from a running process, and evaluates nothing', async (t) => {
  const here = place(t);
  const serving = await here.serve('--port 0 --json --no-window');
  await here.bash('keyfob applications create --name "My Shop"; keyfob applications create --name Other');
  const ask = async (env: Readonly<Record<string, string | undefined>> = {}) => {
    const line = `source <(keyfob completion bash)
      offers() { COMP_WORDS=(keyfob "$@"); COMP_CWORD=$#; _keyfob; local IFS='|'; printf '%s\\n' "\${COMPREPLY[*]}"; }
      mkdir -p 'some folder'; touch 'some file'
      offers device-sets mi; offers import some; offers tokens; offers keys generate --key-type p; offers tokens list --application ''; offers tokens list --application "'M"
      offers backup import --file some; offers --home some; offers tokens list --text '$(touch planted)' --sta; ls`;
    return (await here.bash(line, { KEYFOB_PASSPHRASE: undefined, ...env })).stdout.trimEnd().split('\n');
  };
  const written = ['mint', 'some file|some folder'];
  const around = ['home', 'some file', 'some folder'];
  const rest = [...['some folder|some file', 'some folder', '--state'], ...around];
  const sorted = (lines: readonly string[]) => lines.map((line) => line.split('|').sort().join('|'));
  assert.deepEqual(
    sorted(await ask()),
    sorted([...written, 'tokens', 'PRODUCTION', String.raw`My\ Shop|Other`, 'My Shop', ...rest]),
  );
  serving.kill('SIGTERM');
  await serving.ended;
  // Without a serving process there are no names, and no vault is opened.
  assert.deepEqual(sorted(await ask()), sorted([...written, 'tokens', 'PRODUCTION', '', '', ...rest]));
});
