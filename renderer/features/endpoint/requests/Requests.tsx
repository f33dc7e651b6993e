import { Activity, Eraser, Funnel, Pause, Play, Search, Server } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { EndpointStatus } from '../../../../preload/contract/endpoint.ts';
import type { LoggedRequest } from '../../../../preload/contract/requests.ts';
import { useFilterFocus } from '../../../store/hooks/useCommands.ts';
import { Button } from '../../../ui/buttons/Button.tsx';
import { formatCount } from '../../../ui/facts/count.ts';
import { EmptyState } from '../../../ui/feedback/EmptyState.tsx';
import { ErrorNote } from '../../../ui/feedback/ErrorNote.tsx';
import { Skeleton } from '../../../ui/feedback/Skeleton.tsx';
import { TextInput } from '../../../ui/fields/TextInput.tsx';
import { DataTable } from '../../../ui/tables/DataTable.tsx';
import type { EndpointControl } from '../useEndpointControl.ts';
import { FirstCurl } from './FirstCurl.tsx';
import { RequestDetail } from './RequestDetail.tsx';
import { requestColumns, timeOf } from './requestColumns.tsx';
import styles from './requests.module.css';
import { CallersContext, useCallers } from './useCallers.ts';
import { type RequestList, useRequests } from './useRequests.ts';

const rowHeight = 52;
const keyOf = ({ sequence }: LoggedRequest) => sequence;
const labelOf = (request: LoggedRequest) => `${request.method} ${request.path} at ${timeOf(request)}`;

const Toolbar = ({ list }: { readonly list: RequestList }) => {
  const input = useRef<HTMLInputElement>(null);
  useFilterFocus('Search the requests', () => input.current?.focus());
  return (
    <div className={styles.toolbar}>
      <TextInput
        ref={input}
        type="search"
        icon={Search}
        aria-label="Search the requests"
        placeholder="Path, application, reason…"
        className={styles.search ?? ''}
        value={list.search}
        onChange={(event) => list.searchFor(event.target.value)}
      />
      <Button
        size="small"
        icon={Funnel}
        aria-pressed={list.refusalsOnly}
        className={styles.toggle}
        onClick={() => list.showRefusalsOnly(!list.refusalsOnly)}
      >
        Refusals only
      </Button>
      <Button
        size="small"
        icon={list.paused ? Play : Pause}
        aria-pressed={list.paused}
        className={styles.toggle}
        onClick={() => list.pause(!list.paused)}
      >
        {list.paused ? 'Paused' : 'Pause'}
      </Button>
      <Button size="small" icon={Eraser} disabled={list.shown?.length === 0} onClick={list.clear}>
        Clear
      </Button>
      <span className={styles.gap} />
      <span className={styles.muted} role="status">
        {formatCount(list.shown?.length ?? 0)} shown{list.paused ? ', paused' : ', newest first'}
      </span>
    </div>
  );
};

interface RequestsProps {
  readonly status: EndpointStatus;
  readonly control: EndpointControl;
}

function nothingWords({ search, refusalsOnly }: RequestList): string {
  if (search.trim() !== '') return `No results for “${search.trim()}”`;
  return refusalsOnly ? 'No refusals' : 'No requests since the list was cleared';
}

/** Shown when there are no rows. */
const Nothing = ({ status, control, list }: RequestsProps & { readonly list: RequestList }) => {
  if (list.someHidden) {
    return (
      <EmptyState
        icon={list.refusalsOnly ? Funnel : Activity}
        title={nothingWords(list)}
        action={<Button onClick={list.showAll}>Show all requests</Button>}
      />
    );
  }
  if (!status.running) {
    return (
      <EmptyState
        icon={Server}
        title="No requests yet"
        action={
          <Button icon={Play} loading={control.pending} onClick={() => void control.start()}>
            Start the endpoint
          </Button>
        }
      >
        The endpoint is stopped. Once it runs, each call shows here with its result and the reason.
      </EmptyState>
    );
  }
  return (
    <div className={styles.empty}>
      <EmptyState icon={Activity} title="No requests yet">
        Each call shows here with its result and the reason. Try this one in a terminal:
      </EmptyState>
      <FirstCurl status={status} />
    </div>
  );
};

/** The newest requests as they arrive, and one of them in full. */
export const Requests = ({ status, control }: RequestsProps) => {
  const callers = useCallers();
  const list = useRequests(callers);
  const [opened, setOpened] = useState<LoggedRequest>();
  const table = useRef<HTMLDivElement>(null);
  const row = (which: string) => table.current?.querySelector<HTMLElement>(`[role="row"]${which}`);
  // An open request leaves less room for the list.
  useEffect(() => {
    if (opened !== undefined) table.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' });
  }, [opened]);
  const close = () => {
    // Focus the row that was opened, or its replacement if it is gone.
    (row('[aria-current]') ?? row('[tabindex="0"]'))?.focus();
    setOpened(undefined);
  };
  const { shown, error } = list;
  if (shown === undefined) {
    return error === undefined ? <Skeleton label="Loading the requests" /> : <ErrorNote title={error.message} />;
  }
  const any = shown.length > 0 || list.someHidden;
  return (
    <CallersContext value={callers}>
      <div className={styles.root}>
        {any && <Toolbar list={list} />}
        <div ref={table} className={styles.table} data-empty={shown.length === 0}>
          <DataTable
            label="Requests"
            columns={requestColumns}
            rowCount={shown.length}
            rowAt={(index) => shown[index]}
            rowKey={keyOf}
            rowLabel={labelOf}
            rowHeight={rowHeight}
            onOpen={setOpened}
            openKey={opened?.sequence}
            empty={<Nothing status={status} control={control} list={list} />}
          />
        </div>
        {opened !== undefined && <RequestDetail request={opened} onClose={close} />}
      </div>
    </CallersContext>
  );
};
