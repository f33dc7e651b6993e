import type { Topic } from '../../../preload/contract/define.ts';
import { duration } from '../../../preload/contract/durations.ts';
import { type ErrorCode, KeyfobError } from '../../../preload/contract/errors.ts';
import { contract } from '../../../preload/contract/index.ts';
import { withClosing } from '../../system/closing.ts';
import { logError } from '../../system/logError.ts';
import type { Caller } from '../../transport/reply.ts';
import { tellsTokenTime, traitsOf } from '../methods/methodTraits.ts';
import { createProgressDisplay } from '../output/progress.ts';
import { note } from '../output/report.ts';
import type { Common, Wanted } from '../program/actions.ts';
import { defaultsOf } from '../program/defaultFields.ts';
import { inFlags } from '../program/flags.ts';
import { fillSelection, type Selection } from '../session/defaults.ts';
import { openVault } from '../session/openVault.ts';
import type { Parts } from '../session/parts.ts';
import { createSession } from '../session/session.ts';
import type { Row } from '../text/rows.ts';
import { targetOf, withContent, writeOutput } from './files.ts';
import { givenSecrets } from './givenSecrets.ts';
import { show } from './show.ts';
import { showSignIn } from './showSignIn.ts';

const topics: Readonly<Record<string, Topic>> = contract;

/** Why a data folder cannot be opened. People run the doctor to learn the reason. */
const unopenable: ReadonlySet<ErrorCode> = new Set([
  ...(['database_missing', 'database_damaged', 'database_newer', 'vault_mismatch'] as const),
  ...(['sealed_value_damaged', 'storage_full', 'refused'] as const),
]);
const isUnopenable = (error: unknown): error is KeyfobError =>
  error instanceof KeyfobError && unopenable.has(error.code);

const refuseToOpen = () => {
  throw new KeyfobError(
    'conflict',
    'No process serves this data folder. Run `keyfob serve`: it starts the endpoint and keeps running.',
  );
};

async function print({ name, input }: Wanted, output: unknown, call: Caller): Promise<void> {
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

/** The first Ctrl-C cancels a call that can be cancelled; the second ends the process. */
function cancelSignal({ method }: Wanted): AbortSignal {
  const abort = new AbortController();
  if (['bulk', 'scan', 'call', 'job'].includes(method.kind)) process.once('SIGINT', () => abort.abort());
  return abort.signal;
}

/** The method of a command line, or the one that its flags choose instead. */
function chosen(wanted: Wanted): Wanted {
  const other = traitsOf(wanted.name).instead?.(wanted.input);
  if (other === undefined) return wanted;
  const [topic = '', name = ''] = other.name.split('.');
  const method = topics[topic]?.[name];
  if (method === undefined) throw new Error(`The contract has no ${other.name}.`);
  return { ...wanted, ...other, method };
}

/** The application, key type and user that the command line left out, as far as they have defaults. */
async function defaultsFor({ fields, input, name }: Wanted, call: Caller): Promise<Row> {
  const { required, user } = defaultsOf(fields, traitsOf(name).named);
  const typed: Selection = { ...input, user: input.username as string | undefined };
  const parts = [...required, ...(user ? (['user'] as const) : [])];
  const demands = parts.filter((part) => part !== 'application');
  const filled = parts.every((part) => typed[part] !== undefined) ? typed : await fillSelection(typed, demands, call);
  return {
    ...(required.includes('application') && { application: filled.application }),
    ...(required.includes('keyType') && { keyType: filled.keyType }),
    // An empty user means none, whatever the default is.
    ...(user && { username: filled.user || undefined }),
  };
}

/** Runs one method and prints its output. Returns the exit code; throws the error of the call. */
export async function callMethod(
  asked: Wanted,
  { home, json }: Common,
  parts: Pick<Parts, 'folder' | 'openApp' | 'examineClosed' | 'openBrowser'>,
): Promise<number> {
  const wanted = chosen(asked);
  const { name, method, input, fields, given } = wanted;
  const traits = traitsOf(name);
  const target = targetOf(traits.file, given);
  const typed = { ...(await withContent(traits.file, input)), ...(await givenSecrets(wanted)) };
  const progress = createProgressDisplay();
  return await withClosing(async (opened) => {
    const folder = await parts.folder(home);
    const session = createSession({
      folder,
      openApp: traits.ownerOnly ? refuseToOpen : parts.openApp,
      async prepare(app) {
        if (!method.whileLocked) await progress.pausedFor(() => openVault(app, note));
      },
    });
    opened.defer(session.close);
    const { call } = session;
    const signal = cancelSignal(wanted);
    const defaults = await defaultsFor(wanted, call);
    const publicInput = { ...typed, ...defaults, ...traits.environment?.(typed, input) };
    const secrets = await traits.secrets?.(publicInput, call);
    progress.start();
    // The flags follow the schema, and the called process parses the input.
    const called = call(name, { ...publicInput, ...secrets } as never, {
      onProgress: (step) => {
        const { openUrl } = step;
        if (openUrl === undefined) progress.update(step);
        else progress.pausedFor(() => showSignIn(openUrl, given.browser !== false, parts)).catch(logError);
      },
      signal,
      allOrNothing: method.kind === 'job',
    });
    const answer = await called.finally(progress.stop).catch((error: unknown) => {
      if (traits.examinesClosedFolder && isUnopenable(error)) return parts.examineClosed(folder, error);
      throw inFlags(error, fields);
    });
    await traits.demandEffect?.(answer, { ...input, ...defaults }, call);
    const output: unknown = target === undefined ? answer : await writeOutput(target, answer);
    if (json) process.stdout.write(`${JSON.stringify(output)}\n`);
    else await print(wanted, output, call);
    await traits.waitForEnd?.(session, progress);
    return traits.exitCode?.(output) ?? 0;
  }, logError);
}
