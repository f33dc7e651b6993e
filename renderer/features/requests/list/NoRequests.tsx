import { Activity, Funnel, Pause, Play, Server } from 'lucide-react';
import { useRead } from '../../../store/hooks/calls/useRead.ts';
import { useEndpointSwitch } from '../../../store/hooks/topics/useEndpointSwitch.ts';
import { Button } from '../../../ui/buttons/Button.tsx';
import { EmptyState } from '../../../ui/feedback/EmptyState.tsx';
import styles from '../requests.module.css';
import { FirstCurl } from './FirstCurl.tsx';
import type { RequestFilter } from './requestFilter.ts';

/** None match the filters. */
const NoMatch = ({ filter: { search, clear } }: { readonly filter: RequestFilter }) => (
  <EmptyState
    icon={Funnel}
    title={search.trim() === '' ? 'No requests match' : `No results for “${search.trim()}”`}
    action={<Button onClick={clear}>Show all requests</Button>}
  />
);

interface NoRequestsProps {
  readonly filter: RequestFilter;
  readonly paused: boolean;
}

/** Shown when there are no rows: what to do to see one. */
export const NoRequests = ({ filter, paused }: NoRequestsProps) => {
  const { value: status } = useRead('endpoint.status', {});
  const { start } = useEndpointSwitch();
  if (filter.narrows) return <NoMatch filter={filter} />;
  if (paused) {
    return (
      <EmptyState icon={Pause} title="Paused">
        Requests that arrive now show once you resume.
      </EmptyState>
    );
  }
  if (status === undefined) return null;
  if (!status.running) {
    return (
      <EmptyState
        icon={Server}
        title="No requests yet"
        action={
          <Button icon={Play} onClick={() => void start()}>
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
