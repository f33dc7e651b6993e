import { defaultRangeExtractor, type Range, useVirtualizer } from '@tanstack/react-virtual';
import { type RefObject, useCallback, useEffect, useLayoutEffect } from 'react';
import type { DataTableProps } from './tableColumns.ts';

interface VirtualRows<Row>
  extends Pick<DataTableProps<Row>, 'rowCount' | 'rowAt' | 'onRangeNeeded' | 'onRange' | 'onActive'> {
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly active: number;
  /** In pixels. */
  readonly rowHeight: number;
  readonly headerHeight: number;
}

/** Gives the rows that belong into the document: the visible ones and the active one. Reports both to the table's user. */
export function useVirtualRows<Row>(rows: VirtualRows<Row>) {
  const { scroller, active, rowHeight, headerHeight, rowCount, rowAt, onRangeNeeded, onRange, onActive } = rows;
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
  const activeRow = rowCount === 0 ? undefined : rowAt(active);
  // Before the next input: a key that follows a move to another row must act on that row.
  useLayoutEffect(() => {
    if (activeRow !== undefined) onActive?.(activeRow);
  }, [activeRow, onActive]);
  return virtual;
}
