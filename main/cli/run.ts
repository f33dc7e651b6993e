import { KeyfobError } from '../../preload/contract/errors.ts';
import { flushOutput, watchOutput } from './output.ts';
import type { Parts } from './parts.ts';
import { type Actions, createProgram, type ProgramParts } from './program.ts';
import { reportError } from './report.ts';
import { isVaultSecret, waysToGive } from './secrets.ts';

function refuseSecretFlags(argv: readonly string[]): void {
  for (const word of argv) {
    const flag = /^--([^=]+)/.exec(word)?.[1] ?? '';
    if (!isVaultSecret(flag)) continue;
    const message = `Others can read a command line, so --${flag} does not exist: ${waysToGive(flag)}.`;
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
  watchOutput();
  let code = 0;
  try {
    refuseSecretFlags(argv);
    const methods = await loadMethods(argv);
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
        const { completionScript } = await import('./completion/script.ts');
        const whole = createProgram({ ...methods, version: parts.version, actions, complete: true });
        process.stdout.write(completionScript(shell, whole));
      },
    };
    await createProgram({ ...methods, version: parts.version, actions }).parseAsync(argv, { from: 'user' });
  } catch (error) {
    code = reportError(error, argv.includes('--json'));
  }
  try {
    await flushOutput();
    return code;
  } catch (error) {
    return code === 0 ? reportError(error, argv.includes('--json')) : code;
  }
}
