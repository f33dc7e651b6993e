import { tokenFilter } from '../../../preload/contract/tokenFilter.ts';
import type { TokenFilter } from '../../store/topics/tokens/tokenSearch.ts';

/** A filter as the address writes it, by the contract's names. */
export type FilterQuery = Readonly<Record<string, string>>;
export type FilterName = keyof typeof tokenFilter;

const names = Object.keys(tokenFilter) as readonly FilterName[];

function wordOf(name: FilterName, text: string): unknown {
  if (name === 'deviceTokens') return text === 'true' ? true : text === 'false' ? false : undefined;
  return name === 'expiringWithinSeconds' || name === 'expiredSinceMs' ? Number(text) : text;
}

/** Reads a filter from an address. Unknown parts are ignored, so that old links still work. */
export function filterOf(query: FilterQuery): TokenFilter {
  const known = names.flatMap((name) => {
    const text = query[name];
    if (text === undefined || text === '') return [];
    const { success, data } = tokenFilter[name].safeParse(wordOf(name, text));
    return success && data !== undefined ? [[name, data] as const] : [];
  });
  // Each member was checked by its own schema.
  return Object.fromEntries(known) as TokenFilter;
}

/** Members of a query to change. An empty word removes one. */
export type FilterChange = Readonly<Partial<Record<FilterName, string | undefined>>>;

/** Gives the query with these changes, in the contract's order, so that equal queries are equal texts. */
export function changed(query: FilterQuery, change: FilterChange): FilterQuery {
  const members: Readonly<Record<string, string | undefined>> = { ...query, ...change };
  return Object.fromEntries(
    names.flatMap((known) => {
      const text = members[known];
      return text === undefined || text === '' ? [] : [[known, text] as const];
    }),
  );
}

/** The number of active filters. */
export const countMembers = (filter: TokenFilter): number =>
  Object.keys(filter).filter((name) => name !== 'expiringWithinSeconds').length;

/**
 * Whether a text may be a token or another secret. The browser remembers addresses, so a secret is looked up and never
 * put into one.
 */
export const mayBeSecret = (text: string): boolean => /\S{24}/.test(text);
