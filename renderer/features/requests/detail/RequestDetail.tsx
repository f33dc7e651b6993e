import { SearchX } from 'lucide-react';
import type { LoggedRequest } from '../../../../preload/contract/requests.ts';
import { useFreshRead } from '../../../store/hooks/calls/useFreshRead.ts';
import { usePageKeys } from '../../../store/hooks/window/usePageKeys.ts';
import { useGo } from '../../../store/hooks/window/window.ts';
import { hrefOf } from '../../../store/window/route.ts';
import { Button } from '../../../ui/buttons/Button.tsx';
import { EmptyState } from '../../../ui/feedback/EmptyState.tsx';
import { Skeleton } from '../../../ui/feedback/Skeleton.tsx';
import { PageHeader } from '../../../ui/layout/PageHeader.tsx';
import { Section } from '../../../ui/layout/Section.tsx';
import { CopyButton } from '../../../ui/secrets/CopyButton.tsx';
import { OutcomeBadge } from '../OutcomeBadge.tsx';
import { outcomeLooks, outcomeOf, reasonOf } from '../requestWords.ts';
import { Message } from './Message.tsx';
import { RequestActions, type RequestActionsProps } from './RequestActions.tsx';
import styles from './RequestDetail.module.css';
import { RequestFacts } from './RequestFacts.tsx';

interface RequestDetailProps extends Omit<RequestActionsProps, 'request'> {
  /** The number of the request. */
  readonly sequence: number;
  /** Its row, while the log has it. */
  readonly row: LoggedRequest | undefined;
}

/** The request is not in the log. */
const Gone = ({ list }: Pick<RequestDetailProps, 'list'>) => {
  const go = useGo();
  return (
    <EmptyState
      icon={SearchX}
      title="This request isn't in the log"
      action={
        <Button look="primary" onClick={() => go(list)}>
          Back to the requests
        </Button>
      }
    >
      The log keeps the newest 5,000 requests in memory. A restart or Clear empties it.
    </EmptyState>
  );
};

const Reason = ({ request }: { readonly request: LoggedRequest }) => (
  <div role="note" aria-label="Reason" className={styles.reason} data-tone={outcomeLooks[outcomeOf(request)].tone}>
    <span>{reasonOf(request)}</span>
    <CopyButton getText={() => reasonOf(request)} what="reason" />
  </div>
);

/** One request: its outcome, the reason, the next steps, and what was sent and answered. */
export const RequestDetail = ({ sequence, row, list, newer, older }: RequestDetailProps) => {
  const go = useGo();
  const root = usePageKeys(() => go(list));
  const { value: details, error } = useFreshRead('requests.read', { sequence });
  const request = row ?? details?.request;
  return (
    <div ref={root} tabIndex={-1} className={styles.root}>
      <PageHeader
        title={request === undefined ? `Request ${sequence}` : `${request.method} ${request.path}`}
        back={{ href: hrefOf(list), label: 'Requests' }}
        {...(request !== undefined && {
          nextToTitle: <OutcomeBadge request={request} />,
          actions: <RequestActions {...{ request, list, newer, older }} />,
        })}
      />
      {request === undefined &&
        (error === undefined ? <Skeleton lines={5} label="Loading the request" /> : <Gone list={list} />)}
      {request !== undefined && (
        <>
          <Reason request={request} />
          <div className={styles.columns}>
            {details === undefined ? (
              <p className={styles.muted}>{error?.message ?? 'Loading headers and bodies…'}</p>
            ) : (
              <>
                <Message title="Request" line={`${request.method} ${details.target}`} message={details.sent} />
                <Message title="Reply" line={`Status ${request.status}`} message={details.answered} />
              </>
            )}
          </div>
          <Section title="Facts">
            <RequestFacts request={request} />
          </Section>
        </>
      )}
    </div>
  );
};
