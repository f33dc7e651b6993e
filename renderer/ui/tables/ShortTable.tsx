import { DataTable } from './DataTable.tsx';
import styles from './ShortTable.module.css';
import type { DataTableProps } from './tableColumns.ts';

interface ShortTableProps<Row>
  extends Pick<DataTableProps<Row>, 'label' | 'columns' | 'rowKey' | 'rowLabel' | 'onOpen' | 'onActive' | 'order'> {
  readonly rows: readonly Row[];
  /** In pixels. */
  readonly rowHeight: number;
}

const headerHeight = 36;

/** A table in a part of a page. It is as high as its rows, up to a limit. Then it scrolls. */
export const ShortTable = <Row,>({ rows, rowHeight, ...rest }: ShortTableProps<Row>) => (
  <div className={styles.root} style={{ height: headerHeight + rows.length * rowHeight }}>
    <DataTable {...rest} rowHeight={rowHeight} rowCount={rows.length} rowAt={(index) => rows[index]} />
  </div>
);
