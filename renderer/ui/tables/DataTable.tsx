import { type CSSProperties, type KeyboardEvent, type MouseEvent, type RefObject, useCallback, useRef } from 'react';
import { classes } from '../classes.ts';
import styles from './DataTable.module.css';
import { DataTableHeader } from './DataTableHeader.tsx';
import { DataTableRow } from './DataTableRow.tsx';
import { type DataTableProps, rowAfterKey } from './tableColumns.ts';
import { useRowPlace } from './useRowPlace.ts';
import { useRowSelection } from './useRowSelection.ts';
import { useVirtualRows } from './useVirtualRows.ts';

/** Opens a row's menu on a right-click or Shift+F10, through the row's own button. */
function openRowMenu(event: MouseEvent): void {
  const row = (event.target as Element).closest('[data-index]');
  const button = row?.querySelector<HTMLElement>('button[aria-haspopup="menu"]');
  if (button === null || button === undefined) return;
  event.preventDefault();
  button.focus();
  // Radix opens its menu by the key. A button that creates its menu on demand waits for the click.
  const isLeft = button.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }));
  if (isLeft) button.click();
}

const headerHeight = 34;
const compactRowHeight = 28;

/** Moves the focus among the controls of a row, or of the header, which takes no focus itself. */
function focusNext(row: HTMLElement, target: EventTarget, step: 1 | -1): void {
  const stops = [row, ...row.querySelectorAll<HTMLElement>('button:enabled, a[href]')];
  stops[stops.indexOf(target as HTMLElement) + step]?.focus();
}

const arrowSteps: Readonly<Record<string, 1 | -1>> = { ArrowLeft: -1, ArrowRight: 1 };

interface TableKeys {
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly rowHeight: number;
  readonly rowCount: number;
  readonly active: number;
  readonly focusRow: (index: number) => void;
  /** Whether rows can be selected. */
  readonly selectable: boolean;
  readonly selection: Pick<ReturnType<typeof useRowSelection>, 'select' | 'selectAll' | 'open' | 'move'>;
}

/** Gives the key handler of a table. */
const keyHandler =
  ({ scroller, rowHeight, rowCount, active, focusRow, selectable, selection }: TableKeys) =>
  (event: KeyboardEvent<HTMLDivElement>) => {
    const row = (event.target as HTMLElement).closest<HTMLElement>('[role="row"]');
    if (row === null || event.altKey) return;
    const step = arrowSteps[event.key];
    if (step !== undefined) {
      event.preventDefault();
      focusNext(row, event.target, step);
      return;
    }
    if (row.dataset.index === undefined) {
      if (event.key === 'ArrowDown') focusRow(active);
      return;
    }
    const onRow = event.target === row;
    const sorts = event.currentTarget.querySelector<HTMLElement>('[role="columnheader"] > button[tabindex="-1"]');
    if (onRow && event.key === 'ArrowUp' && active === 0 && sorts !== null) {
      event.preventDefault();
      sorts.focus();
      return;
    }
    if ((event.ctrlKey || event.metaKey) && event.key === 'a' && selectable) {
      event.preventDefault();
      selection.selectAll(true);
      return;
    }
    const pageRows = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 2);
    const to = rowAfterKey(event.key, active, rowCount, pageRows);
    if (to !== undefined) {
      event.preventDefault();
      selection.move(to, event.shiftKey);
      focusRow(to);
    } else if (onRow && event.key === 'Enter') selection.open(active);
    else if (onRow && event.key === ' ') {
      event.preventDefault();
      selection.select(active, event.shiftKey);
    }
  };

/**
 * A table of any length: only visible rows are in the document. One tab stop. Up, Down, Home, End, PageUp and PageDown
 * move between rows, Left and Right between the controls of a row, Up from the first row to the buttons that sort. Enter
 * opens, Space selects, Shift extends.
 */
export const DataTable = <Row,>(props: DataTableProps<Row>) => {
  const { label, columns, rowCount, rowAt, rowKey, selection: selectable, openKey, order, compact } = props;
  const rowHeight = compact === true ? compactRowHeight : (props.rowHeight ?? 40);
  const scroller = useRef<HTMLDivElement>(null);
  const scrolling = useRef<(index: number, align: 'auto' | 'center') => void>(undefined);
  const scrollTo = useCallback((index: number, align: 'auto' | 'center') => scrolling.current?.(index, align), []);
  const { active, activate, focusRow, focusHandlers } = useRowPlace({
    ...{ scroller, rowCount, rowHeight, order, startAt: props.startAt, scrollTo },
  });
  const virtual = useVirtualRows({ ...props, scroller, active, rowHeight, headerHeight });
  scrolling.current = (index, align) => virtual.scrollToIndex(index, { align });
  const latest = useRef(props);
  latest.current = props;
  const selection = useRowSelection(latest, activate);
  const onKeyDown = keyHandler({
    ...{ scroller, rowHeight, rowCount, active, focusRow, selection },
    selectable: selectable !== undefined,
  });

  const tracks = columns.map((column) => column.width).join(' ');
  const layout = {
    '--tracks': selectable === undefined ? tracks : `40px ${tracks}`,
    '--row-height': `${rowHeight}px`,
    '--header-height': `${headerHeight}px`,
  };
  if (rowCount === 0 && props.empty !== undefined) {
    return <div className={classes(styles.root, styles.nothing, props.className)}>{props.empty}</div>;
  }
  return (
    <div ref={scroller} className={classes(styles.root, props.className)} style={layout as CSSProperties}>
      {/* biome-ignore lint/a11y/useSemanticElements: rows of a real table cannot be placed by transforms */}
      <div
        role="grid"
        tabIndex={-1}
        aria-label={label}
        data-compact={compact || undefined}
        aria-rowcount={rowCount + 1}
        aria-multiselectable={selectable !== undefined || undefined}
        className={styles.grid}
        onKeyDown={onKeyDown}
        onContextMenu={openRowMenu}
        {...focusHandlers}
      >
        <DataTableHeader
          {...{ columns, rowCount }}
          selection={selectable}
          selectAllLabel={props.selectAllLabel}
          sort={props.sort}
          onSort={props.onSort}
          onSelectAll={selection.selectAll}
        />
        {/* biome-ignore lint/a11y/useSemanticElements: see above */}
        <div role="rowgroup" className={styles.rows} style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ index, start }) => {
            const row = rowAt(index);
            const key = order?.keyAt(index) ?? (row && rowKey(row));
            return (
              <DataTableRow
                key={order === undefined ? index : key}
                index={index}
                start={start}
                row={row}
                heading={row === undefined ? undefined : props.headingOf?.(row)}
                columns={columns}
                label={row === undefined ? 'Loading' : props.rowLabel(row)}
                selectable={selectable !== undefined}
                selected={key !== undefined && selectable?.selected.has(key) === true}
                opened={key !== undefined && key === openKey}
                opens={props.onOpen !== undefined}
                active={index === active}
                onSelect={selection.select}
                onOpen={selection.open}
                onFocus={activate}
              />
            );
          })}
        </div>
      </div>
    </div>
  );
};
