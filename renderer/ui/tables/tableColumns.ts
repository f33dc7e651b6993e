import type { ReactNode } from 'react';

/** A column. Keep the list of columns the same between renders: rows are drawn again when it changes. */
export interface Column<Row> {
  readonly key: string;
  /** Never empty: see `headerHidden`. */
  readonly header: string;
  /** Whether only screen readers get the name, as above a column of buttons. */
  readonly headerHidden?: boolean;
  /** A CSS grid track: "120px", "minmax(140px, 1fr)". */
  readonly width: string;
  readonly cell: (row: Row) => ReactNode;
  readonly align?: 'start' | 'end';
  /** The value to sort rows by, or `true` where the table's user sorts. Absent: the column cannot sort. */
  readonly sortBy?: true | ((row: Row) => string | number | undefined);
}

/** The column that a table is sorted by. */
export interface TableSort {
  readonly column: string;
  readonly descending: boolean;
}

export type RowKey = string | number;

export interface RowSelection {
  readonly selected: ReadonlySet<RowKey>;
  readonly onChange: (selected: ReadonlySet<RowKey>) => void;
}

/** Positions of all rows, loaded or not, for a table whose rows change while it is shown. */
export interface RowOrder {
  /** The list's identity: a table of another list starts at its top. */
  readonly list: string;
  readonly keyAt: (index: number) => RowKey;
  /** -1 for a row outside of the list. */
  readonly indexOf: (key: RowKey) => number;
}

export interface DataTableProps<Row> {
  /** Noun of the rows: "Tokens". */
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  /** The number of rows, loaded or not. */
  readonly rowCount: number;
  /** `undefined` for a row that is not loaded yet. */
  readonly rowAt: (index: number) => Row | undefined;
  readonly rowKey: (row: Row) => RowKey;
  /** The row in a few words, for screen readers: "token 12 of ipad". */
  readonly rowLabel: (row: Row) => string;
  /** A separator that replaces the cells; `undefined` for a row. */
  readonly headingOf?: ((row: Row) => ReactNode) | undefined;
  /** Enter or a press on the row. */
  readonly onOpen?: ((row: Row, index: number) => void) | undefined;
  /**
   * A range with visible rows that are not loaded; `end` is not included. Called again whenever other rows become
   * visible.
   */
  readonly onRangeNeeded?: ((start: number, end: number) => void) | undefined;
  /** Called whenever other rows become visible, loaded or not; `end` is not included. */
  readonly onRange?: ((start: number, end: number) => void) | undefined;
  /**
   * With it, the active row, the visible rows and the focus follow their rows when others change. Rows that are not
   * loaded can be selected too. Replace the object when the order changes, and only then.
   */
  readonly order?: RowOrder | undefined;
  /** The initial row, which gets the focus. Needs `order`. */
  readonly startAt?: RowKey | undefined;
  /** Called when the active row changes. Keep it the same between renders. */
  readonly onActive?: ((row: Row) => void) | undefined;
  readonly selection?: RowSelection | undefined;
  /** Says which rows "select all" means: "Select all 5,026 tokens that match". */
  readonly selectAllLabel?: string | undefined;
  /** The shown order. Absent: the usual one. */
  readonly sort?: TableSort | undefined;
  /** Called by a press on a column's name. Absent: columns cannot sort. */
  readonly onSort?: ((column: string) => void) | undefined;
  /** Rows have one line. */
  readonly compact?: boolean | undefined;
  /** The row whose details are open. */
  readonly openKey?: RowKey | undefined;
  /** In pixels. */
  readonly rowHeight?: number;
  /** Replaces the rows when there are none. */
  readonly empty?: ReactNode;
  readonly className?: string | undefined;
}

/** Gives the keys of the loaded rows between two indexes, both included, in either order. */
export const keysBetween = <Row>(
  from: number,
  to: number,
  rowAt: (index: number) => Row | undefined,
  rowKey: (row: Row) => RowKey,
): readonly RowKey[] => {
  const keys: RowKey[] = [];
  for (let index = Math.min(from, to); index <= Math.max(from, to); index += 1) {
    const row = rowAt(index);
    if (row !== undefined) keys.push(rowKey(row));
  }
  return keys;
};

/** Gives the active row after a key, among `count`; `undefined` when the key does not move. */
export const rowAfterKey = (key: string, active: number, count: number, pageRows: number): number | undefined => {
  const to = {
    ArrowUp: active - 1,
    ArrowDown: active + 1,
    PageUp: active - pageRows,
    PageDown: active + pageRows,
    Home: 0,
    End: count - 1,
  }[key];
  return to === undefined ? undefined : Math.max(0, Math.min(count - 1, to));
};
