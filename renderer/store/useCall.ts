import { useCallback, useEffect, useRef, useState } from 'react';
import type { InputOf, OutputOf, Progress } from '../../preload/contract/define.ts';
import type { KeyfobError } from '../../preload/contract/errors.ts';
import type { EventName } from '../../preload/contract/events.ts';
import type { MethodName, MethodOf } from '../../preload/contract/index.ts';
import { useKeyfob } from './context.ts';
import { asKeyfobError } from './resource.ts';

/** A contract method as an action of a component. */
export interface Action<N extends MethodName> {
  /** Calls it; resolves to the output, or to `undefined` when it failed (see `error`) or a later run took its place. */
  run(input: InputOf<MethodOf<N>>): Promise<OutputOf<MethodOf<N>> | undefined>;
  readonly pending: boolean;
  /** How far a bulk method is. */
  readonly progress: Progress | undefined;
  /** Why the last run failed; a cancelled one did not fail. */
  readonly error: KeyfobError | undefined;
  /** Breaks it off; what was done so far stays. */
  cancel(): void;
  /** Forgets the error. */
  reset(): void;
}

interface Running {
  readonly pending: boolean;
  readonly progress: Progress | undefined;
  readonly error: KeyfobError | undefined;
}

const idle: Running = { pending: false, progress: undefined, error: undefined };

/**
 * A contract method as an action: pending, progress, error, cancel. The output goes to the caller only, so that a secret in it
 * lives as long as the component wants. A run outlives its component: what was begun is done.
 */
export function useCall<N extends MethodName>(name: N): Action<N> {
  const { host } = useKeyfob();
  const [running, setRunning] = useState<Running>(idle);
  const current = useRef<AbortController>(undefined);

  const run = useCallback(
    async (input: InputOf<MethodOf<N>>) => {
      const mine = new AbortController();
      current.current = mine;
      const show = (shown: Running) => {
        if (current.current === mine) setRunning(shown);
      };
      show({ ...idle, pending: true });
      try {
        const output = await host.call(name, input, {
          signal: mine.signal,
          onProgress: (progress) => show({ ...idle, pending: true, progress }),
        });
        show(idle);
        return current.current === mine ? output : undefined;
      } catch (thrown) {
        const error = asKeyfobError(thrown);
        show(error.code === 'cancelled' ? idle : { ...idle, error });
        return undefined;
      }
    },
    [host, name],
  );
  const cancel = useCallback(() => current.current?.abort(), []);
  const reset = useCallback(() => setRunning((before) => (before.pending ? before : idle)), []);
  return { run, cancel, reset, ...running };
}

/** How long news that come in bursts are gathered. */
const gatherMs = 120;

/** Counts the bursts of these events, and the times that the host was found again. */
function useNewsOf(events: readonly EventName[]): number {
  const { host } = useKeyfob();
  const [bursts, setBursts] = useState(0);
  useEffect(() => {
    if (events.length === 0) return undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = host.on((news) => {
      if (news.kind !== 'connected' && (news.kind !== 'event' || !events.includes(news.name))) return;
      timer ??= setTimeout(() => {
        timer = undefined;
        setBursts((before) => before + 1);
      }, gatherMs);
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [host, events]);
  return bursts;
}

const noEvents: readonly EventName[] = [];

interface FreshReadOptions {
  /** Another number asks again. */
  readonly round?: number;
  /** Events after which it is asked again; the same array each time. */
  readonly staleAfter?: readonly EventName[];
}

/**
 * What a component shows of a text that holds secrets, asked again whenever `input` changes; never kept in the store. While
 * the same is asked once more, the answer before stays.
 */
export function useFreshRead<N extends MethodName>(
  name: N,
  input: InputOf<MethodOf<N>> | undefined,
  { round = 0, staleAfter = noEvents }: FreshReadOptions = {},
): { readonly value: OutputOf<MethodOf<N>> | undefined; readonly error: KeyfobError | undefined } {
  const { host } = useKeyfob();
  const bursts = useNewsOf(staleAfter);
  const [answer, setAnswer] = useState<{ key: string; value?: OutputOf<MethodOf<N>>; error?: KeyfobError }>();
  const key = JSON.stringify(input);
  const newest = useRef(input);
  newest.current = input;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another round or burst asks the same again
  useEffect(() => {
    if (key === undefined || newest.current === undefined) return undefined;
    const asked = new AbortController();
    host.call(name, newest.current, { signal: asked.signal }).then(
      (value) => asked.signal.aborted || setAnswer({ key, value }),
      (error: unknown) => asked.signal.aborted || setAnswer({ key, error: asKeyfobError(error) }),
    );
    return () => asked.abort();
  }, [host, name, key, round, bursts]);
  const fitting = answer?.key === key ? answer : undefined;
  return { value: fitting?.value, error: fitting?.error };
}
