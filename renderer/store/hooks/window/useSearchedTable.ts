import { useRef, useState } from 'react';
import { useTableSetup } from './useTableSetup.ts';

const idOf = ({ id }: { readonly id: number }): number => id;

/** The state of a table with a search. `matching` gives the test of rows for a search. */
export function useSearchedTable<Row extends { readonly id: number }>(
  name: string,
  all: readonly Row[],
  matching: (search: string) => (row: Row) => boolean,
) {
  const { sort, onSort } = useTableSetup(name);
  const [search, onSearch] = useState('');
  const [active, onActive] = useState<Row>();
  const searchRef = useRef<HTMLInputElement>(null);
  const rows = all.filter(matching(search));
  return {
    /** Properties of a `SearchedTable`. */
    table: { rows, rowKey: idOf, sort, onSort, search, onSearch, searchRef, onActive },
    /** The row that keys act on. */
    active: rows.find(({ id }) => id === active?.id),
  };
}
