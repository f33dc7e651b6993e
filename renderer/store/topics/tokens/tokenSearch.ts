import type { InputOf, OutputOf, Progress } from '../../../../preload/contract/define.ts';
import type { KeyfobError } from '../../../../preload/contract/errors.ts';
import type { MethodOf } from '../../../../preload/contract/index.ts';
import type { Token } from '../../../../preload/contract/tokens.ts';
import type { CallOptions, Host } from '../../../host/host.ts';
import { asKeyfobError } from '../../core/resource.ts';

/** Which tokens the table shows. */
export type TokenFilter = InputOf<MethodOf<'tokens.count'>>;

/** Which tokens the table shows, and in which order. */
export type TokenQuery = InputOf<MethodOf<'tokens.ids'>>;

/** The filter of a query. */
export const filterPart = ({ order: _, ascending: __, ...filter }: TokenQuery): TokenFilter => filter;

/** Whether the newest tokens come first, as the engine finds them. */
export const inUsualOrder = ({ order = 'issued', ascending = false }: TokenQuery): boolean =>
  order === 'issued' && !ascending;

/** The number of tokens in each state. */
export type TokenCounts = OutputOf<MethodOf<'tokens.count'>>['byState'];

/** One result of a search. */
export type Found =
  /** The newest matches, or all (`complete`). The first page comes with its rows. */
  | { readonly ids: readonly number[]; readonly complete: boolean; readonly rows?: readonly Token[] }
  | { readonly counts: TokenCounts }
  /** The number of all tokens, whatever the filter. */
  | { readonly total: number };

/** The size of the first page: more rows than a window shows. */
export const firstRows = 50;

export const isSameQuery = (one: TokenQuery, other: TokenQuery): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

/** Receives what a search finds. */
interface SearchListener {
  found(query: TokenQuery, found: Found): void;
  progress(progress: Progress): void;
  /** The search ended with this error. */
  failed(error: KeyfobError): void;
}

/** Runs one search at a time: a new one cancels the one before. */
export interface TokenSearches {
  run(query: TokenQuery, fresh: boolean): Promise<void>;
  cancel(): void;
  readonly isRunning: () => boolean;
  /** The duration of the last complete search. */
  readonly lastMs: () => number;
}

export function createTokenSearches(host: Host, listener: SearchListener): TokenSearches {
  let current: AbortController | undefined;
  let lastMs = 0;
  const cancel = () => {
    current?.abort();
    current = undefined;
  };
  return {
    cancel,
    isRunning: () => current !== undefined,
    lastMs: () => lastMs,
    async run(query, fresh) {
      cancel();
      const mine = new AbortController();
      current = mine;
      const beganMs = performance.now();
      const onProgress = (progress: Progress) => {
        if (current === mine && fresh) listener.progress(progress);
      };
      try {
        for await (const found of searchTokens(host, query, fresh, { signal: mine.signal, onProgress })) {
          if (current !== mine) return;
          listener.found(query, found);
        }
      } catch (error) {
        if (current === mine) listener.failed(asKeyfobError(error));
      }
      if (current !== mine) return;
      current = undefined;
      lastMs = performance.now() - beganMs;
    },
  };
}

/**
 * Finds the ids of all tokens that match, then the counts. A `fresh` search, whose filter shows nothing yet, begins with one
 * page of rows in the usual order. Another order needs all matches first. Throws `KeyfobError`.
 */
async function* searchTokens(
  host: Host,
  query: TokenQuery,
  fresh: boolean,
  { signal, onProgress }: CallOptions,
): AsyncGenerator<Found> {
  const filter = filterPart(query);
  let complete = false;
  if (fresh && inUsualOrder(query)) {
    const { items, nextCursor } = await host.call('tokens.list', { ...filter, limit: firstRows }, { signal });
    complete = nextCursor === undefined;
    // An empty page that is not the last one shows nothing: the matches may be much older.
    if (complete || items.length > 0) yield { ids: items.map(({ id }) => id), complete, rows: items };
  }
  if (!complete) {
    const { ids } = await host.call('tokens.ids', query, { signal, onProgress });
    yield { ids, complete: true };
  }
  const { total, byState } = await host.call('tokens.count', filter, { signal });
  yield { counts: byState };
  yield { total: isSameQuery(filter, {}) ? total : (await host.call('tokens.count', {}, { signal })).total };
}
