import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { join } from 'node:path';
import { isatty } from 'node:tty';
import { KeyfobError } from '../../../preload/contract/errors.ts';
import { childEnvironment } from '../../system/childEnvironment.ts';
import { withClosing } from '../../system/closing.ts';
import { logError } from '../../system/logError.ts';
import { temporaryFolder } from '../../system/temporaryFolder.ts';
import { keyfobVariables } from '../environment/variables.ts';
import { note } from '../output/report.ts';
import type { RunFlags } from '../program/actions.ts';
import { defaultVariables } from '../session/defaults.ts';
import { openSession } from '../session/openSession.ts';
import type { Parts, Served } from '../session/parts.ts';
import { trustVariables } from '../trust/trustFiles.ts';

type Environment = Record<string, string | undefined>;

function refuseWithoutEndpoint(): never {
  throw new KeyfobError(
    'conflict',
    'No endpoint runs for this data folder. Start it with `keyfob serve`, or add --seed keyfob.yaml to serve that file while the program runs.',
  );
}

/** The endpoint that runs. Throws `conflict` without one: the endpoint of a data folder ends with the process that owns it. */
async function runningEndpoint(
  flags: RunFlags,
  { folder: folderOf }: Pick<Parts, 'folder'>,
  opened: AsyncDisposableStack,
): Promise<Served> {
  const { call, folder } = await openSession(flags, { folder: folderOf, openApp: refuseWithoutEndpoint }, opened);
  const status = await call('endpoint.status', {});
  return status.running ? { call, folder, status } : refuseWithoutEndpoint();
}

/** The environment of the program. It gets none of the variables that may hold secrets of the vault. */
async function environmentFor(
  { call, folder, status }: Served,
  flags: RunFlags,
  opened: AsyncDisposableStack,
): Promise<Environment> {
  const { keys, variables } = await keyfobVariables(flags, status, call);
  const own = Object.fromEntries(variables.map(({ name, value }) => [name, value]));
  // A `keyfob` within the program acts on the same keys.
  const same = {
    KEYFOB_HOME: folder,
    [defaultVariables.application]: keys.application,
    [defaultVariables.keyType]: keys.keyType,
    ...(keys.user !== undefined && { [defaultVariables.user]: keys.user }),
  };
  const environment = { ...childEnvironment(process.env), ...same, ...own };
  if (flags.trust === false) return environment;
  const path = temporaryFolder('keyfob-run-', opened);
  const { pem: caPem } = await call('endpoint.exportCa', {});
  const trust = trustVariables({ path, mode: 0o600 }, { caPem, hosts: status.names, env: process.env });
  for (const text of trust.notes) note(text);
  return { ...environment, ...trust.variables, KEYFOB_CA: join(path, 'ca.pem') };
}

/** Signals that end or steer a program. */
const forwarded = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGUSR1', 'SIGUSR2'] as const;
/** A terminal sends these to all of its programs, so the child has them already. */
const fromTerminal: readonly NodeJS.Signals[] = ['SIGINT', 'SIGQUIT'];

const notFound = 127;
const notExecutable = 126;

/** Runs a program without a shell, and passes signals on. Resolves with its exit code, as a shell reports it. */
function runChild(program: string, args: readonly string[], env: Environment): Promise<number> {
  const hasTerminal = [0, 1, 2].some((descriptor) => isatty(descriptor));
  const child = spawn(program, args, { stdio: 'inherit', env });
  const handlers = forwarded.map((name) => {
    const forward = () => {
      if (!(hasTerminal && fromTerminal.includes(name))) child.kill(name);
    };
    process.on(name, forward);
    return () => process.off(name, forward);
  });
  const ended = new Promise<number>((done) => {
    child.once('error', (error: NodeJS.ErrnoException) => {
      const isMissing = error.code === 'ENOENT';
      note(isMissing ? `No program named "${program}".` : `Cannot run "${program}": ${error.message}.`);
      done(isMissing ? notFound : notExecutable);
    });
    child.once('exit', (code, signal) => done(signal === null ? (code ?? 1) : 128 + constants.signals[signal]));
  });
  return ended.finally(() => {
    for (const remove of handlers) remove();
  });
}

/**
 * Runs a program with addresses, keys, a token and variables that let it trust the endpoint. Returns its exit code. Throws
 * `bad_input` for an empty name, `conflict` where no endpoint runs, and as the endpoint refuses the token.
 */
export async function runProgram(
  [program = '', ...args]: readonly string[],
  flags: RunFlags,
  parts: Pick<Parts, 'folder' | 'serveSeed'>,
): Promise<number> {
  if (program === '') throw new KeyfobError('bad_input', 'The name of the program is empty. Write it after --.');
  if (flags.seed !== undefined && flags.home !== undefined) {
    throw new KeyfobError('bad_input', '--seed has its own folder, so leave --home out.');
  }
  return await withClosing(async (opened) => {
    const served = await (flags.seed === undefined
      ? runningEndpoint(flags, parts, opened)
      : parts.serveSeed(flags.seed, opened));
    return await runChild(program, args, await environmentFor(served, flags, opened));
  }, logError);
}
