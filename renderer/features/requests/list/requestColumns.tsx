import type { LoggedRequest } from '../../../../preload/contract/requests.ts';
import { keyTypeNames } from '../../../ui/facts/keyTypeNames.ts';
import type { Column } from '../../../ui/tables/tableColumns.ts';
import { OutcomeBadge } from '../OutcomeBadge.tsx';
import styles from '../requests.module.css';
import { formatMs, reasonOf, shortReasonOf, timeOf } from '../requestWords.ts';

type RequestColumn = Column<LoggedRequest>;

/** The device or the user of a request, or its key type. */
const detailOf = ({ device, user, keyType }: LoggedRequest): string | undefined =>
  device ?? user ?? (keyType && keyTypeNames[keyType]);

const Caller = ({ request }: { readonly request: LoggedRequest }) => {
  const { application, clientId, source } = request;
  if (application !== undefined) {
    return (
      <div className={styles.twoLines}>
        <span className={styles.cut}>{application}</span>
        <span className={styles.note}>{detailOf(request)}</span>
      </div>
    );
  }
  if (clientId === undefined) {
    return <span className={styles.muted}>{source === 'mcp' ? 'a model' : 'unknown'}</span>;
  }
  return (
    <div className={styles.twoLines}>
      <code className={styles.cut}>{clientId}</code>
      <span className={styles.note}>unknown key</span>
    </div>
  );
};

/** The path, and how many requests share the row. */
const Path = ({ request, withMethod }: { readonly request: LoggedRequest; readonly withMethod: boolean }) => (
  <span className={styles.cut}>
    <code>
      {withMethod && `${request.method} `}
      {request.path}
    </code>
    {(request.count ?? 1) > 1 && <span className={styles.muted}> ×{request.count}</span>}
    {request.grantType !== undefined && <span className={styles.muted}> {request.grantType}</span>}
  </span>
);

const Reason = ({ request }: { readonly request: LoggedRequest }) => (
  <span className={styles.note} title={reasonOf(request)}>
    {shortReasonOf(request)}
  </span>
);

const status: RequestColumn = {
  key: 'status',
  header: 'Status',
  width: '82px',
  cell: (request) => <OutcomeBadge request={request} />,
};

const caller = (width: string): RequestColumn => ({
  key: 'caller',
  header: 'Application',
  width,
  cell: (request) => <Caller request={request} />,
});

const wide: readonly RequestColumn[] = [
  { key: 'time', header: 'Time', width: '76px', cell: timeOf },
  { key: 'method', header: 'Method', width: '76px', cell: ({ method }) => <code>{method}</code> },
  {
    key: 'path',
    header: 'Path',
    width: 'minmax(150px, 1fr)',
    cell: (request) => <Path request={request} withMethod={false} />,
  },
  status,
  caller('minmax(110px, 0.7fr)'),
  { key: 'api', header: 'API', width: 'minmax(84px, 0.4fr)', cell: ({ api }) => api },
  { key: 'reason', header: 'Reason', width: 'minmax(180px, 1.4fr)', cell: (request) => <Reason request={request} /> },
  {
    key: 'duration',
    header: 'Duration',
    width: '84px',
    align: 'end',
    cell: ({ durationMs }) => <span className={styles.note}>{formatMs(durationMs)}</span>,
  },
];

const narrow: readonly RequestColumn[] = [
  status,
  {
    key: 'request',
    header: 'Request and reason',
    width: 'minmax(200px, 1fr)',
    cell: (request) => (
      <div className={styles.twoLines}>
        <Path request={request} withMethod />
        <Reason request={request} />
      </div>
    ),
  },
  caller('120px'),
  {
    key: 'time',
    header: 'Time',
    width: '76px',
    align: 'end',
    cell: (request) => (
      <div className={styles.twoLines}>
        <span>{timeOf(request)}</span>
        <span className={styles.note}>{formatMs(request.durationMs)}</span>
      </div>
    ),
  },
];

/** Gives the columns that fit a width in pixels. Below the narrowest, the table scrolls sideways. */
export const columnsFor = (width: number): readonly RequestColumn[] => (width >= 940 ? wide : narrow);
