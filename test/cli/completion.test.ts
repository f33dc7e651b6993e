import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import type { CompletionShell } from '../../main/cli/completion/model.ts';
import { completionScript } from '../../main/cli/completion/script.ts';
import { fieldsOf } from '../../main/cli/fields.ts';
import { createProgram } from '../../main/cli/program.ts';
import { contract } from '../../preload/contract/index.ts';

const program = createProgram({
  topics: contract,
  fieldsOf,
  version: '1',
  actions: {
    call: async () => {},
    serve: async () => {},
    window: async () => {},
    startEmpty: async () => {},
    completion: async () => {},
  },
  complete: true,
});
const scriptOf = (shell: CompletionShell) => completionScript(shell, program);
const bashScript = scriptOf('bash');

/** What bash offers for the last of these words. */
function bash(words: readonly string[]): string[] {
  const ask = `COMP_WORDS=(keyfob "$@"); COMP_CWORD=$#; _keyfob; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const out = execFileSync('bash', ['--norc', '-c', `${bashScript}\n${ask}`, 'bash', ...words], {
    encoding: 'utf8',
    cwd: import.meta.dirname,
  });
  return out.split('\n').filter((word) => word !== '');
}

const topics = Object.keys(contract);

const cases: readonly (readonly [string[], string[]])[] = [
  [[''], ['serve', 'window', 'startEmpty', ...topics, 'completion', '--version', '--json', '--home']],
  [['to'], ['tokens']],
  [['tokens', ''], Object.keys(contract.tokens)],
  [['tokens', 'set'], ['setEnd']],
  [
    ['tokens', 'issue', ''],
    ['--application', '--keyType', '--username', '--scope', '--validitySeconds', '--json', '--home'],
  ],
  [['tokens', 'issue', '--application', 'Shop', '--k'], ['--keyType']],
  [
    ['tokens', 'issue', '--keyType', ''],
    ['PRODUCTION', 'SANDBOX'],
  ],
  [['tokens', 'issue', '--keyType', 'S'], ['SANDBOX']],
  [['tokens', 'issue', '--application', ''], []],
  [
    ['snippets', 'render', '--shell', 'power'],
    ['powershell', 'powershell-5.1'],
  ],
  [['settings', 'write', '--no-rev'], ['--no-revokeHeaders']],
  [
    ['vault', 'changePassphrase', ''],
    ['--json', '--home'],
  ],
  [['serve', '--p'], ['--port']],
  [['serve', '--port', ''], []],
  [
    ['completion', ''],
    ['bash', 'zsh', 'fish'],
  ],
  [['--json', 'users', 'cr'], ['create']],
  [['--home', 'tokens', 'users', 'cr'], ['create']],
  [['--home', '../cl'], ['../cli']],
  [['nosuch', ''], []],
];

for (const [words, offered] of cases) {
  test(`bash offers for "keyfob ${words.join(' ')}": ${offered.join(' ')}`, () => {
    assert.deepEqual(bash(words), offered);
  });
}

/** The flags that a script offers for each command. */
const leaves = program.commands.flatMap((command) =>
  command.commands.length === 0
    ? [{ path: [command.name()], command }]
    : command.commands.map((method) => ({ path: [command.name(), method.name()], command: method })),
);
const shownFlags = (command: (typeof leaves)[number]['command']) =>
  command.options.filter(({ hidden }) => !hidden).map(({ long }) => long ?? '');

test('zsh is offered every command with each of its flags and choices', () => {
  const script = scriptOf('zsh');
  assert.match(script, /^#compdef keyfob\n/);
  for (const { path, command } of leaves) {
    const name = path.at(-1) ?? '';
    const topic = path.length === 1 ? script : (script.split(`\n    ${path[0]})\n`)[1] ?? '');
    const body = new RegExp(`\\n {4,8}${name}\\)\\n +_arguments ((?:.|\\n)*?) ;;`).exec(topic)?.[1] ?? '';
    for (const flag of shownFlags(command)) assert.ok(body.includes(`${flag}[`), `${path.join(' ')} ${flag}`);
  }
  assert.match(script, /'--keyType\[\(required\)\]:value:\(PRODUCTION SANDBOX\)'/);
  assert.match(script, /'\*--device\[/);
});

test('zsh could parse its script', () => {
  // Of what the script uses, bash takes the same; quotes and brackets that do not match are faults in both.
  execFileSync('bash', ['--norc', '-n'], { input: scriptOf('zsh') });
});

test('fish is offered every command with each of its flags and choices, each line well formed', () => {
  const lines = scriptOf('fish').split('\n');
  const quoted = String.raw`'(?:[^'\\]|\\['\\])*'`;
  const wellFormed = new RegExp(
    `^complete -c keyfob( -n ${quoted})?( -f| -l [\\w-]+)?( -x)?( -a (${quoted}|\\w+))?( -d ${quoted})?$`,
  );
  const completes = lines.filter((line) => line.startsWith('complete '));
  for (const line of completes) assert.match(line, wellFormed);
  for (const { path, command } of leaves) {
    const condition = ` -n '__keyfob_at ${path.map((word) => String.raw`\'${word}\'`).join(' ')}'`;
    const offered = completes.filter((line) => line.includes(condition));
    for (const flag of shownFlags(command)) {
      assert.ok(
        offered.some((line) => line.includes(` -l ${flag.slice(2)} `)),
        `${path.join(' ')} ${flag}`,
      );
    }
  }
  assert.ok(completes.some((line) => line.includes(" -l keyType -x -a 'PRODUCTION SANDBOX'")));
  const opened = lines.filter((line) => /^\s*(function|for|if|switch)\b|; and begin$/.test(line)).length;
  assert.equal(lines.filter((line) => /^\s*end$/.test(line)).length, opened);
});
