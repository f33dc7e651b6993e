import { useEffect } from 'react';
import type { InputOf, OutputOf } from '../../preload/contract/define.ts';
import type { EventName } from '../../preload/contract/events.ts';
import type { MethodName, MethodOf } from '../../preload/contract/index.ts';
import { useKeyfob, useKeyfobState } from './context.ts';
import { type ReadName, staleAfter } from './refresh.ts';
import { asKeyfobError, type Resource, unread } from './resource.ts';
import type { MakeSlice } from './slice.ts';

/** Answers of the contract's reads, by method and input. */
export interface ReadsSlice {
  readonly byKey: Readonly<Record<string, Resource<unknown>>>;
  /** Keeps an answer fresh until the function returned is called. */
  watch<N extends ReadName>(name: N, input: InputOf<MethodOf<N>>): () => void;
  /** Reads again what an event may have changed: what is watched soon, the rest when it is watched again. */
  heard(event: EventName): void;
  /** Everything may have changed. */
  heardAll(): void;
  /** Forgets every answer but the state of the vault, and reads what is watched anew. */
  forget(): void;
}

interface Entry {
  readonly name: ReadName;
  readonly input: unknown;
  watchers: number;
  stale: boolean;
  running: boolean;
  timer: ReturnType<typeof setTimeout> | undefined;
}

/** Events come in bursts: what they make stale is read once per this time. */
const gatherMs = 120;
/** Answers kept though nobody watches them. */
const keptUnwatched = 60;

/** The key of an answer in {@link ReadsSlice.byKey}. */
export const readKey = <N extends ReadName>(name: N, input: InputOf<MethodOf<N>>): string =>
  `${name} ${JSON.stringify(input)}`;

export const readsSlice: MakeSlice<ReadsSlice> = ({ host, get, set }) => {
  const entries = new Map<string, Entry>();
  /** Answers to questions from before the last `forget` are not taken. */
  let generation = 0;

  const put = (key: string, patch: Partial<Resource<unknown>>) => {
    const { byKey } = get().reads;
    set({ byKey: { ...byKey, [key]: { ...(byKey[key] ?? unread), ...patch } } });
  };

  async function load(key: string, entry: Entry): Promise<void> {
    if (entry.running) return;
    clearTimeout(entry.timer);
    entry.timer = undefined;
    const asked = generation;
    entry.running = true;
    entry.stale = false;
    put(key, { loading: true });
    const method: MethodName = entry.name;
    // Name and input came together through `watch`, which checked that they belong together.
    const patch = await host.call(method, entry.input as never).then(
      (value: unknown) => ({ value, error: undefined }),
      (error: unknown) => ({ error: asKeyfobError(error) }),
    );
    if (asked !== generation || entries.get(key) !== entry) return;
    entry.running = false;
    put(key, { ...patch, loading: false });
    if (entry.stale) refresh(key, entry);
  }

  function refresh(key: string, entry: Entry): void {
    entry.stale = true;
    if (entry.watchers === 0 || entry.running) return;
    entry.timer ??= setTimeout(() => void load(key, entry), gatherMs);
  }

  function evict(): void {
    const idle = [...entries].filter(([, entry]) => entry.watchers === 0 && !entry.running);
    const gone = idle.slice(0, Math.max(0, idle.length - keptUnwatched)).map(([key]) => key);
    if (gone.length === 0) return;
    for (const key of gone) entries.delete(key);
    const left = Object.entries(get().reads.byKey).filter(([key]) => !gone.includes(key));
    set({ byKey: Object.fromEntries(left) });
  }

  return {
    byKey: {},
    watch(name, input) {
      const key = readKey(name, input);
      const entry = entries.get(key) ?? { name, input, watchers: 0, stale: true, running: false, timer: undefined };
      entries.set(key, entry);
      entry.watchers += 1;
      if (entry.stale || get().reads.byKey[key]?.error !== undefined) void load(key, entry);
      return () => {
        entry.watchers -= 1;
        if (entry.watchers === 0) evict();
      };
    },
    heard(event) {
      for (const [key, entry] of entries) if (staleAfter[entry.name].includes(event)) refresh(key, entry);
    },
    heardAll() {
      for (const [key, entry] of entries) refresh(key, entry);
    },
    forget() {
      generation += 1;
      const kept: Record<string, Resource<unknown>> = {};
      for (const [key, entry] of [...entries]) {
        const found = get().reads.byKey[key];
        if (entry.name === 'vault.status' && found !== undefined) kept[key] = found;
        entry.running = false;
        if (entry.watchers === 0) entries.delete(key);
        else refresh(key, entry);
      }
      set({ byKey: kept });
    },
  };
};

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
