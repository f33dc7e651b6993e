import { badRequest } from './portalError.ts';

type Query = ReadonlyMap<string, string>;

const wholeNumber = (query: Query, name: string, otherwise: number): number => {
  const text = query.get(name);
  if (text === undefined || text === '') return otherwise;
  if (!/^\d{1,9}$/.test(text)) throw badRequest(`${name} is a whole number from 0 on.`);
  return Number(text);
};

/**
 * One page of a list, with links to its neighbours. `path` is that of the list with its other parameters; `limit` and
 * `offset` of the query choose the page, 25 entries by default. Throws `PortalError` 400.
 */
export const pageOf = <T>(query: Query, path: string, all: readonly T[], view: (item: T) => object): object => {
  const limit = wholeNumber(query, 'limit', 25);
  const offset = wholeNumber(query, 'offset', 0);
  const list = all.slice(offset, offset + limit).map(view);
  const [base, rest = ''] = path.split('?', 2);
  const link = (at: number): string => `${base}?limit=${limit}&offset=${at}${rest && `&${rest}`}`;
  const pagination = {
    offset,
    limit,
    total: all.length,
    next: limit > 0 && offset + limit < all.length ? link(offset + limit) : '',
    previous: offset > 0 ? link(Math.max(0, offset - limit)) : '',
  };
  return { count: list.length, list, pagination };
};
