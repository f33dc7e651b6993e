import type { OutputOf } from '../../preload/contract/define.ts';
import { KeyfobError } from '../../preload/contract/errors.ts';
import type { MethodName, MethodOf } from '../../preload/contract/index.ts';
import { withClosing } from '../system/closing.ts';
import type { Caller } from '../transport/reply.ts';
import { keepBackup, targetOf, withFile } from './backupFiles.ts';
import { unopenedReport } from './doctor.ts';
import { openVault } from './openVault.ts';
import type { Parts } from './parts.ts';
import type { Common, Wanted } from './program.ts';
import { createProgressDisplay } from './progress.ts';
import { note } from './report.ts';
import { reportFault } from './reportFault.ts';
import { waitForRotation } from './rotation.ts';
import { createSession } from './session.ts';
import { show } from './show.ts';
import { duration } from './values.ts';
import { vaultInput } from './vaultInput.ts';

/** Methods that mean nothing in a process that ends at once. */
const ownerOnly: ReadonlySet<MethodName> = new Set(['endpoint.start']);

const nobodyServes = () => {
  throw new KeyfobError('conflict', 'Nobody serves this data folder; `keyfob serve` starts the endpoint and stays.');
};

/** Topics whose output tells times that the clock offset moves. */
const tellsTokenTime = (name: MethodName) => /^(tokens|devices|audit)\./.test(name);

async function print(name: MethodName, output: unknown, call: Caller): Promise<void> {
  const offset = tellsTokenTime(name) ? (await call('settings.read', {})).clockOffsetSeconds : 0;
  const realMs = Date.now();
  const room = process.stdout.isTTY ? process.stdout.columns : undefined;
  const { out, notes } = show(name, output, { now: { realMs, tokenMs: realMs + offset * 1000 }, room });
  if (out !== '') process.stdout.write(`${out}\n`);
  for (const text of notes) note(text);
  if (offset !== 0) {
    const moved = `${duration(offset)} ${offset > 0 ? 'forward' : 'back'}`;
    note(`The clock is moved ${moved}: \`keyfob settings write --clockOffsetSeconds 0\` resets it.`);
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
  { name, method, input, given }: Wanted,
  { home, json }: Common,
  parts: Pick<Parts, 'folder' | 'openApp'>,
): Promise<number> {
  const target = targetOf(name, given);
  const withContent = await withFile(name, input);
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
      if (name === 'doctor.run') return unopenedReport(error, folder);
      throw error;
    });
    // Only an export has a target.
    const output: unknown = target === undefined ? answer : await keepBackup(target, answer as never);
    if (json) process.stdout.write(`${JSON.stringify(output)}\n`);
    else await print(name, output, session.call);
    if (name === 'vault.rotateDataKey') await waitForRotation(session, progress);
    return exitCodeOf(name, output);
  }, reportFault);
}
