import { KeyfobError } from '../../preload/contract/errors.ts';
import { visible } from '../system/visible.ts';
import { reportError } from './output/report.ts';
import { flushOutput, watchOutput } from './output/stdout.ts';
import { asksVersion, commandPath, expand } from './program/argv.ts';
import { type Actions, createProgram, type ProgramParts } from './program/program.ts';
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

/** The contract takes most of the start-up; serving begins without it. */
async function loadMethods(argv: readonly string[]): Promise<Pick<ProgramParts, 'topics' | 'fieldsOf'>> {
  if (['serve', 'window', 'start-empty', 'startEmpty'].includes(argv[0] ?? ''))
    return { topics: {}, fieldsOf: () => [] };
  const { contract } = await import('../../preload/contract/index.ts');
  const { fieldsOf } = await import('./program/fields.ts');
  return { topics: contract, fieldsOf };
}

/** Runs one command line (without the program's own name) and gives the exit code. */
export async function run(argv: readonly string[], parts: Parts): Promise<number> {
  watchOutput();
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
        const { callMethod } = await import('./commands/callMethod.ts');
        code = await callMethod(wanted, common, parts);
      },
      async serve(flags) {
        await parts.serve(await parts.folder(flags.home), flags);
      },
      async window(flags) {
        const { showWindow } = await import('./commands/window.ts');
        await showWindow(await parts.folder(flags.home), flags, parts);
      },
      async startEmpty({ home, json = false }) {
        const aside = await parts.startEmpty(await parts.folder(home));
        const lost =
          'The earlier applications, keys, users, settings, certificate authority and tokens are only there now';
        const text = `Moved ${aside.files.join(', ')} to ${aside.folder}. ${lost}. The next start creates a new vault.`;
        process.stdout.write(`${json ? JSON.stringify(aside) : visible(text)}\n`);
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
  } catch (error) {
    code = reportError(error, argv.includes('--json'), command);
  }
  try {
    await flushOutput();
    return code;
  } catch (error) {
    return code === 0 ? reportError(error, argv.includes('--json'), command) : code;
  }
}
