import { useMemo } from 'react';
import { inUsualOrder, type TokenQuery } from '../../../store/topics/tokens/tokenSearch.ts';
import type { RowKey, RowOrder } from '../../../ui/tables/tableColumns.ts';

/** Gives the position of an id in a descending list. */
function indexIn(ids: readonly number[], id: RowKey): number {
  let low = 0;
  let high = ids.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ids[middle] ?? 0) > Number(id)) low = middle + 1;
    else high = middle;
  }
  return ids[low] === id ? low : -1;
}

/** Gives the order of the rows: by descending id, unless a person chose another one. */
export const useRowOrder = (ids: readonly number[] | undefined, listed: TokenQuery): RowOrder =>
  useMemo(() => {
    const all = ids ?? [];
    // Built when it is first needed: the usual order needs none, and a hundred thousand entries take milliseconds.
    let places: ReadonlyMap<RowKey, number> | undefined;
    const placeOf = (key: RowKey): number => {
      places ??= new Map(all.map((id, index) => [id, index]));
      return places.get(key) ?? -1;
    };
    return {
      list: JSON.stringify(listed),
      keyAt: (index) => all[index] ?? -1,
      indexOf: inUsualOrder(listed) ? (key) => indexIn(all, key) : placeOf,
    };
  }, [ids, listed]);
