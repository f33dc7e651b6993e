import type { InputOf } from '../../../preload/contract/define.ts';
import type { EventName } from '../../../preload/contract/events.ts';
import type { MethodName, MethodOf } from '../../../preload/contract/index.ts';
import { asKeyfobError, type Resource, unread } from './resource.ts';
import type { MakeSlice } from './slice.ts';
import { type ReadName, staleAfter } from './staleAfter.ts';

/** Answers of the contract's reads, by method and input. An answer stays fresh while a component watches it. */
export interface ReadsSlice {
  readonly byKey: Readonly<Record<string, Resource<unknown>>>;
  /** Reads an answer and keeps it fresh. Gives the function that stops this. */
  watch<N extends ReadName>(name: N, input: InputOf<MethodOf<N>>): () => void;
  /** Marks the answers that an event may have changed. Watched ones are read again soon, others when watched again. */
  refreshAfter(event: EventName): void;
}

interface Entry {
  readonly name: ReadName;
  readonly input: unknown;
  watchers: number;
  stale: boolean;
  running: boolean;
  timer: ReturnType<typeof setTimeout> | undefined;
}

/** Events come in bursts. Stale answers are read once per this time. */
const gatherMs = 120;
/** How many unwatched answers are kept. */
const keptUnwatched = 60;

/** The key of an answer in {@link ReadsSlice.byKey}. */
export const readKey = <N extends ReadName>(name: N, input: InputOf<MethodOf<N>>): string =>
  `${name} ${JSON.stringify(input)}`;

export const readsSlice: MakeSlice<ReadsSlice> = ({ host, get, set }) => {
  const entries = new Map<string, Entry>();
  /** Answers to reads that began before the last change of the vault are discarded. */
  let generation = 0;

  const put = (key: string, patch: Partial<Resource<unknown>>) => {
    const { byKey } = get();
    set({ byKey: { ...byKey, [key]: { ...(byKey[key] ?? unread), ...patch } } });
  };

  async function load(key: string, entry: Entry): Promise<void> {
    if (entry.running) return;
    clearTimeout(entry.timer);
    entry.timer = undefined;
    const began = generation;
    entry.running = true;
    entry.stale = false;
    put(key, { loading: true });
    const method: MethodName = entry.name;
    // `watch` checked that the input belongs to the method.
    const patch = await host.call(method, entry.input as never).then(
      (value: unknown) => ({ value, error: undefined }),
      (error: unknown) => ({ error: asKeyfobError(error) }),
    );
    if (began !== generation || entries.get(key) !== entry) return;
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
    const left = Object.entries(get().byKey).filter(([key]) => !gone.includes(key));
    set({ byKey: Object.fromEntries(left) });
  }

  function refreshAfter(event: EventName): void {
    for (const [key, entry] of entries) if (staleAfter[entry.name].includes(event)) refresh(key, entry);
  }

  return {
    byKey: {},
    watch(name, input) {
      const key = readKey(name, input);
      const entry = entries.get(key) ?? { name, input, watchers: 0, stale: true, running: false, timer: undefined };
      entries.set(key, entry);
      entry.watchers += 1;
      if (entry.stale || get().byKey[key]?.error !== undefined) void load(key, entry);
      return () => {
        entry.watchers -= 1;
        if (entry.watchers === 0) evict();
      };
    },
    refreshAfter,
    heard: ({ name }) => refreshAfter(name),
    connected() {
      for (const [key, entry] of entries) refresh(key, entry);
    },
    // Drops every answer except the state of the vault.
    vaultChanged() {
      generation += 1;
      const kept: Record<string, Resource<unknown>> = {};
      for (const [key, entry] of [...entries]) {
        const found = get().byKey[key];
        if (entry.name === 'vault.status' && found !== undefined) kept[key] = found;
        entry.running = false;
        if (entry.watchers === 0) entries.delete(key);
        else refresh(key, entry);
      }
      set({ byKey: kept });
    },
  };
};
