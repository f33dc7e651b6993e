import type { InputOf, OutputOf } from '../../../preload/contract/define.ts';
import type { MethodOf } from '../../../preload/contract/index.ts';
import type { Token } from '../../../preload/contract/tokens.ts';
import type { CallOptions, Host } from '../../host/host.ts';

/** Which tokens the table shows. */
export type TokenFilter = InputOf<MethodOf<'tokens.ids'>>;

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

export const isSameFilter = (one: TokenFilter, other: TokenFilter): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

/**
 * Finds the ids of all tokens that match, then the counts. A `fresh` search, whose filter shows nothing yet, begins with one
 * page of rows. Throws `KeyfobError`.
 */
export async function* searchTokens(
  host: Host,
  filter: TokenFilter,
  fresh: boolean,
  { signal, onProgress }: CallOptions,
): AsyncGenerator<Found> {
  let complete = false;
  if (fresh) {
    const { items, nextCursor } = await host.call('tokens.list', { ...filter, limit: firstRows }, { signal });
    complete = nextCursor === undefined;
    // An empty page that is not the last one shows nothing: the matches may be much older.
    if (complete || items.length > 0) yield { ids: items.map(({ id }) => id), complete, rows: items };
  }
  if (!complete) {
    const { ids } = await host.call('tokens.ids', filter, { signal, onProgress });
    yield { ids, complete: true };
  }
  const { total, byState } = await host.call('tokens.count', filter, { signal });
  yield { counts: byState };
  yield { total: isSameFilter(filter, {}) ? total : (await host.call('tokens.count', {}, { signal })).total };
}
