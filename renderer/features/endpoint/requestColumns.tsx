import { CircleCheck, CircleX } from 'lucide-react';
import type { EndpointRequest } from '../../../preload/contract/endpoint.ts';
import { Badge } from '../../ui/Badge.tsx';
import type { Column } from '../../ui/tableColumns.ts';
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx';
import styles from './requests.module.css';
import { useCaller } from './useCallers.ts';
import { isRefusal } from './useRequests.ts';

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });

/** The time of day of a request, with seconds. */
export const timeOf = ({ atMs }: EndpointRequest): string => clock.format(atMs);

/** What it came to in one sentence, the true reason where it is known. */
export const reasonOf = ({ why, errorDescription, error, status }: EndpointRequest): string =>
  why ?? errorDescription ?? error ?? (status < 400 ? 'Answered.' : 'Refused.');

/** The same without what the client was told anyway, so that the true reason stands first in a narrow list. */
const shortReasonOf = (request: EndpointRequest): string => {
  const whole = reasonOf(request);
  const said = `Refused with ${request.error}: "${request.errorDescription}"`;
  if (!whole.startsWith(said)) return whole;
  return whole.slice(said.length).replace(/^[.\s]+/, '') || whole;
};

/** The outcome by number, sign and word. */
export const Outcome = ({ request }: { readonly request: EndpointRequest }) => {
  const refused = isRefusal(request);
  return (
    <Badge tone={refused ? 'danger' : 'good'} icon={refused ? CircleX : CircleCheck}>
      {request.status}
      <VisuallyHidden>{refused ? ' refused' : ' answered'}</VisuallyHidden>
    </Badge>
  );
};

const Caller = ({ request }: { readonly request: EndpointRequest }) => {
  const keySet = useCaller(request.clientId);
  if (keySet !== undefined) {
    return (
      <div className={styles.twoLines}>
        <span className={styles.cut}>{keySet.application}</span>
        <span className={styles.note}>{keySet.keyType === 'PRODUCTION' ? 'Production' : 'Sandbox'}</span>
      </div>
    );
  }
  if (request.clientId === undefined) return <span className={styles.muted}>not named</span>;
  return (
    <div className={styles.twoLines}>
      <code className={styles.cut}>{request.clientId}</code>
      <span className={styles.note}>unknown key</span>
    </div>
  );
};

export const requestColumns: readonly Column<EndpointRequest>[] = [
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
  { key: 'time', header: 'Time', width: '76px', align: 'end', cell: (request) => timeOf(request) },
];
