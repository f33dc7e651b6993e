import { useEffect } from 'react';
import type { InputOf, OutputOf } from '../../../../preload/contract/define.ts';
import type { MethodOf } from '../../../../preload/contract/index.ts';
import { useKeyfob, useKeyfobState } from '../../context.ts';
import { readKey } from '../../core/reads.ts';
import { type Resource, unread } from '../../core/resource.ts';
import type { ReadName } from '../../core/staleAfter.ts';

/**
 * The answer of a contract read. Reads again after each event that may have changed it (`staleAfter`). `input` undefined: reads
 * nothing yet. Methods that give out secrets can't be watched: see `useFreshRead` and the component `Secret`.
 */
export function useRead<N extends ReadName>(
  name: N,
  input: InputOf<MethodOf<N>> | undefined,
): Resource<OutputOf<MethodOf<N>>> {
  const { store } = useKeyfob();
  const key = input === undefined ? undefined : readKey(name, input);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the input, which is a new object each time
  useEffect(() => (input === undefined ? undefined : store.getState().reads.watch(name, input)), [store, key]);
  const found = useKeyfobState((state) => (key === undefined ? undefined : state.reads.byKey[key]));
  // The key belongs to this method and input.
  return (found ?? (key === undefined ? unread : pending)) as Resource<OutputOf<MethodOf<N>>>;
}

/** Shown before the first effect runs. Equals the first state that `watch` sets. */
const pending: Resource<never> = { ...unread, loading: true };
