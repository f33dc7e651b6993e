import { type RefObject, useCallback, useRef } from 'react';
import { type DataTableProps, keysBetween, type RowKey } from './tableColumns.ts';
import { indexNow, type Place, top } from './useRowPlace.ts';

const itself = (key: RowKey): RowKey => key;

/**
 * Opens and selects rows, alone or as a range from the last one. Takes the table's latest props, so that the handlers
 * stay the same for memoised rows.
 */
export function useRowSelection<Row>(latest: RefObject<DataTableProps<Row>>, activate: (index: number) => void) {
  /** Start of a Shift range. */
  const anchor = useRef<Place>(top);
  const keys = useCallback(
    (from: number, to: number): readonly RowKey[] => {
      const { rowAt, rowKey, order } = latest.current;
      return order === undefined ? keysBetween(from, to, rowAt, rowKey) : keysBetween(from, to, order.keyAt, itself);
    },
    [latest],
  );
  const anchorAt = useCallback(
    (index: number) => {
      anchor.current = { index, key: latest.current.order?.keyAt(index) };
    },
    [latest],
  );
  const select = useCallback(
    (index: number, range: boolean) => {
      const { selection, order, rowAt, headingOf } = latest.current;
      const [key] = keys(index, index);
      const row = rowAt(index);
      if (selection === undefined || key === undefined || (row && headingOf?.(row)) !== undefined) return;
      const next = new Set(selection.selected);
      if (range) for (const between of keys(indexNow(anchor.current, order), index)) next.add(between);
      else if (!next.delete(key)) next.add(key);
      anchorAt(index);
      activate(index);
      selection.onChange(next);
    },
    [latest, keys, anchorAt, activate],
  );
  const open = useCallback(
    (index: number) => {
      activate(index);
      const { rowAt, headingOf, onOpen } = latest.current;
      const row = rowAt(index);
      if (row !== undefined && headingOf?.(row) === undefined) onOpen?.(row, index);
    },
    [latest, activate],
  );
  return {
    select,
    open,
    selectAll(all: boolean) {
      const { selection, rowCount } = latest.current;
      selection?.onChange(new Set(all ? keys(0, rowCount - 1) : []));
    },
    /** Moves the start of a range, or with `extend` selects the rows from there to `index`. */
    move(index: number, extend: boolean) {
      const { selection, order } = latest.current;
      if (extend && selection !== undefined) {
        selection.onChange(new Set([...selection.selected, ...keys(indexNow(anchor.current, order), index)]));
      } else anchorAt(index);
    },
  };
}
