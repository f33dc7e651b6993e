import { CircleCheck, CircleX } from 'lucide-react';
import type { LoggedRequest } from '../../../../preload/contract/requests.ts';
import { Badge } from '../../../ui/facts/Badge.tsx';
import { formatCount } from '../../../ui/facts/count.ts';
import { VisuallyHidden } from '../../../ui/layout/VisuallyHidden.tsx';
import type { Column } from '../../../ui/tables/tableColumns.ts';
import styles from './requests.module.css';
import { useCaller } from './useCallers.ts';
import { isRefusal } from './useRequests.ts';

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });

/** The time of day of a request, with seconds. */
export const timeOf = ({ atMs }: LoggedRequest): string => clock.format(atMs);

/** The duration: "0.4 ms", or nothing when unknown. */
export const durationOf = ({ durationMs }: LoggedRequest): string =>
  durationMs === undefined ? '' : `${durationMs < 10 ? durationMs : formatCount(Math.round(durationMs))} ms`;

/** The outcome in one sentence, with the true reason where known. */
export const reasonOf = ({ why, errorDescription, error, status }: LoggedRequest): string =>
  why ?? errorDescription ?? error ?? (status < 400 ? 'Answered.' : 'Refused.');

/** The outcome without the client's own error, so that a narrow list starts with the true reason. */
const shortReasonOf = (request: LoggedRequest): string => {
  const whole = reasonOf(request);
  const said = `Refused with ${request.error}: "${request.errorDescription}"`;
  if (!whole.startsWith(said)) return whole;
  return whole.slice(said.length).replace(/^[.\s]+/, '') || whole;
};

/** The outcome as a status code, a sign and a word. */
export const Outcome = ({ request }: { readonly request: LoggedRequest }) => {
  const refused = isRefusal(request);
  return (
    <Badge tone={refused ? 'danger' : 'good'} icon={refused ? CircleX : CircleCheck}>
      {request.status}
      <VisuallyHidden>{refused ? ' refused' : ' answered'}</VisuallyHidden>
    </Badge>
  );
};

const Caller = ({ request }: { readonly request: LoggedRequest }) => {
  const keySet = useCaller(request.clientId);
  if (keySet !== undefined) {
    return (
      <div className={styles.twoLines}>
        <span className={styles.cut}>{keySet.application}</span>
        <span className={styles.note}>{keySet.keyType === 'PRODUCTION' ? 'Production' : 'Sandbox'}</span>
      </div>
    );
  }
  if (request.clientId === undefined) return <span className={styles.muted}>unknown</span>;
  return (
    <div className={styles.twoLines}>
      <code className={styles.cut}>{request.clientId}</code>
      <span className={styles.note}>unknown key</span>
    </div>
  );
};

export const requestColumns: readonly Column<LoggedRequest>[] = [
  { key: 'outcome', header: 'Outcome', width: '82px', cell: (request) => <Outcome request={request} /> },
  {
    key: 'request',
    header: 'Request and reason',
    width: 'minmax(200px, 1fr)',
    cell: (request) => (
      <div className={styles.twoLines}>
        <span className={styles.cut}>
          <code>
            {request.method} {request.path}
          </code>
          {(request.count ?? 1) > 1 && <span className={styles.muted}> ×{request.count}</span>}
          {request.grantType !== undefined && <span className={styles.muted}> {request.grantType}</span>}
        </span>
        <span className={styles.note} title={reasonOf(request)}>
          {shortReasonOf(request)}
        </span>
      </div>
    ),
  },
  { key: 'caller', header: 'Application', width: '128px', cell: (request) => <Caller request={request} /> },
  {
    key: 'time',
    header: 'Time',
    width: '76px',
    align: 'end',
    cell: (request) => (
      <div className={styles.twoLines}>
        <span>{timeOf(request)}</span>
        <span className={styles.note}>{durationOf(request)}</span>
      </div>
    ),
  },
];
