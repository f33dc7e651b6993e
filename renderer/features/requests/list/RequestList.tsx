import { ArrowUp } from 'lucide-react';
import { type FocusEvent, type RefObject, useCallback, useMemo, useRef } from 'react';
import type { LoggedRequest } from '../../../../preload/contract/requests.ts';
import { useGo } from '../../../store/hooks/window/window.ts';
import { Button } from '../../../ui/buttons/Button.tsx';
import { formatCount } from '../../../ui/facts/count.ts';
import { DataTable } from '../../../ui/tables/DataTable.tsx';
import type { RowKey, RowOrder } from '../../../ui/tables/tableColumns.ts';
import { useWidth } from '../../../ui/useWidth.ts';
import styles from '../requests.module.css';
import { timeOf } from '../requestWords.ts';
import { NoRequests } from './NoRequests.tsx';
import { RequestFilters } from './RequestFilters.tsx';
import { columnsFor } from './requestColumns.tsx';
import type { RequestFilter } from './requestFilter.ts';
import type { HeldRows } from './useHeldRows.ts';

const rowHeight = 52;
const keyOf = ({ sequence }: LoggedRequest): RowKey => sequence;
const labelOf = (request: LoggedRequest) => `${request.method} ${request.path} at ${timeOf(request)}`;

/** Gives the position of each row by its number. */
const useOrder = (rows: readonly LoggedRequest[], { query, search }: RequestFilter): RowOrder =>
  useMemo(() => {
    const places = new Map(rows.map(({ sequence }, index) => [sequence, index]));
    return {
      list: JSON.stringify([query, search]),
      keyAt: (index) => rows[index]?.sequence ?? -1,
      indexOf: (key) => places.get(Number(key)) ?? -1,
    };
  }, [rows, query, search]);

/**
 * Follows whether a person reads the list: it is scrolled, or the focus is on a row below the first. Then new rows must
 * not move the others.
 */
function useReading(onReading: (reading: boolean) => void, startsOnRow: boolean) {
  const state = useRef({ scrolled: false, focused: startsOnRow });
  const change = useCallback(
    (patch: Partial<typeof state.current>) => {
      state.current = { ...state.current, ...patch };
      onReading(state.current.scrolled || state.current.focused);
    },
    [onReading],
  );
  return {
    onRange: useCallback((first: number) => change({ scrolled: first > 0 }), [change]),
    onFocus: ({ target }: FocusEvent) => {
      const row = target.closest<HTMLElement>('[data-index]');
      if (row !== null) change({ focused: row.dataset.index !== '0' });
    },
    onBlur: ({ currentTarget, relatedTarget }: FocusEvent) => {
      if (!currentTarget.contains(relatedTarget)) change({ focused: false });
    },
  };
}

/** Scrolls a table to its top and focuses its first row. */
function focusTop(table: RefObject<HTMLDivElement | null>): void {
  table.current?.querySelector('[role="grid"]')?.parentElement?.scrollTo(0, 0);
  requestAnimationFrame(() => table.current?.querySelector<HTMLElement>('[data-index="0"]')?.focus());
}

interface RequestListProps {
  /** All requests in the log. `undefined` until first read. */
  readonly rows: readonly LoggedRequest[];
  readonly filter: RequestFilter;
  readonly held: HeldRows;
  readonly paused: boolean;
  /** Called when a person starts or stops reading the list. Keep it the same between renders. */
  readonly onReading: (reading: boolean) => void;
  /** The request to return to. */
  readonly startAt: number | undefined;
}

/** The newest requests as they arrive. */
export const RequestList = (props: RequestListProps) => {
  const { rows, filter, held, paused, onReading, startAt } = props;
  const go = useGo();
  const table = useRef<HTMLDivElement>(null);
  const width = useWidth(table);
  const order = useOrder(held.shown, filter);
  const { onRange, onFocus, onBlur } = useReading(onReading, startAt !== undefined);
  const { shown, waiting } = held;
  const showWaiting = () => {
    held.release();
    focusTop(table);
  };
  const toTable = () => table.current?.querySelector<HTMLElement>('[data-index][tabindex="0"]')?.focus();
  return (
    <div className={styles.root}>
      {(rows.length > 0 || filter.narrows) && <RequestFilters rows={rows} filter={filter} onDown={toTable} />}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: it only tracks where in the table the focus is */}
      <div ref={table} className={styles.table} data-empty={shown.length === 0} onFocus={onFocus} onBlur={onBlur}>
        {waiting > 0 && (
          <Button size="small" look="primary" icon={ArrowUp} className={styles.waiting} onClick={showWaiting}>
            {formatCount(waiting)} new
          </Button>
        )}
        <DataTable
          label="Requests"
          columns={columnsFor(width)}
          rowCount={shown.length}
          rowAt={(index) => shown[index]}
          rowKey={keyOf}
          rowLabel={labelOf}
          rowHeight={rowHeight}
          order={order}
          startAt={startAt}
          onRange={onRange}
          onOpen={({ sequence }) => go({ screen: 'requests', part: String(sequence), filter: filter.query })}
          empty={<NoRequests filter={filter} paused={paused} />}
        />
      </div>
    </div>
  );
};
