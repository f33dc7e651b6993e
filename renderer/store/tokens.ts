import { useEffect } from 'react';
import type { InputOf, Progress } from '../../preload/contract/define.ts';
import type { KeyfobError } from '../../preload/contract/errors.ts';
import type { MethodOf } from '../../preload/contract/index.ts';
import type { Token } from '../../preload/contract/tokens.ts';
import { useKeyfobState } from './context.ts';
import { asKeyfobError } from './resource.ts';
import type { MakeSlice } from './slice.ts';

/** Which tokens the table shows. */
export type TokenFilter = InputOf<MethodOf<'tokens.ids'>>;

/**
 * The table of tokens: the ids of all that match, and the rows near those that are seen. A hundred thousand ids are
 * little; their rows come as the table scrolls.
 */
export interface TokensSlice {
  readonly filter: TokenFilter;
  /** Newest first; `undefined` until first read. */
  readonly ids: readonly number[] | undefined;
  readonly loading: boolean;
  /** How far the search is, where it takes long. */
  readonly progress: Progress | undefined;
  readonly error: KeyfobError | undefined;
  /** Rows read so far. The same map all the time: look rows up by {@link useTokenRow}. */
  readonly rows: ReadonlyMap<number, Token>;
  /** Keeps the list fresh until the function returned is called. */
  watch(): () => void;
  /** Shows what matches; breaks off the search before. */
  search(filter: TokenFilter): void;
  /** The table shows these places in `ids`, from `first` up to before `end`: their rows are read, where missing or stale. */
  show(first: number, end: number): void;
  /** Tokens changed: those named, or any. */
  heard(tokenIds?: readonly number[]): void;
  /** Forgets all of it. */
  forget(): void;
}

/** Rows read in one call, and rows kept. */
const readAtOnce = 200;
const keptRows = 4000;
/** While tokens come and go by the thousand, the list follows this often. */
const followMs = 500;

export const tokensSlice: MakeSlice<TokensSlice> = ({ host, get, set }) => {
  const rows = new Map<number, Token>();
  const stale = new Set<number>();
  const asked = new Set<number>();
  let searching: AbortController | undefined;
  let following: ReturnType<typeof setTimeout> | undefined;
  let seen = { first: 0, end: 0 };
  let watchers = 0;
  let missed = false;

  async function list(filter: TokenFilter): Promise<void> {
    searching?.abort();
    const mine = new AbortController();
    searching = mine;
    set({ filter, loading: true, progress: undefined });
    const patch = await host
      .call('tokens.ids', filter, {
        signal: mine.signal,
        onProgress: (progress) => searching === mine && set({ progress }),
      })
      .then(
        ({ ids }) => ({ ids, error: undefined }),
        (error: unknown) => ({ error: asKeyfobError(error) }),
      );
    if (searching !== mine) return;
    searching = undefined;
    set({ ...patch, loading: false, progress: undefined });
    readSeen();
  }

  /** Reads what is seen and missing, the most in one call; what is left follows. */
  function readSeen(): void {
    const { ids = [] } = get().tokens;
    const missing = ids
      .slice(seen.first, seen.end)
      .filter((id) => (!rows.has(id) || stale.has(id)) && !asked.has(id))
      .slice(0, readAtOnce);
    if (missing.length > 0) void read(missing);
  }

  async function read(ids: number[]): Promise<void> {
    for (const id of ids) {
      asked.add(id);
      stale.delete(id);
    }
    try {
      const { items } = await host.call('tokens.readMany', { ids });
      // Again at the end of the map, so that the rows used longest ago are the first to go.
      for (const item of items) rows.delete(item.id);
      for (const item of items) rows.set(item.id, item);
      for (const id of rows.keys()) {
        if (rows.size <= keptRows) break;
        rows.delete(id);
      }
      set({ error: undefined });
    } catch (error) {
      set({ error: asKeyfobError(error) });
      return;
    } finally {
      for (const id of ids) asked.delete(id);
    }
    readSeen();
  }

  function follow(): void {
    following ??= setTimeout(() => {
      following = undefined;
      missed = false;
      if (searching === undefined) void list(get().tokens.filter);
      else follow();
    }, followMs);
  }

  return {
    filter: {},
    ids: undefined,
    loading: false,
    progress: undefined,
    error: undefined,
    rows,
    watch() {
      watchers += 1;
      if (missed) follow();
      return () => {
        watchers -= 1;
      };
    },
    search: (filter) => void list(filter),
    show(first, end) {
      seen = { first, end };
      readSeen();
    },
    heard(tokenIds) {
      for (const id of tokenIds ?? rows.keys()) stale.add(id);
      if (watchers > 0) follow();
      else missed = true;
    },
    forget() {
      searching?.abort();
      searching = undefined;
      clearTimeout(following);
      following = undefined;
      missed = false;
      rows.clear();
      stale.clear();
      set({ ids: undefined, loading: false, progress: undefined, error: undefined });
    },
  };
};

/** The table of tokens, kept fresh while the component is shown; see {@link TokensSlice} for what to do with it. */
export function useTokenTable(): TokensSlice {
  const table = useKeyfobState((state) => state.tokens);
  const { watch } = table;
  useEffect(() => watch(), [watch]);
  return table;
}

/** The row of a token, once it was read. */
export const useTokenRow = (id: number): Token | undefined => useKeyfobState((state) => state.tokens.rows.get(id));
