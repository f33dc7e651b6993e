import { useEffect, useRef, useState } from 'react';
import type { InputOf, OutputOf } from '../../../preload/contract/define.ts';
import type { KeyfobError } from '../../../preload/contract/errors.ts';
import type { EventName } from '../../../preload/contract/events.ts';
import type { MethodName, MethodOf } from '../../../preload/contract/index.ts';
import { useKeyfob } from '../context.ts';
import { asKeyfobError } from '../core/resource.ts';

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
