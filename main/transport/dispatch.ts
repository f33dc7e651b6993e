import { setImmediate as nextTurn } from 'node:timers/promises';
import type { AnyMethod, HandlersOf, Progress, Topic, Watch } from '../../preload/contract/define.ts';
import { KeyfobError } from '../../preload/contract/errors.ts';
import { contract, type Handlers } from '../../preload/contract/index.ts';
import { inputErrors, noDefaultMessages } from '../../preload/contract/inputErrors.ts';
import { didYouMean } from '../../preload/contract/similar.ts';
import type { Call, Reply } from '../../preload/contract/wire.ts';
import { errorReply } from './errors.ts';
import type { CallOptions } from './reply.ts';

type Topics = Readonly<Record<string, Topic>>;
type Steps = Generator<Progress, unknown, void>;

export interface DispatchParts<H extends object = Handlers> {
  readonly handlers: H;
  /** Runs work in a transaction; resolves after it is on disk. */
  readonly submit: <T>(work: () => T) => Promise<T>;
  readonly isLocked: () => 'none' | 'locked' | 'unlocked';
  /** Turns an error of disk or database into a `KeyfobError`; gives others back unchanged. */
  readonly asKnown?: ((error: unknown) => unknown) | undefined;
  /** Gets errors that no input should cause: the reply says only that there was one. */
  readonly onError?: ((error: unknown) => void) | undefined;
}

/** Answers one call. Never rejects. */
export type Dispatch = (call: Call, options?: CallOptions) => Promise<Reply>;

/** A contract method and its handler, whose types are checked where it is written. */
interface Entry {
  readonly method: AnyMethod;
  readonly run: (input: unknown, watch: Watch) => unknown;
}

function entriesOf(topics: Topics, handlers: object): ReadonlyMap<string, Entry> {
  const runs = new Map<string, Readonly<Record<string, unknown>>>(Object.entries(handlers));
  const entries = new Map<string, Entry>();
  for (const [topic, methods] of Object.entries(topics)) {
    for (const [name, method] of Object.entries(methods)) {
      entries.set(`${topic}.${name}`, { method, run: runs.get(topic)?.[name] as Entry['run'] });
    }
  }
  return entries;
}

function refuseLocked(state: 'none' | 'locked'): KeyfobError {
  return state === 'none'
    ? new KeyfobError('vault_none', 'There is no vault yet; create one first.')
    : new KeyfobError('vault_locked', 'The vault is locked; unlock it first.');
}

function unknownMethod(name: string, known: readonly string[]): KeyfobError {
  return new KeyfobError(
    'bad_input',
    `No method named ${JSON.stringify(name.slice(0, 60))}.${didYouMean(name, known)}`,
  );
}

/** Parses an input by the method's schema. Throws `bad_input`. */
function parseInput(method: AnyMethod, input: unknown): unknown {
  const parsed = method.input.safeParse(input, noDefaultMessages);
  if (parsed.success) return parsed.data;
  const { message, details } = inputErrors(parsed.error.issues, input);
  throw new KeyfobError('bad_input', message, details);
}

const watchOf = ({ signal, onProgress }: CallOptions): Watch => ({
  onProgress: (progress) => onProgress?.(progress),
  cancelled: () => signal?.aborted ?? false,
  whenCancelled(stop) {
    signal?.addEventListener('abort', stop, { once: true });
    return () => signal?.removeEventListener('abort', stop);
  },
});

/** Runs steps to their end and gives their result. Throws `cancelled` between two steps. */
async function runSteps(
  next: () => Promise<IteratorResult<Progress, unknown>>,
  options: CallOptions,
  onStep: (progress: Progress) => void,
): Promise<unknown> {
  for (;;) {
    if (options.signal?.aborted) throw new KeyfobError('cancelled', 'Cancelled.');
    const step = await next();
    if (step.done) return step.value;
    onStep(step.value);
    options.onProgress?.(step.value);
  }
}

/** Parses calls, checks them against the lock, runs them by their kind. The only place that catches their errors. */
export const createDispatch = (parts: DispatchParts): Dispatch => createDispatchOf(contract, parts);

/** The same for topics that are not part of the contract. */
export function createDispatchOf<T extends Topics>(
  topics: T,
  parts: DispatchParts<{ readonly [N in keyof T]: HandlersOf<T[N]> }>,
): Dispatch {
  const entries = entriesOf(topics, parts.handlers);

  async function run(call: Call, options: CallOptions, onStep: (progress: Progress) => void): Promise<unknown> {
    const entry = entries.get(call.method);
    if (entry === undefined) throw unknownMethod(call.method, [...entries.keys()]);
    const { method } = entry;
    const input = parseInput(method, call.input);
    const lock = parts.isLocked();
    if (lock !== 'unlocked' && !method.whileLocked) throw refuseLocked(lock);
    const work = () => entry.run(input, watchOf(options));
    if (method.kind === 'write') return await parts.submit(work);
    if (method.kind === 'bulk') {
      const steps = work() as Steps;
      return await runSteps(() => parts.submit(() => steps.next()), options, onStep);
    }
    if (method.kind === 'scan') {
      const steps = work() as Steps;
      // A scan changes nothing, so a failed one reports no finished steps.
      return await runSteps(
        () => nextTurn().then(() => steps.next()),
        options,
        () => undefined,
      );
    }
    return await work();
  }

  function replyTo(thrown: unknown, last: Progress | undefined): Reply {
    const error = parts.asKnown === undefined ? thrown : parts.asKnown(thrown);
    const stays = last === undefined ? '' : ` ${last.done} of ${last.total} were done before, and stay.`;
    if (error instanceof KeyfobError) return errorReply(error.code, `${error.message}${stays}`, error.details);
    parts.onError?.(error);
    return errorReply('internal', `Keyfob failed in a way it did not foresee; please report it.${stays}`);
  }

  return async (call, options = {}) => {
    let last: Progress | undefined;
    try {
      const output = await run(call, options, (progress) => {
        last = progress;
      });
      return { ok: true, output };
    } catch (error) {
      return replyTo(error, last);
    }
  };
}
