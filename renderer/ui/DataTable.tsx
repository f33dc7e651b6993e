import { defaultRangeExtractor, type Range, useVirtualizer } from '@tanstack/react-virtual';
import { type CSSProperties, type KeyboardEvent, useCallback, useEffect, useRef, useState } from 'react';
import { classes } from './classes.ts';
import styles from './DataTable.module.css';
import { DataTableHeader } from './DataTableHeader.tsx';
import { DataTableRow } from './DataTableRow.tsx';
import { type DataTableProps, keysBetween, rowAfterKey } from './tableColumns.ts';

const headerHeight = 34;

/**
 * A table of any length: only the rows in sight exist. One tab stop; arrows, Home, End, PageUp and PageDown move among
 * rows, left and right among the controls of a row, Enter opens, Space selects, with Shift everything in between.
 */
export const DataTable = <Row,>(props: DataTableProps<Row>) => {
  const { label, columns, rowCount, rowAt, rowKey, onRangeNeeded, selection, openKey, rowHeight = 40 } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const [wanted, setActive] = useState(0);
  const active = Math.max(0, Math.min(wanted, rowCount - 1));
  /** Where a range with Shift begins. */
  const anchor = useRef(0);
  const rangeExtractor = useCallback(
    // The active row stays in the document when it is scrolled away, since the focus may be on it.
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

  const focusRow = useCallback(
    (index: number) => {
      setActive(index);
      virtual.scrollToIndex(index);
      // A far row comes into the document with the render that the scrolling brings.
      requestAnimationFrame(() =>
        requestAnimationFrame(() =>
          scroller.current?.querySelector<HTMLElement>(`[data-index="${index}"]`)?.focus({ preventScroll: true }),
        ),
      );
    },
    [virtual],
  );
  // Rows are memoised, so what they call must stay the same while what it reads does not.
  const latest = useRef({ props, active });
  latest.current = { props, active };
  const select = useCallback((index: number, range: boolean) => {
    const { rowAt: at, rowKey: keyOf, selection: selected } = latest.current.props;
    const row = at(index);
    if (selected === undefined || row === undefined) return;
    const next = new Set(selected.selected);
    if (range) for (const key of keysBetween(anchor.current, index, at, keyOf)) next.add(key);
    else if (!next.delete(keyOf(row))) next.add(keyOf(row));
    anchor.current = index;
    setActive(index);
    selected.onChange(next);
  }, []);
  const open = useCallback((index: number) => {
    setActive(index);
    const row = latest.current.props.rowAt(index);
    if (row !== undefined) latest.current.props.onOpen?.(row, index);
  }, []);
  const selectAll = (all: boolean) => {
    if (selection !== undefined) selection.onChange(new Set(all ? keysBetween(0, rowCount - 1, rowAt, rowKey) : []));
  };

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
        const from = anchor.current;
        selection.onChange(new Set([...selection.selected, ...keysBetween(from, to, rowAt, rowKey)]));
      } else anchor.current = to;
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
      >
        <DataTableHeader columns={columns} selection={selection} rowCount={rowCount} onSelectAll={selectAll} />
        {/* biome-ignore lint/a11y/useSemanticElements: see above */}
        <div role="rowgroup" className={styles.rows} style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ index, start }) => {
            const row = rowAt(index);
            const key = row === undefined ? undefined : rowKey(row);
            return (
              <DataTableRow
                key={index}
                index={index}
                start={start}
                row={row}
                columns={columns}
                label={row === undefined ? 'Loading' : props.rowLabel(row)}
                selectable={selection !== undefined}
                selected={key !== undefined && selection?.selected.has(key) === true}
                opened={key !== undefined && key === openKey}
                opens={props.onOpen !== undefined}
                active={index === active}
                onSelect={select}
                onOpen={open}
                onFocus={setActive}
              />
            );
          })}
        </div>
      </div>
    </div>
  );
};
