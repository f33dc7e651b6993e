import type { ReactNode } from 'react';

/** A column. Keep the list of columns itself the same between renders: rows are drawn again when it changes. */
export interface Column<Row> {
  readonly key: string;
  /** Never empty: see `headerHidden`. */
  readonly header: string;
  /** The name is for screen readers only, as above a column of buttons. */
  readonly headerHidden?: boolean;
  /** A CSS grid track: "120px", "minmax(140px, 1fr)". */
  readonly width: string;
  readonly cell: (row: Row) => ReactNode;
  readonly align?: 'start' | 'end';
}

export type RowKey = string | number;

export interface RowSelection {
  readonly selected: ReadonlySet<RowKey>;
  readonly onChange: (selected: ReadonlySet<RowKey>) => void;
}

/** Which row stands where, loaded or not, for a table whose rows come, go and move while it is shown. */
export interface RowOrder {
  /** What the list is of: the table of another one begins at its top. */
  readonly list: string;
  readonly keyAt: (index: number) => RowKey;
  /** -1 for a row that is not in it. */
  readonly indexOf: (key: RowKey) => number;
}

export interface DataTableProps<Row> {
  /** What is in it: "Tokens". */
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  /** All rows there are, loaded or not. */
  readonly rowCount: number;
  /** `undefined` for a row that is not loaded yet. */
  readonly rowAt: (index: number) => Row | undefined;
  readonly rowKey: (row: Row) => RowKey;
  /** The row in a few words, for screen readers: "token 12 of ipad". */
  readonly rowLabel: (row: Row) => string;
  /** What parts the rows below it from those above, in place of cells; `undefined` for a row that is one. */
  readonly headingOf?: ((row: Row) => ReactNode) | undefined;
  /** Enter or a press on the row. */
  readonly onOpen?: ((row: Row, index: number) => void) | undefined;
  /** Rows in sight that are not loaded lie in here; `end` is not included. Asked again whenever other rows come in sight. */
  readonly onRangeNeeded?: ((start: number, end: number) => void) | undefined;
  /** Asked whenever other rows come in sight, loaded or not; `end` is not included. */
  readonly onRange?: ((start: number, end: number) => void) | undefined;
  /**
   * With it the active row, what is in sight and the focus stay with their rows when others come and go, and rows that
   * are not loaded can be selected. A new object when the order changes, and only then.
   */
  readonly order?: RowOrder | undefined;
  /** The row to begin at, with the focus on it. Needs `order`. */
  readonly startAt?: RowKey | undefined;
  /** The row that the keys act on is another one, or another thing. Keep it the same between renders. */
  readonly onActive?: ((row: Row) => void) | undefined;
  readonly selection?: RowSelection | undefined;
  /** The row that is open beside the table. */
  readonly openKey?: RowKey | undefined;
  /** In pixels. */
  readonly rowHeight?: number;
  /** In place of the rows when there are none. */
  readonly empty?: ReactNode;
  readonly className?: string | undefined;
}

/** The keys of the loaded rows from one index to another, both included, in either order. */
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

/** Where a key takes the active row of `count`; `undefined` when the key is not for moving. */
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
