import { KeyfobError } from '../../preload/contract/errors.ts';
import type { Parts } from './parts.ts';
import { type Actions, createProgram, type ProgramParts } from './program.ts';
import { reportError } from './report.ts';
import { isVaultSecret, waysToGive } from './secrets.ts';
import { visible } from './values.ts';

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
    if (!isVaultSecret(flag)) continue;
    const message = `Others can read a command line, so --${flag} does not exist: ${waysToGive(flag)}.`;
    throw new KeyfobError('bad_input', message);
  }
}

/** The contract takes most of the start-up; serving begins without it. */
async function loadMethods(argv: readonly string[]): Promise<Pick<ProgramParts, 'topics' | 'fieldsOf'>> {
  if (['serve', 'window', 'startEmpty'].includes(argv[0] ?? '')) return { topics: {}, fieldsOf: () => [] };
  const { contract } = await import('../../preload/contract/index.ts');
  const { fieldsOf } = await import('./fields.ts');
  return { topics: contract, fieldsOf };
}

/** Runs one command line (without the program's own name) and gives the exit code. */
export async function run(argv: readonly string[], parts: Parts): Promise<number> {
  ignoreClosedPipes();
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
      async startEmpty({ home, json = false }) {
        const aside = await parts.startEmpty(await parts.folder(home));
        const lost =
          'Applications, keys, users, settings, the certificate authority and every token of before are there only';
        const text = `Moved ${aside.files.join(', ')} into ${aside.folder}. ${lost}; the next start makes a new vault.`;
        process.stdout.write(`${json ? JSON.stringify(aside) : visible(text)}\n`);
      },
      async completion(shell) {
        const { completionScript } = await import('./completion/script.ts');
        const whole = createProgram({ ...methods, version: parts.version, actions, complete: true });
        process.stdout.write(completionScript(shell, whole));
      },
    };
    await createProgram({ ...methods, version: parts.version, actions }).parseAsync(argv, { from: 'user' });
    return code;
  } catch (error) {
    return reportError(error, argv.includes('--json'));
  }
}
