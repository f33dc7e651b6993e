import type { OutputOf } from '../../../preload/contract/define.ts';
import { duration } from '../../../preload/contract/durations.ts';
import { type ErrorCode, KeyfobError } from '../../../preload/contract/errors.ts';
import type { MethodName, MethodOf } from '../../../preload/contract/index.ts';
import { withClosing } from '../../system/closing.ts';
import { logError } from '../../system/logError.ts';
import type { Caller } from '../../transport/reply.ts';
import { demandRevoked } from '../methods/revocations.ts';
import { waitForRotation } from '../methods/rotation.ts';
import { vaultInput } from '../methods/vaultInput.ts';
import { createProgressDisplay } from '../output/progress.ts';
import { note } from '../output/report.ts';
import { inFlags } from '../program/flags.ts';
import type { Common, Wanted } from '../program/program.ts';
import { openVault } from '../session/openVault.ts';
import type { Parts } from '../session/parts.ts';
import { createSession } from '../session/session.ts';
import { keepBackup, targetOf, withFile } from './files.ts';
import { givenSecrets } from './givenSecrets.ts';
import { show } from './show.ts';

/** Why a data folder does not open; people call the doctor for that. */
const unopenable: ReadonlySet<ErrorCode> = new Set([
  ...(['database_missing', 'database_damaged', 'database_newer', 'vault_mismatch'] as const),
  ...(['sealed_value_damaged', 'storage_full', 'refused'] as const),
]);
const isUnopenable = (error: unknown): error is KeyfobError =>
  error instanceof KeyfobError && unopenable.has(error.code);

/** Methods that mean nothing in a process that ends at once. */
const ownerOnly: ReadonlySet<MethodName> = new Set(['endpoint.start']);

const nobodyServes = () => {
  throw new KeyfobError(
    'conflict',
    'No process serves this data folder. Run `keyfob serve`: it starts the endpoint and keeps running.',
  );
};

/** Topics whose output tells times that the clock offset moves. */
const tellsTokenTime = (name: MethodName) => /^(tokens|devices|audit)\./.test(name);

async function print(name: MethodName, input: Wanted['input'], output: unknown, call: Caller): Promise<void> {
  const offset = tellsTokenTime(name) ? (await call('settings.read', {})).clockOffsetSeconds : 0;
  const realMs = Date.now();
  // Some terminals do not know how wide they are.
  const room = process.stdout.isTTY ? process.stdout.columns || 80 : undefined;
  const { out, notes } = show(name, output, { now: { realMs, tokenMs: realMs + offset * 1000 }, room, input });
  if (out !== '') process.stdout.write(`${out}\n`);
  for (const text of notes) note(text);
  if (offset !== 0) {
    const moved = `${duration(offset)} ${offset > 0 ? 'forward' : 'back'}`;
    note(`The clock is moved ${moved}: \`keyfob settings write --clock-offset-seconds 0\` resets it.`);
  }
}

/** What went well as a call may still be bad news, for scripts as well. */
const exitCodeOf = (name: MethodName, output: unknown): number => {
  if (name !== 'doctor.run') return 0;
  const { items } = output as OutputOf<MethodOf<'doctor.run'>>;
  return items.some(({ state }) => state === 'problem') ? 1 : 0;
};

/** Makes one call, and prints its output or lets its error pass. Gives the exit code. */
export async function callMethod(
  { name, method, input, fields, given }: Wanted,
  { home, json }: Common,
  parts: Pick<Parts, 'folder' | 'openApp' | 'examineClosed'>,
): Promise<number> {
  const target = targetOf(name, given);
  const withContent = { ...(await withFile(name, input)), ...(await givenSecrets({ fields, input, given })) };
  const progress = createProgressDisplay();
  return await withClosing(async (opened) => {
    const folder = await parts.folder(home);
    const session = createSession({
      folder,
      openApp: ownerOnly.has(name) ? nobodyServes : parts.openApp,
      async prepare(app) {
        if (!method.whileLocked) await progress.pausedFor(() => openVault(app, note));
      },
    });
    opened.defer(session.close);
    const abort = new AbortController();
    // The first Ctrl-C stops what runs in steps between two of them, the second ends the process.
    if (['bulk', 'scan', 'job'].includes(method.kind)) process.once('SIGINT', () => abort.abort());
    const secrets = await vaultInput(name, withContent, session.call);
    progress.start();
    // The flags follow the schema, and the callee parses what they came to.
    const whole = { ...withContent, ...secrets } as never;
    const called = session.call(name, whole, {
      onProgress: progress.update,
      signal: abort.signal,
      allOrNothing: method.kind === 'job',
    });
    const answer = await called.finally(progress.stop).catch((error: unknown) => {
      if (name === 'doctor.run' && isUnopenable(error)) return parts.examineClosed(folder, error);
      throw inFlags(error, fields);
    });
    await demandRevoked(name, input, answer, session.call);
    // Only an export has a target.
    const output: unknown = target === undefined ? answer : await keepBackup(target, answer as never);
    if (json) process.stdout.write(`${JSON.stringify(output)}\n`);
    else await print(name, input, output, session.call);
    if (name === 'vault.rotateDataKey') await waitForRotation(session, progress);
    return exitCodeOf(name, output);
  }, logError);
}
