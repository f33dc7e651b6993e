import { type FocusEvent, type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { RowKey, RowOrder } from './tableColumns.ts';

export interface Place {
  readonly index: number;
  /** Of the row that was there; `undefined` where it does not matter which row it is. */
  readonly key: RowKey | undefined;
}

export const top: Place = { index: 0, key: undefined };

/** Where a place's row stands now; where it stood, when it is gone or does not matter. */
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
 * The active row of a table, which the keys act on. When rows come and go above it, it moves along with its row, and so
 * do the rows in sight and the focus; when the row itself goes, the one that takes its place becomes active.
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
  /** Whether the focus is in the table, or was in a row that went. */
  const within = useRef(false);

  const focusRow = useCallback(
    (index: number, align: 'auto' | 'center' = 'auto') => {
      activate(index);
      scrollTo(index, align);
      // A far row comes into the document with the render that the scrolling brings.
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
    // At the top, new rows push down what is there: that is where one looks for them.
    if (first === 0) return;
    const now = order.indexOf(old.keyAt(first));
    if (now !== -1) box.scrollTop += (now - first) * rowHeight;
  }, [order, rowHeight, scroller]);

  useEffect(() => {
    if (!within.current || document.activeElement !== document.body) return;
    // Whatever took the row away may take the focus itself.
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
