import { useEffect, useRef, useState } from 'react';
import type { InputOf, OutputOf } from '../../../../preload/contract/define.ts';
import type { KeyfobError } from '../../../../preload/contract/errors.ts';
import type { EventName } from '../../../../preload/contract/events.ts';
import type { MethodName, MethodOf } from '../../../../preload/contract/index.ts';
import { useKeyfob } from '../../context.ts';
import { asKeyfobError } from '../../core/resource.ts';

/** Events come in bursts. They are counted once per this time. */
const gatherMs = 120;

/** Counts the bursts of these events, and the times that the host connected. */
function useBurstsOf(events: readonly EventName[]): number {
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
  /** Another number reads again. */
  readonly round?: number;
  /** Reads again after these events. Must be the same array each time. */
  readonly staleAfter?: readonly EventName[];
}

/**
 * A read that the store never keeps, such as a text with secrets. Reads again when `input` changes. The last answer stays while
 * the same input is read again. `input` undefined: reads nothing yet.
 */
export function useFreshRead<N extends MethodName>(
  name: N,
  input: InputOf<MethodOf<N>> | undefined,
  { round = 0, staleAfter = noEvents }: FreshReadOptions = {},
): { readonly value: OutputOf<MethodOf<N>> | undefined; readonly error: KeyfobError | undefined } {
  const { host } = useKeyfob();
  const bursts = useBurstsOf(staleAfter);
  const [answer, setAnswer] = useState<{ key: string; value?: OutputOf<MethodOf<N>>; error?: KeyfobError }>();
  const key = JSON.stringify(input);
  const newest = useRef(input);
  newest.current = input;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another round or burst reads the same again
  useEffect(() => {
    if (key === undefined || newest.current === undefined) return undefined;
    const reading = new AbortController();
    host.call(name, newest.current, { signal: reading.signal }).then(
      (value) => reading.signal.aborted || setAnswer({ key, value }),
      (error: unknown) => reading.signal.aborted || setAnswer({ key, error: asKeyfobError(error) }),
    );
    return () => reading.abort();
  }, [host, name, key, round, bursts]);
  const fitting = answer?.key === key ? answer : undefined;
  return { value: fitting?.value, error: fitting?.error };
}
