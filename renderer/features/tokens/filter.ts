import { tokenFilter } from '../../../preload/contract/tokenFilter.ts';
import type { TokenFilter } from '../../store/topics/tokenSearch.ts';

/** A filter as the address writes it: words by the names of the contract. */
export type FilterQuery = Readonly<Record<string, string>>;
export type FilterName = keyof typeof tokenFilter;

const names = Object.keys(tokenFilter) as readonly FilterName[];

function wordOf(name: FilterName, text: string): unknown {
  if (name === 'deviceTokens') return text === 'true' ? true : text === 'false' ? false : undefined;
  return name === 'expiringWithinSeconds' ? Number(text) : text;
}

/** The filter that an address asks for. What it does not understand is left out, so that an old link still leads here. */
export function filterOf(query: FilterQuery): TokenFilter {
  const known = names.flatMap((name) => {
    const text = query[name];
    if (text === undefined || text === '') return [];
    const { success, data } = tokenFilter[name].safeParse(wordOf(name, text));
    return success && data !== undefined ? [[name, data] as const] : [];
  });
  // Each member has been checked by its own schema.
  return Object.fromEntries(known) as TokenFilter;
}

/** Members of a query to change; nothing or an empty word takes one out. */
export type FilterChange = Readonly<Partial<Record<FilterName, string | undefined>>>;

/** The query with these members changed. In the contract's order, so that equal ones are alike. */
export function changed(query: FilterQuery, change: FilterChange): FilterQuery {
  const members: Readonly<Record<string, string | undefined>> = { ...query, ...change };
  return Object.fromEntries(
    names.flatMap((known) => {
      const text = members[known];
      return text === undefined || text === '' ? [] : [[known, text] as const];
    }),
  );
}

/** How many things a filter names. */
export const countMembers = (filter: TokenFilter): number =>
  Object.keys(filter).filter((name) => name !== 'expiringWithinSeconds').length;

/**
 * Whether a text may be the value of a token or another secret: such a one is looked up, and never put into an address,
 * which the browser remembers.
 */
export const mayBeSecret = (text: string): boolean => /\S{24}/.test(text);
