import { defaultRangeExtractor, type Range, useVirtualizer } from '@tanstack/react-virtual';
import { type CSSProperties, type KeyboardEvent, useCallback, useEffect, useRef } from 'react';
import { classes } from '../classes.ts';
import styles from './DataTable.module.css';
import { DataTableHeader } from './DataTableHeader.tsx';
import { DataTableRow } from './DataTableRow.tsx';
import { openRowMenu } from './rowMenu.ts';
import { type DataTableProps, keysBetween, type RowKey, rowAfterKey } from './tableColumns.ts';
import { indexNow, type Place, top, useRowPlace } from './useRowPlace.ts';

const headerHeight = 34;
const itself = (key: RowKey): RowKey => key;

/**
 * A table of any length: only visible rows are in the document. One tab stop. Up, Down, Home, End, PageUp and PageDown
 * move between rows, Left and Right between the controls of a row. Enter opens, Space selects, Shift extends.
 */
export const DataTable = <Row,>(props: DataTableProps<Row>) => {
  const { label, columns, rowCount, rowAt, rowKey, selection, openKey, order, rowHeight = 40 } = props;
  const { onRangeNeeded, onRange } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const scrolling = useRef<(index: number, align: 'auto' | 'center') => void>(undefined);
  const scrollTo = useCallback((index: number, align: 'auto' | 'center') => scrolling.current?.(index, align), []);
  const { startAt } = props;
  const { active, activate, focusRow, focusHandlers } = useRowPlace({
    ...{ scroller, rowCount, rowHeight, order, startAt, scrollTo },
  });
  /** Start of a Shift range. */
  const anchor = useRef<Place>(top);
  const rangeExtractor = useCallback(
    // The active row stays in the document when it scrolls away, as it may have the focus.
    (range: Range) =>
      [...new Set([...defaultRangeExtractor(range), Math.min(active, range.count - 1)])].sort((a, b) => a - b),
    [active],
  );
  const virtual = useVirtualizer({
    count: rowCount,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 5,
    scrollPaddingStart: headerHeight,
    rangeExtractor,
  });
  scrolling.current = (index, align) => virtual.scrollToIndex(index, { align });
  const first = virtual.range?.startIndex;
  const last = virtual.range?.endIndex;
  useEffect(() => {
    if (onRangeNeeded === undefined || first === undefined || last === undefined || rowCount === 0) return;
    const end = Math.min(rowCount, last + 6);
    for (let index = Math.max(0, first - 5); index < end; index += 1) {
      if (rowAt(index) !== undefined) continue;
      onRangeNeeded(index, end);
      return;
    }
  }, [first, last, rowCount, rowAt, onRangeNeeded]);

  useEffect(() => {
    if (first !== undefined && last !== undefined && rowCount > 0) onRange?.(first, last + 1);
  }, [first, last, rowCount, onRange]);

  const { onActive } = props;
  const activeRow = rowCount === 0 ? undefined : rowAt(active);
  useEffect(() => {
    if (activeRow !== undefined) onActive?.(activeRow);
  }, [activeRow, onActive]);

  // Rows are memoised, so their callbacks stay the same while the data they read changes.
  const latest = useRef({ props, active });
  latest.current = { props, active };
  const keys = useCallback((from: number, to: number): readonly RowKey[] => {
    const { rowAt: at, rowKey: keyOf, order: known } = latest.current.props;
    return known === undefined ? keysBetween(from, to, at, keyOf) : keysBetween(from, to, known.keyAt, itself);
  }, []);
  const anchorAt = useCallback((index: number) => {
    anchor.current = { index, key: latest.current.props.order?.keyAt(index) };
  }, []);
  const select = useCallback(
    (index: number, range: boolean) => {
      const { selection: selected, order: known, rowAt: at, headingOf } = latest.current.props;
      const [key] = keys(index, index);
      const row = at(index);
      if (selected === undefined || key === undefined || (row && headingOf?.(row)) !== undefined) return;
      const next = new Set(selected.selected);
      if (range) for (const between of keys(indexNow(anchor.current, known), index)) next.add(between);
      else if (!next.delete(key)) next.add(key);
      anchorAt(index);
      activate(index);
      selected.onChange(next);
    },
    [keys, anchorAt, activate],
  );
  const open = useCallback(
    (index: number) => {
      activate(index);
      const { rowAt: at, headingOf, onOpen } = latest.current.props;
      const row = at(index);
      if (row !== undefined && headingOf?.(row) === undefined) onOpen?.(row, index);
    },
    [activate],
  );
  const selectAll = (all: boolean) => selection?.onChange(new Set(all ? keys(0, rowCount - 1) : []));

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const row = (event.target as HTMLElement).closest<HTMLElement>('[data-index]');
    if (row === null || event.altKey) return;
    const onRow = event.target === row;
    if ((event.ctrlKey || event.metaKey) && event.key === 'a' && selection !== undefined) {
      event.preventDefault();
      selectAll(true);
      return;
    }
    if (event.key === 'ArrowLeft' || event.key === 'ArrowRight') {
      const stops = [row, ...row.querySelectorAll<HTMLElement>('button:enabled, a[href]')];
      const to = stops[stops.indexOf(event.target as HTMLElement) + (event.key === 'ArrowRight' ? 1 : -1)];
      to?.focus();
      event.preventDefault();
      return;
    }
    const pageRows = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 2);
    const to = rowAfterKey(event.key, active, rowCount, pageRows);
    if (to !== undefined) {
      event.preventDefault();
      if (event.shiftKey && selection !== undefined) {
        selection.onChange(new Set([...selection.selected, ...keys(indexNow(anchor.current, order), to)]));
      } else anchorAt(to);
      focusRow(to);
    } else if (onRow && event.key === 'Enter') open(active);
    else if (onRow && event.key === ' ') {
      event.preventDefault();
      select(active, event.shiftKey);
    }
  };

  const tracks = columns.map((column) => column.width).join(' ');
  const layout = {
    '--tracks': selection === undefined ? tracks : `40px ${tracks}`,
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
        aria-rowcount={rowCount + 1}
        aria-multiselectable={selection !== undefined || undefined}
        className={styles.grid}
        onKeyDown={onKeyDown}
        onContextMenu={openRowMenu}
        {...focusHandlers}
      >
        <DataTableHeader columns={columns} selection={selection} rowCount={rowCount} onSelectAll={selectAll} />
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
                selectable={selection !== undefined}
                selected={key !== undefined && selection?.selected.has(key) === true}
                opened={key !== undefined && key === openKey}
                opens={props.onOpen !== undefined}
                active={index === active}
                onSelect={select}
                onOpen={open}
                onFocus={activate}
              />
            );
          })}
        </div>
      </div>
    </div>
  );
};
