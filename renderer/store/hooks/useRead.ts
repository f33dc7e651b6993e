import { useEffect } from 'react';
import type { InputOf, OutputOf } from '../../../preload/contract/define.ts';
import type { MethodOf } from '../../../preload/contract/index.ts';
import { useKeyfob, useKeyfobState } from '../context.ts';
import { readKey } from '../core/reads.ts';
import { type Resource, unread } from '../core/resource.ts';
import type { ReadName } from '../core/staleAfter.ts';

/**
 * The answer of a contract read, read now and again whenever an event says that it may have changed. `input` undefined:
 * nothing is asked yet. Methods that give out secrets cannot be watched; see `useFreshRead`, and `Secret` among the components.
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
  // By its key this is the answer of that method.
  return (found ?? (key === undefined ? unread : pending)) as Resource<OutputOf<MethodOf<N>>>;
}

/** Before the first effect ran; the same as what `watch` then says. */
const pending: Resource<never> = { ...unread, loading: true };
