import { useEffect, useMemo, useRef, useState } from 'react';
import type { LoggedRequest } from '../../../preload/contract/requests.ts';
import { useKeyfobState } from '../../store/context.ts';
import { useRoute } from '../../store/hooks/window.ts';
import { ErrorNote } from '../../ui/feedback/ErrorNote.tsx';
import { Skeleton } from '../../ui/feedback/Skeleton.tsx';
import { RequestDetail } from './detail/RequestDetail.tsx';
import { RequestList } from './list/RequestList.tsx';
import { matching, useRequestFilter } from './list/requestFilter.ts';
import { useHeldRows } from './list/useHeldRows.ts';
import styles from './requests.module.css';

interface LogProps {
  readonly rows: readonly LoggedRequest[];
  /** The number of the open request. */
  readonly opened: number | undefined;
}

/** The list, or one request of it. While a request is open, the list behind it stays the same. */
const Log = ({ rows, opened }: LogProps) => {
  const filter = useRequestFilter();
  const [paused, setPaused] = useState(false);
  const [reading, setReading] = useState(false);
  const found = useMemo(() => matching(rows, filter), [rows, filter]);
  const held = useHeldRows(found, paused || reading || opened !== undefined);
  const last = useRef<number>(undefined);
  useEffect(() => {
    last.current = opened;
  }, [opened]);
  const list = { screen: 'requests', filter: filter.query } as const;
  if (opened === undefined) {
    return (
      <RequestList
        {...{ rows, filter, held, paused }}
        onPause={setPaused}
        onReading={setReading}
        startAt={last.current}
      />
    );
  }
  const row = rows.find(({ sequence }) => sequence === opened);
  const place = row === undefined ? -1 : held.shown.indexOf(row);
  return (
    <RequestDetail
      key={opened}
      sequence={opened}
      row={row}
      list={list}
      newer={held.shown[place - 1]}
      older={held.shown[place + 1]}
    />
  );
};

/** The request log: who called, with what result, and why. */
export const RequestsScreen = () => {
  const route = useRoute();
  const { rows, error, follow } = useKeyfobState((state) => state.requests);
  useEffect(follow, [follow]);
  const part = route.screen === 'requests' ? route.part : undefined;
  return (
    <div className={styles.page} data-part={part === undefined ? 'list' : 'request'}>
      {error !== undefined && <ErrorNote title="The requests could not be read.">{error.message}</ErrorNote>}
      {rows === undefined && error === undefined && <Skeleton label="Loading the requests" />}
      {rows !== undefined && <Log rows={rows} opened={part === undefined ? undefined : Number(part)} />}
    </div>
  );
};
