import type { Progress } from '../../../../preload/contract/define.ts';
import type { KeyfobError } from '../../../../preload/contract/errors.ts';
import type { Token } from '../../../../preload/contract/tokens.ts';
import type { MakeSlice } from '../../core/slice.ts';
import { staleAfter } from '../../core/staleAfter.ts';
import { createTokenRows } from './tokenRows.ts';
import {
  createTokenSearches,
  type Found,
  firstRows,
  isSameQuery,
  type TokenCounts,
  type TokenQuery,
} from './tokenSearch.ts';

/**
 * The table of tokens: the ids of all matches, and the rows near the visible ones. A hundred thousand ids are small; rows are
 * read as the table scrolls. The last list stays until the next search has a result.
 */
export interface TokensSlice {
  /** The newest search. */
  readonly query: TokenQuery;
  /** The search that `ids` match. It follows `query` with the first rows of a search. */
  readonly listed: TokenQuery;
  /** In the order of `listed`; `undefined` until first read. */
  readonly ids: readonly number[] | undefined;
  /** Whether `ids` has all matches. Otherwise it has the first ones, and the others will follow. */
  readonly complete: boolean;
  /** Whether another search is running. */
  readonly loading: boolean;
  /** The progress of a long search. */
  readonly progress: Progress | undefined;
  readonly error: KeyfobError | undefined;
  /** The counts of `listed`. They are read after the list. */
  readonly counts: TokenCounts | undefined;
  /** The number of all tokens, whatever the filter. Read last. */
  readonly total: number | undefined;
  /** The rows read so far. Always the same map. */
  readonly rows: ReadonlyMap<number, Token>;
  /** Keeps the list fresh. Gives the function that stops this. */
  watch(): () => void;
  /** Shows the matches of a filter in an order. Cancels the search before. */
  search(query: TokenQuery): void;
  /** Reads missing and stale rows of the visible part of `ids`: from `first`, up to but not including `end`. */
  show(first: number, end: number): void;
}

/** How many rows around the visible ones must not be missing, and how many are read with them. */
const nearRows = 10;
const aroundRows = 40;
/** How often the list follows changes: every 500 ms, up to every 3 s where a search takes long. */
const followMs = 500;
const followAtLeastMs = 3000;
const followShare = 4;

const nothing = {
  ids: undefined,
  loading: false,
  progress: undefined,
  error: undefined,
  counts: undefined,
  total: undefined,
} as const;

export const tokensSlice: MakeSlice<TokensSlice> = ({ host, get, set }) => {
  const rows = createTokenRows(host, (error) => set({ error }));
  const searches = createTokenSearches(host, {
    found: take,
    progress: (progress) => set({ progress }),
    failed: (error) => set({ error, loading: false, progress: undefined }),
  });
  let following: ReturnType<typeof setTimeout> | undefined;
  let visible = { first: 0, end: firstRows };
  let watchers = 0;
  /** Whether something changed while nobody watched. */
  let missed = false;

  function readVisible(): void {
    const { ids = [] } = get();
    const within = (more: number) => ids.slice(Math.max(0, visible.first - more), visible.end + more);
    rows.want(within(nearRows), within(aroundRows));
  }

  function take(query: TokenQuery, found: Found): void {
    if (!('ids' in found)) {
      set(found);
      return;
    }
    const { ids, complete } = found;
    if (found.rows !== undefined) {
      rows.keep(found.rows);
      visible = { first: 0, end: firstRows };
    }
    if (!isSameQuery(query, get().listed)) set({ counts: undefined });
    set({ ids, complete, listed: query, error: undefined });
    if (complete) set({ loading: false, progress: undefined });
    readVisible();
  }

  /** Lists the matches of a filter, which a `fresh` search shows for the first time. */
  function list(query: TokenQuery, fresh: boolean): void {
    if (fresh) {
      // The result includes every change so far.
      missed = false;
      clearTimeout(following);
      following = undefined;
      set({ query, loading: true, progress: undefined, error: undefined });
    }
    void searches.run(query, fresh);
  }

  function follow(): void {
    following ??= setTimeout(
      () => {
        following = undefined;
        if (watchers === 0) missed = true;
        else if (searches.isRunning()) follow();
        else {
          missed = false;
          const { query, ids, listed } = get();
          list(query, ids === undefined || !isSameQuery(query, listed));
        }
      },
      Math.min(followAtLeastMs, Math.max(followMs, searches.lastMs() * followShare)),
    );
  }

  /** Reads these rows again, or all, and lists again. */
  function changed(tokenIds: readonly number[] | undefined): void {
    rows.changed(tokenIds);
    if (watchers > 0) follow();
    else missed = true;
  }

  return {
    query: {},
    listed: {},
    complete: false,
    ...nothing,
    rows: rows.rows,
    watch() {
      watchers += 1;
      if (missed) follow();
      return () => {
        watchers -= 1;
      };
    },
    search(query) {
      const { query: before, ids, error } = get();
      if (ids === undefined || error !== undefined || !isSameQuery(query, before)) list(query, true);
    },
    show(first, end) {
      visible = { first, end };
      readVisible();
    },
    connected: () => changed(undefined),
    heard(event) {
      // It may be a use of its token.
      if (event.name === 'requests.added' && event.data.tokenId !== undefined) rows.changed([event.data.tokenId]);
      if (!staleAfter['tokens.ids'].includes(event.name)) return;
      changed(event.name === 'tokens.changed' ? event.data.tokenIds : undefined);
    },
    vaultChanged() {
      searches.cancel();
      clearTimeout(following);
      following = undefined;
      rows.forget();
      set(nothing);
      if (watchers > 0) follow();
    },
  };
};
