import type { InputOf, OutputOf, Progress } from '../../../preload/contract/define.ts';
import type { KeyfobError } from '../../../preload/contract/errors.ts';
import type { MethodOf } from '../../../preload/contract/index.ts';
import type { Token } from '../../../preload/contract/tokens.ts';
import { asKeyfobError } from '../core/resource.ts';
import type { MakeSlice } from '../core/slice.ts';
import { staleAfter } from '../core/staleAfter.ts';
import { createTokenRows } from './tokenRows.ts';

/** Which tokens the table shows. */
export type TokenFilter = InputOf<MethodOf<'tokens.ids'>>;

/** How many tokens are in each state. */
export type TokenCounts = OutputOf<MethodOf<'tokens.count'>>['byState'];

/**
 * The table of tokens: the ids of all that match, and the rows near those that are seen. A hundred thousand ids are
 * little; their rows come as the table scrolls. What was listed stays until something of the next search is there.
 */
export interface TokensSlice {
  /** What is asked for. */
  readonly filter: TokenFilter;
  /** What `ids` are of: the filter asked for before that one, until its first rows are there. */
  readonly listed: TokenFilter;
  /** Newest first; `undefined` until first read. */
  readonly ids: readonly number[] | undefined;
  /** Whether `ids` are all; else they are the newest ones, and the rest is on its way. */
  readonly complete: boolean;
  /** Whether what is asked for is not there yet. */
  readonly loading: boolean;
  /** How far the search is, where it takes long. */
  readonly progress: Progress | undefined;
  readonly error: KeyfobError | undefined;
  /** Of what is listed; come after it. */
  readonly counts: TokenCounts | undefined;
  /** How many tokens there are, whatever the filter; comes last. */
  readonly total: number | undefined;
  /** Rows read so far. The same map all the time. */
  readonly rows: ReadonlyMap<number, Token>;
  /** Keeps the list fresh until the function returned is called. */
  watch(): () => void;
  /** Shows what matches; breaks off the search before. */
  search(filter: TokenFilter): void;
  /** The table shows these places in `ids`, from `first` up to before `end`: rows missing or stale are read. */
  show(first: number, end: number): void;
}

/** What a first page fills: more rows than a window shows. */
const firstRows = 50;
/** Rows beyond those in sight that must not be missing, and those that are read along with them. */
const nearRows = 10;
const aroundRows = 40;
/** While tokens come and go, the list follows this often, or less often where a search takes long. */
const followMs = 500;
const followAtLeastMs = 3000;
const followShare = 4;

const same = (one: TokenFilter, other: TokenFilter): boolean => JSON.stringify(one) === JSON.stringify(other);

export const tokensSlice: MakeSlice<TokensSlice> = ({ host, get, set }) => {
  const rows = createTokenRows(host, (error) => set({ error }));
  let searching: AbortController | undefined;
  let following: ReturnType<typeof setTimeout> | undefined;
  let searchMs = 0;
  let seen = { first: 0, end: firstRows };
  let watchers = 0;
  let missed = false;

  function readSeen(): void {
    const { ids = [] } = get();
    const within = (rows: number) => ids.slice(Math.max(0, seen.first - rows), seen.end + rows);
    rows.want(within(nearRows), within(aroundRows));
  }

  function put(filter: TokenFilter, ids: readonly number[], complete: boolean): void {
    if (!same(filter, get().listed)) set({ counts: undefined });
    set({ ids, complete, listed: filter, error: undefined, loading: get().loading && !complete });
    readSeen();
  }

  /** Finds the newest rows first, where nothing of the filter is shown yet; then all ids; then the counts. */
  async function find(filter: TokenFilter, fresh: boolean, mine: AbortController): Promise<void> {
    const { signal } = mine;
    let newest: readonly number[] | undefined;
    if (fresh) {
      const { items, nextCursor } = await host.call('tokens.list', { ...filter, limit: firstRows }, { signal });
      if (searching !== mine) return;
      rows.keep(items);
      const all = nextCursor === undefined;
      if (all) newest = items.map(({ id }) => id);
      // A page that holds nothing says nothing yet: few matches may lie far down.
      if (all || items.length > 0) {
        seen = { first: 0, end: firstRows };
        put(
          filter,
          items.map(({ id }) => id),
          all,
        );
      }
    }
    if (newest === undefined) {
      const onProgress = (progress: Progress) => {
        if (searching === mine && fresh) set({ progress });
      };
      const { ids } = await host.call('tokens.ids', filter, { signal, onProgress });
      if (searching !== mine) return;
      put(filter, ids, true);
    }
    set({ loading: false, progress: undefined });
    const { total, byState } = await host.call('tokens.count', filter, { signal });
    if (searching !== mine) return;
    set({ counts: byState });
    const all = same(filter, {}) ? total : (await host.call('tokens.count', {}, { signal })).total;
    if (searching === mine) set({ total: all });
  }

  async function list(filter: TokenFilter, fresh: boolean): Promise<void> {
    searching?.abort();
    const mine = new AbortController();
    searching = mine;
    if (fresh) {
      // What is found now is as new as what it would be followed for.
      missed = false;
      clearTimeout(following);
      following = undefined;
      set({ filter, loading: true, progress: undefined, error: undefined });
    }
    const beganMs = performance.now();
    try {
      await find(filter, fresh, mine);
    } catch (error) {
      if (searching === mine) set({ error: asKeyfobError(error), loading: false, progress: undefined });
    }
    if (searching !== mine) return;
    searching = undefined;
    searchMs = performance.now() - beganMs;
  }

  function follow(): void {
    following ??= setTimeout(
      () => {
        following = undefined;
        if (watchers === 0) missed = true;
        else if (searching !== undefined) follow();
        else {
          missed = false;
          const { filter, ids, listed } = get();
          void list(filter, ids === undefined || !same(filter, listed));
        }
      },
      Math.min(followAtLeastMs, Math.max(followMs, searchMs * followShare)),
    );
  }

  /** Reads these rows again, or all, and lists again. */
  function changed(tokenIds: readonly number[] | undefined): void {
    rows.changed(tokenIds);
    if (watchers > 0) follow();
    else missed = true;
  }

  return {
    filter: {},
    listed: {},
    ids: undefined,
    complete: false,
    loading: false,
    progress: undefined,
    error: undefined,
    counts: undefined,
    total: undefined,
    rows: rows.rows,
    watch() {
      watchers += 1;
      if (missed) follow();
      return () => {
        watchers -= 1;
      };
    },
    search(filter) {
      const { filter: before, ids, error } = get();
      if (ids === undefined || error !== undefined || !same(filter, before)) void list(filter, true);
    },
    show(first, end) {
      seen = { first, end };
      readSeen();
    },
    connected: () => changed(undefined),
    heard(event) {
      if (!staleAfter['tokens.ids'].includes(event.name)) return;
      changed(event.name === 'tokens.changed' ? event.data.tokenIds : undefined);
    },
    vaultChanged() {
      searching?.abort();
      searching = undefined;
      clearTimeout(following);
      following = undefined;
      rows.forget();
      set({
        ids: undefined,
        loading: false,
        progress: undefined,
        error: undefined,
        counts: undefined,
        total: undefined,
      });
      if (watchers > 0) follow();
    },
  };
};
