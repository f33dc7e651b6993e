import { type CSSProperties, type MouseEvent, memo, type ReactNode, useLayoutEffect, useRef } from 'react';
import styles from './DataTable.module.css';
import { RowCheckbox } from './RowCheckbox.tsx';
import type { Column } from './tableColumns.ts';

interface DataTableRowProps<Row> {
  readonly index: number;
  /** Distance from the first row in pixels. */
  readonly start: number;
  readonly row: Row | undefined;
  /** Replaces the cells. */
  readonly heading: ReactNode;
  readonly columns: readonly Column<Row>[];
  readonly label: string;
  readonly selectable: boolean;
  readonly selected: boolean;
  readonly opened: boolean;
  readonly opens: boolean;
  readonly active: boolean;
  readonly onSelect: (index: number, range: boolean) => void;
  readonly onOpen: (index: number) => void;
  readonly onFocus: (index: number) => void;
}

const controls = 'button, a[href], input';

const Row = <R,>(props: DataTableRowProps<R>): ReactNode => {
  const { index, start, row, columns, label, selectable, selected, opened, opens, active, onSelect, onOpen } = props;
  const isHeading = props.heading !== undefined;
  const allColumns = columns.length + (selectable ? 1 : 0);
  const element = useRef<HTMLDivElement>(null);
  // Tab stops only at the active row's controls: thirty rows of buttons would be a hundred stops.
  useLayoutEffect(() => {
    for (const control of element.current?.querySelectorAll<HTMLElement>(controls) ?? []) {
      control.tabIndex = active ? 0 : -1;
    }
  });
  const press = (event: MouseEvent<HTMLDivElement>) => {
    if (!(event.target instanceof Element) || event.target.closest(controls) !== null) return;
    // A menu opened by the row is rendered elsewhere and is not the row.
    if (!event.currentTarget.contains(event.target)) return;
    // Selecting text with the pointer is not a press.
    if (getSelection()?.isCollapsed === false && !event.shiftKey) return;
    if (selectable && (event.shiftKey || event.ctrlKey || event.metaKey)) onSelect(index, event.shiftKey);
    else onOpen(index);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: rows of a real table cannot be placed by transforms
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid around it has the keys
    <div
      ref={element}
      role="row"
      tabIndex={active ? 0 : -1}
      aria-rowindex={index + 2}
      aria-selected={selectable && !isHeading ? selected : undefined}
      aria-current={opened || undefined}
      aria-busy={row === undefined || undefined}
      data-index={index}
      data-selected={selected || undefined}
      data-opens={(opens && !isHeading) || undefined}
      data-heading={isHeading || undefined}
      className={styles.row}
      style={{ '--start': `${start}px` } as CSSProperties}
      onClick={press}
      onFocus={() => props.onFocus(index)}
    >
      {isHeading && (
        // biome-ignore lint/a11y/useSemanticElements: see above
        // biome-ignore lint/a11y/useFocusableInteractive: the row takes the focus
        <div role="gridcell" aria-colspan={allColumns} className={styles.heading}>
          {props.heading}
        </div>
      )}
      {selectable && row !== undefined && !isHeading && (
        // biome-ignore lint/a11y/useSemanticElements: see above
        // biome-ignore lint/a11y/useFocusableInteractive: its checkbox takes the focus
        <div role="gridcell" className={styles.tick}>
          <RowCheckbox
            label={`Select ${label}`}
            checked={selected}
            onPress={(shift) => onSelect(index, shift)}
            tabIndex={-1}
          />
        </div>
      )}
      {row === undefined && (
        // biome-ignore lint/a11y/useSemanticElements: see above
        // biome-ignore lint/a11y/useFocusableInteractive: the row takes the focus
        <div role="gridcell" aria-colspan={allColumns} className={styles.blank} />
      )}
      {row !== undefined &&
        !isHeading &&
        columns.map((column) => (
          // biome-ignore lint/a11y/useSemanticElements: see above
          // biome-ignore lint/a11y/useFocusableInteractive: the row takes the focus
          <div
            key={column.key}
            role="gridcell"
            className={styles.cell}
            data-align={column.align}
            data-pinned={column.headerHidden}
          >
            {column.cell(row)}
          </div>
        ))}
    </div>
  );
};

/** One row. Memoised: it is drawn again only when its own data changes. */
export const DataTableRow = memo(Row) as typeof Row;
