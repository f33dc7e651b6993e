import { KeyfobError } from '../../preload/contract/errors.ts';
import { note, reportError, success } from './output/report.ts';
import { flushOutput, watchOutput } from './output/stdout.ts';
import type { Actions, Common } from './program/actions.ts';
import { asksVersion, commandPath, completedWords, expand, ownWords, topicsIn } from './program/argv.ts';
import { ownCommands } from './program/ownCommands.ts';
import { createProgram, type Methods } from './program/program.ts';
import { vaultSecrets, waysToGive } from './secrets/secrets.ts';
import type { Parts } from './session/parts.ts';
import { kebab } from './text/kebab.ts';

function refuseSecretFlags(argv: readonly string[]): void {
  for (const word of argv) {
    const flag = /^--([^=]+)/.exec(word)?.[1] ?? '';
    const secret = vaultSecrets.find((name) => name === flag || kebab(name) === flag);
    if (secret === undefined) continue;
    const message = `Others can read a command line, so --${kebab(secret)} does not exist: ${waysToGive(secret)}.`;
    throw new KeyfobError('bad_input', message);
  }
}

/** Loading the contract takes most of the start, so commands outside it run without. */
async function loadMethods(argv: readonly string[]): Promise<Methods> {
  if (ownCommands.includes(kebab(argv[0] ?? ''))) return { topics: {}, traits: {}, fieldsOf: () => [] };
  const [{ contract }, { topicTraits }, { fieldsOf }] = await Promise.all([
    import('../../preload/contract/index.ts'),
    import('./methods/methodTraits.ts'),
    import('./program/fields.ts'),
  ]);
  return { topics: contract, traits: topicTraits, fieldsOf };
}

async function startEmpty({ home, json = false }: Common, parts: Parts): Promise<void> {
  const moved = await parts.startEmpty(await parts.folder(home));
  if (json) {
    process.stdout.write(`${JSON.stringify(moved)}\n`);
    return;
  }
  process.stdout.write(`${success(`Moved ${moved.files.join(', ')} to ${moved.folder}.`)}\n`);
  note(
    'That folder holds the only copy of the earlier applications, keys, users, settings, certificate authority and tokens.',
  );
  note('Next: keyfob serve   (creates a new vault)');
}

/** Answers the completion script of a shell. Creating flags is slow, so only those of the topics on the line are created. */
async function completeLine(typed: readonly string[], methods: Methods, actions: Actions, parts: Parts): Promise<void> {
  const { complete } = await import('./completion/complete.ts');
  const words = completedWords(typed);
  const onLine = topicsIn(words, methods);
  const named = Object.entries(methods.topics).map(([topic, all]) => [topic, onLine.has(topic) ? all : {}]);
  const topics = Object.fromEntries(named);
  const program = createProgram({ ...methods, topics, version: parts.version, actions, complete: true });
  await complete(words, program, parts);
}

/** The actions of a command line; `setCode` takes the exit code of those that have one. */
const createActions = (parts: Parts, setCode: (code: number) => void): Actions => ({
  async call(wanted, common) {
    const { callMethod } = await import('./commands/callMethod.ts');
    setCode(await callMethod(wanted, common, parts));
  },
  async serve(flags) {
    // The user of a container may have no home.
    await parts.serve(flags.ephemeral ? '' : await parts.folder(flags.home), flags);
  },
  async window(flags) {
    const { showWindow } = await import('./commands/window.ts');
    await showWindow(await parts.folder(flags.home), flags, parts);
  },
  startEmpty: (flags) => startEmpty(flags, parts),
  async completion(shell) {
    const { completionScripts } = await import('./completion/scripts.ts');
    process.stdout.write(completionScripts[shell]);
  },
  async schema() {
    const { describeSchema } = await import('../../preload/contract/describeFile.ts');
    process.stdout.write(`${JSON.stringify(describeSchema(), null, 2)}\n`);
  },
  async health({ url }) {
    const { checkHealth } = await import('./commands/health.ts');
    setCode(await checkHealth(url));
  },
  async token(flags) {
    const { printToken } = await import('./commands/token.ts');
    await printToken(flags, parts);
  },
  async env(flags) {
    const { printEnvironment } = await import('./commands/env.ts');
    await printEnvironment(flags, parts);
  },
  async run(words, flags) {
    const { runProgram } = await import('./commands/runProgram.ts');
    setCode(await runProgram(words, flags, parts));
  },
  async use(application, flags) {
    const { setDefaults } = await import('./commands/use.ts');
    await setDefaults(application, flags, parts);
  },
  async follow(flags) {
    const { follow } = await import('./commands/follow.ts');
    await follow(flags, parts);
  },
  async mcp(flags) {
    // The user of a container may have no home.
    await parts.mcp(flags.ephemeral ? '' : await parts.folder(flags.home), flags);
  },
  async trust(flags) {
    const { trust } = await import('./trust/trust.ts');
    setCode(await trust(flags, parts));
  },
});

/** Runs one command line, without the program's name. Returns the exit code. */
export async function run(argv: readonly string[], parts: Parts): Promise<number> {
  watchOutput();
  let code = 0;
  let command = 'keyfob';
  const isJson = ownWords(argv).includes('--json');
  const actions = createActions(parts, (result) => {
    code = result;
  });
  try {
    const completes = argv[0] === 'complete';
    if (!completes) refuseSecretFlags(ownWords(argv));
    const methods = await loadMethods(argv);
    command = ['keyfob', ...commandPath(argv, methods)].join(' ');
    const line = expand(argv, methods);
    if (asksVersion(line) && line.includes('--json')) {
      process.stdout.write(`${JSON.stringify({ version: parts.version })}\n`);
    } else if (completes) {
      await completeLine(line.slice(1), methods, actions, parts);
    } else {
      await createProgram({ ...methods, version: parts.version, actions }).parseAsync(line, { from: 'user' });
    }
  } catch (error) {
    code = reportError(error, isJson, command);
  }
  try {
    await flushOutput();
    return code;
  } catch (error) {
    return code === 0 ? reportError(error, isJson, command) : code;
  }
}
