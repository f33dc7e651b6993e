import { useCallback, useMemo, useRef } from 'react';
import type { Preferences } from '../../../../preload/contract/preferences.ts';
import { useKeyfobState } from '../../context.ts';

/** How a person set up a table. The preferences keep it. */
export interface TableSetup {
  /** The chosen columns; `undefined`: the usual ones. */
  readonly columns: readonly string[] | undefined;
  chooseColumns(columns: readonly string[] | undefined): void;
  readonly sort: { readonly column: string; readonly descending: boolean } | undefined;
  /** The next step of a column: ascending, descending, the usual order. */
  onSort(column: string): void;
}

/** Gives the value of a table in texts like `tokens=-expires`. */
const valueIn = (texts: readonly string[] | undefined, table: string): string | undefined =>
  texts?.find((text) => text.startsWith(`${table}=`))?.slice(table.length + 1);

/** Gives the texts with another value for a table. */
const withValue = (texts: readonly string[] | undefined, table: string, value: string | undefined): string[] => [
  ...(texts ?? []).filter((text) => !text.startsWith(`${table}=`)),
  ...(value === undefined ? [] : [`${table}=${value}`]),
];

/** Gives the setup of a table, by a name of lower-case letters. */
export function useTableSetup(table: string): TableSetup {
  const { kept, keep } = useKeyfobState((state) => state.preferences);
  const store = useCallback(
    (name: 'columns' | 'order', value: string | undefined) =>
      keep({ [name]: withValue(kept[name], table, value) } satisfies Preferences),
    [keep, kept, table],
  );
  const [columns, order] = [valueIn(kept.columns, table), valueIn(kept.order, table)];
  return useMemo(
    () => ({
      columns: columns?.split(','),
      chooseColumns: (next) => store('columns', next?.join(',')),
      sort: order === undefined ? undefined : { column: order.replace('-', ''), descending: order.startsWith('-') },
      onSort: (column) => store('order', order === column ? `-${column}` : order === `-${column}` ? undefined : column),
    }),
    [columns, order, store],
  );
}

/** Above this many rows, rows are compact unless a person chose otherwise. */
const roomyRows = 10;

/** Whether a table has compact rows. A filter that leaves few rows changes nothing until the table is shown again. */
export function useCompactRows(rowCount: number): boolean {
  const choice = useKeyfobState((state) => state.preferences.kept.compactRows ?? 'automatic');
  const was = useRef(false);
  was.current ||= rowCount > roomyRows;
  return choice === 'always' || (choice === 'automatic' && was.current);
}
