import { useEffect, useMemo, useRef, useState } from 'react';
import type { LoggedRequest } from '../../../preload/contract/requests.ts';
import { useKeyfobState } from '../../store/context.ts';
import { useRoute } from '../../store/hooks/window/window.ts';
import { ErrorNote } from '../../ui/feedback/ErrorNote.tsx';
import { Skeleton } from '../../ui/feedback/Skeleton.tsx';
import { PageHeader } from '../../ui/layout/PageHeader.tsx';
import { Tabs } from '../../ui/layout/Tabs.tsx';
import { RequestDetail } from './detail/RequestDetail.tsx';
import { Faults } from './faults/Faults.tsx';
import { ListHeader } from './list/ListHeader.tsx';
import { RequestList } from './list/RequestList.tsx';
import { matching, useRequestFilter } from './list/requestFilter.ts';
import { useHeldRows } from './list/useHeldRows.ts';
import styles from './requests.module.css';

const none: readonly LoggedRequest[] = [];

/** The log with its filters. While a request is open, the list behind it stays the same. */
function useLog(opened: number | undefined) {
  const { rows, error, follow } = useKeyfobState((state) => state.requests);
  useEffect(follow, [follow]);
  const filter = useRequestFilter();
  const [paused, setPaused] = useState(false);
  const [reading, setReading] = useState(false);
  const found = useMemo(() => matching(rows ?? none, filter), [rows, filter]);
  const held = useHeldRows(found, paused || reading || opened !== undefined);
  const last = useRef<number>(undefined);
  useEffect(() => {
    last.current = opened;
  }, [opened]);
  return { rows, error, filter, held, paused, setPaused, setReading, last };
}

type Log = ReturnType<typeof useLog>;

const List = ({ log }: { readonly log: Log }) => {
  const { rows, error, filter, held, paused, setReading, last } = log;
  if (rows === undefined) return error === undefined && <Skeleton label="Loading the requests" />;
  return <RequestList {...{ rows, filter, held, paused }} onReading={setReading} startAt={last.current} />;
};

interface PartsProps {
  readonly part: 'log' | 'faults';
  readonly log: Log;
}

/** The two parts of the screen: the log, and the faults on purpose. */
const Parts = ({ part, log }: PartsProps) => {
  const replace = useKeyfobState((state) => state.route.replace);
  return (
    <Tabs<PartsProps['part']>
      aria-label="Requests"
      className={styles.parts ?? ''}
      value={part}
      onChange={(next) => replace({ screen: 'requests', ...(next === 'faults' && { part: next }) })}
      tabs={[
        { value: 'log', label: 'Log', content: <List log={log} /> },
        { value: 'faults', label: 'Faults on purpose', content: <Faults /> },
      ]}
    />
  );
};

/** The request log: who called, with what result, and why. And the faults on purpose. */
export const RequestsScreen = () => {
  const route = useRoute();
  const shown = route.screen === 'requests' ? route.part : undefined;
  const part = shown === 'faults' ? 'faults' : 'log';
  const opened = shown === undefined || part === 'faults' ? undefined : Number(shown);
  const log = useLog(opened);
  const { rows = none, error, filter, held, paused, setPaused } = log;
  if (opened !== undefined) {
    const row = rows.find(({ sequence }) => sequence === opened);
    const place = row === undefined ? -1 : held.shown.indexOf(row);
    return (
      <RequestDetail
        key={opened}
        sequence={opened}
        row={row}
        list={{ screen: 'requests', filter: filter.query }}
        newer={held.shown[place - 1]}
        older={held.shown[place + 1]}
      />
    );
  }
  return (
    <div className={styles.page} data-part={part}>
      {part === 'faults' ? (
        <PageHeader title="Requests" />
      ) : (
        <ListHeader {...{ rows, filter, paused }} shown={held.shown} onPause={setPaused} />
      )}
      {error !== undefined && <ErrorNote title="The requests could not be read.">{error.message}</ErrorNote>}
      <Parts part={part} log={log} />
    </div>
  );
};
