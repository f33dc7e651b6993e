import { VisuallyHidden } from '../layout/VisuallyHidden.tsx';
import styles from './DataTable.module.css';
import { RowCheckbox } from './RowCheckbox.tsx';
import type { Column, RowSelection } from './tableColumns.ts';

interface DataTableHeaderProps<Row> {
  readonly columns: readonly Column<Row>[];
  readonly selection: RowSelection | undefined;
  readonly rowCount: number;
  readonly onSelectAll: (all: boolean) => void;
}

/** The column names, always visible, and a checkbox for all loaded rows. */
export const DataTableHeader = <Row,>({ columns, selection, rowCount, onSelectAll }: DataTableHeaderProps<Row>) => {
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
              label="Select all rows"
              checked={count === 0 ? false : count >= rowCount ? true : 'indeterminate'}
              onPress={() => onSelectAll(count === 0)}
              tabIndex={0}
            />
          </div>
        )}
        {columns.map((column) => (
          // biome-ignore lint/a11y/useSemanticElements: see above
          // biome-ignore lint/a11y/useFocusableInteractive: a name only
          <div key={column.key} role="columnheader" className={styles.name} data-align={column.align}>
            {column.headerHidden === true ? <VisuallyHidden>{column.header}</VisuallyHidden> : column.header}
          </div>
        ))}
      </div>
    </div>
  );
};
