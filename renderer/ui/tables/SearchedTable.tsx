import { Search } from 'lucide-react';
import type { RefObject } from 'react';
import { Button } from '../buttons/Button.tsx';
import { classes } from '../classes.ts';
import { EmptyState } from '../feedback/EmptyState.tsx';
import { TextInput } from '../fields/TextInput.tsx';
import { DataTable } from './DataTable.tsx';
import styles from './SearchedTable.module.css';
import { sortRows } from './sortRows.ts';
import type { DataTableProps } from './tableColumns.ts';

interface SearchedTableProps<Row>
  extends Pick<
    DataTableProps<Row>,
    'label' | 'columns' | 'rowKey' | 'rowLabel' | 'onOpen' | 'onActive' | 'sort' | 'onSort'
  > {
  /** The rows that match the search. */
  readonly rows: readonly Row[];
  /** In pixels. */
  readonly rowHeight: number;
  /** The height in pixels that it keeps in a low window. */
  readonly minHeight: number;
  readonly search: string;
  readonly onSearch: (text: string) => void;
  readonly searchRef: RefObject<HTMLInputElement | null>;
  readonly searchLabel: string;
  readonly placeholder: string;
  /** Label of the button that clears a search without results. */
  readonly showAll: string;
  readonly className?: string | undefined;
}

const headerHeight = 36;
const emptyHeight = 220;

/** A table with a search. It is as high as its rows, up to the rest of the screen. Then it scrolls. */
export const SearchedTable = <Row,>(props: SearchedTableProps<Row>) => {
  const { rows, rowHeight, minHeight, search, onSearch, searchRef, searchLabel, placeholder, showAll, className } =
    props;
  const { label, columns, rowKey, rowLabel, onOpen, onActive, sort, onSort } = props;
  const sorted = sortRows(rows, columns, sort);
  const height = rows.length === 0 ? emptyHeight : headerHeight + rows.length * rowHeight;
  return (
    <>
      <TextInput
        ref={searchRef}
        type="search"
        icon={Search}
        aria-label={searchLabel}
        placeholder={placeholder}
        className={styles.search}
        value={search}
        onChange={(event) => onSearch(event.target.value)}
      />
      <div
        className={classes(styles.table, className)}
        style={{ flexBasis: height, minHeight: Math.min(height, minHeight) }}
      >
        <DataTable
          {...{ label, columns, rowKey, rowLabel, rowHeight, onOpen, onActive, sort, onSort }}
          rowCount={rows.length}
          rowAt={(index) => sorted[index]}
          empty={
            <EmptyState
              icon={Search}
              title={`No results for “${search.trim()}”`}
              action={<Button onClick={() => onSearch('')}>{showAll}</Button>}
            />
          }
        />
      </div>
    </>
  );
};
