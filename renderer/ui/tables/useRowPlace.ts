import { type FocusEvent, type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { RowKey, RowOrder } from './tableColumns.ts';

export interface Place {
  readonly index: number;
  /** The row at that place. `undefined` where any row will do. */
  readonly key: RowKey | undefined;
}

export const top: Place = { index: 0, key: undefined };

/** The row's current position, or its former one when it is gone or any row will do. */
export const indexNow = ({ index, key }: Place, order: RowOrder | undefined): number => {
  if (order === undefined || key === undefined || order.keyAt(index) === key) return index;
  const moved = order.indexOf(key);
  return moved === -1 ? index : moved;
};

interface RowPlaceProps {
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly rowCount: number;
  readonly rowHeight: number;
  readonly order: RowOrder | undefined;
  readonly startAt: RowKey | undefined;
  readonly scrollTo: (index: number, align: 'auto' | 'center') => void;
}

/**
 * The active row of a table. When rows change above it, the active row, the visible rows and the focus move along. When
 * the row itself goes, its successor becomes active.
 */
export const useRowPlace = ({ scroller, rowCount, rowHeight, order, startAt, scrollTo }: RowPlaceProps) => {
  const [place, setPlace] = useState<Place>(() =>
    startAt === undefined || order === undefined ? top : { index: Math.max(0, order.indexOf(startAt)), key: startAt },
  );
  const moved =
    order === undefined || place.key === undefined || order.keyAt(place.index) === place.key
      ? place.index
      : order.indexOf(place.key);
  const active = Math.max(0, Math.min(moved === -1 ? place.index : moved, rowCount - 1));
  const activate = useCallback((index: number) => setPlace({ index, key: order?.keyAt(index) }), [order]);
  /** Whether the focus is in the table, or was in a removed row. */
  const within = useRef(false);

  const focusRow = useCallback(
    (index: number, align: 'auto' | 'center' = 'auto') => {
      activate(index);
      scrollTo(index, align);
      // The render after scrolling adds a far row to the document.
      requestAnimationFrame(() =>
        requestAnimationFrame(() =>
          scroller.current?.querySelector<HTMLElement>(`[data-index="${index}"]`)?.focus({ preventScroll: true }),
        ),
      );
    },
    [activate, scrollTo, scroller],
  );

  const before = useRef(order);
  useLayoutEffect(() => {
    const old = before.current;
    before.current = order;
    const box = scroller.current;
    if (old === undefined || order === undefined || old === order || box === null) return;
    if (old.list !== order.list) {
      setPlace(top);
      box.scrollTop = 0;
      return;
    }
    const first = Math.floor(box.scrollTop / rowHeight);
    // At the top, new rows push the others down: people look for them there.
    if (first === 0) return;
    const now = order.indexOf(old.keyAt(first));
    if (now !== -1) box.scrollTop += (now - first) * rowHeight;
  }, [order, rowHeight, scroller]);

  useEffect(() => {
    if (!within.current || document.activeElement !== document.body) return;
    // The action that removed the row may move the focus itself.
    const frame = requestAnimationFrame(() => {
      if (document.activeElement === document.body && rowCount > 0) focusRow(active);
    });
    return () => cancelAnimationFrame(frame);
  });

  const start = useRef(startAt !== undefined && order !== undefined && order.indexOf(startAt) !== -1);
  useEffect(() => {
    if (!start.current) return;
    start.current = false;
    focusRow(active, 'center');
  }, [active, focusRow]);

  return {
    active,
    activate,
    focusRow,
    focusHandlers: {
      onFocus: () => {
        within.current = true;
      },
      onBlur: ({ relatedTarget, currentTarget }: FocusEvent) => {
        within.current = relatedTarget !== null && currentTarget.contains(relatedTarget);
      },
    },
  };
};
