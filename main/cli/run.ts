import { KeyfobError } from '../../preload/contract/errors.ts';
import { asksVersion, commandPath, expand } from './argv.ts';
import { kebab } from './kebab.ts';
import type { Parts } from './parts.ts';
import { type Actions, createProgram, type ProgramParts } from './program.ts';
import { reportError } from './report.ts';
import { vaultSecrets, waysToGive } from './secrets.ts';

/** A reader that went away, like `head`, is no error. */
function ignoreClosedPipes(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
    });
  }
}

function refuseSecretFlags(argv: readonly string[]): void {
  for (const word of argv) {
    const flag = /^--([^=]+)/.exec(word)?.[1] ?? '';
    const secret = vaultSecrets.find((name) => name === flag || kebab(name) === flag);
    if (secret === undefined) continue;
    const message = `Others can read a command line, so --${kebab(secret)} does not exist: ${waysToGive(secret)}.`;
    throw new KeyfobError('bad_input', message);
  }
}

/** The contract takes most of the start-up; serving begins without it. */
async function loadMethods(argv: readonly string[]): Promise<Pick<ProgramParts, 'topics' | 'fieldsOf'>> {
  if (argv[0] === 'serve' || argv[0] === 'window') return { topics: {}, fieldsOf: () => [] };
  const { contract } = await import('../../preload/contract/index.ts');
  const { fieldsOf } = await import('./fields.ts');
  return { topics: contract, fieldsOf };
}

/** Runs one command line (without the program's own name) and gives the exit code. */
export async function run(argv: readonly string[], parts: Parts): Promise<number> {
  ignoreClosedPipes();
  let code = 0;
  let command = 'keyfob';
  try {
    if (argv[0] !== 'complete') refuseSecretFlags(argv);
    const methods = await loadMethods(argv);
    command = ['keyfob', ...commandPath(argv, methods.topics)].join(' ');
    const line = expand(argv, methods.topics);
    if (asksVersion(line) && line.includes('--json')) {
      process.stdout.write(`${JSON.stringify({ version: parts.version })}\n`);
      return 0;
    }
    const actions: Actions = {
      async call(wanted, common) {
        const { callMethod } = await import('./callMethod.ts');
        code = await callMethod(wanted, common, parts);
      },
      async serve(flags) {
        await parts.serve(await parts.folder(flags.home), flags);
      },
      async window(flags) {
        const { showWindow } = await import('./window.ts');
        await showWindow(await parts.folder(flags.home), flags, parts);
      },
      async completion(shell) {
        const { completionScripts } = await import('./completion/scripts.ts');
        process.stdout.write(completionScripts[shell]);
      },
      async trust(flags) {
        const { trust } = await import('./trust/trust.ts');
        code = await trust(flags, parts);
      },
    };
    if (line[0] === 'complete') {
      const { complete } = await import('./completion/complete.ts');
      const words = line.slice(1);
      // Flags take their time, and only those of one topic can follow.
      const named = Object.entries(methods.topics).map(([topic, all]) => [topic, words.includes(topic) ? all : {}]);
      const topics = Object.fromEntries(named);
      const program = createProgram({ ...methods, topics, version: parts.version, actions, complete: true });
      await complete(words, program, parts);
      return 0;
    }
    await createProgram({ ...methods, version: parts.version, actions }).parseAsync(line, { from: 'user' });
    return code;
  } catch (error) {
    return reportError(error, argv.includes('--json'), command);
  }
}
