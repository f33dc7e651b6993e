import { ArrowDown, ArrowUp } from 'lucide-react';
import { VisuallyHidden } from '../layout/VisuallyHidden.tsx';
import styles from './DataTable.module.css';
import { RowCheckbox } from './RowCheckbox.tsx';
import type { Column, DataTableProps } from './tableColumns.ts';

interface DataTableHeaderProps<Row>
  extends Pick<DataTableProps<Row>, 'columns' | 'selection' | 'selectAllLabel' | 'rowCount' | 'sort' | 'onSort'> {
  readonly onSelectAll: (all: boolean) => void;
}

interface ColumnNameProps<Row> extends Pick<DataTableProps<Row>, 'sort' | 'onSort'> {
  readonly column: Column<Row>;
}

/** A column's name. A column that can sort has a button. It is no tab stop: Tab leads from a search to the first row. */
const ColumnName = <Row,>({ column, sort, onSort }: ColumnNameProps<Row>) => {
  if (column.headerHidden === true) return <VisuallyHidden>{column.header}</VisuallyHidden>;
  if (column.sortBy === undefined || onSort === undefined) return column.header;
  const Arrow = sort?.descending === true ? ArrowDown : ArrowUp;
  return (
    <button type="button" tabIndex={-1} className={styles.sorts} onClick={() => onSort(column.key)}>
      {column.header}
      {sort?.column === column.key && <Arrow aria-hidden size={13} />}
    </button>
  );
};

const sortState = (key: string, sort: DataTableProps<unknown>['sort']) =>
  sort?.column === key ? (sort.descending ? 'descending' : 'ascending') : undefined;

/** The column names, always visible, and a checkbox for all rows. */
export const DataTableHeader = <Row,>(props: DataTableHeaderProps<Row>) => {
  const { columns, selection, selectAllLabel = 'Select all rows', rowCount, onSelectAll, sort, onSort } = props;
  const count = selection?.selected.size ?? 0;
  return (
    // biome-ignore lint/a11y/useSemanticElements: rows of a real table cannot be placed by transforms
    <div role="rowgroup" className={styles.head}>
      {/* biome-ignore lint/a11y/useSemanticElements: see above */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: rows below take the focus, this one has nothing to open */}
      <div role="row" aria-rowindex={1} className={styles.header}>
        {selection !== undefined && (
          // biome-ignore lint/a11y/useSemanticElements: see above
          // biome-ignore lint/a11y/useFocusableInteractive: its checkbox takes the focus
          <div role="columnheader" className={styles.tick}>
            <RowCheckbox
              label={selectAllLabel}
              checked={count === 0 ? false : count >= rowCount ? true : 'indeterminate'}
              onPress={() => onSelectAll(count === 0)}
              tabIndex={0}
            />
          </div>
        )}
        {columns.map((column) => (
          // biome-ignore lint/a11y/useSemanticElements: see above
          // biome-ignore lint/a11y/useFocusableInteractive: a name only
          <div
            key={column.key}
            role="columnheader"
            aria-sort={sortState(column.key, sort)}
            className={styles.name}
            data-align={column.align}
          >
            <ColumnName {...{ column, sort, onSort }} />
          </div>
        ))}
      </div>
    </div>
  );
};
