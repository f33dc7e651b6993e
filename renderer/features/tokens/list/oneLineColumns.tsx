import { formatCount } from '../../../ui/facts/count.ts';
import { kindNames, purposeOf } from '../tokenWords.ts';
import styles from './cells.module.css';
import { EndCell, IssuedCell, KeyTypeBadge, LastUsedCell, StateCell } from './cells.tsx';
import type { TokenColumn } from './columns.tsx';

const text = (key: string, header: string, width: string, of: (token: TokenColumnRow) => string): TokenColumn => ({
  key,
  header,
  width,
  cell: (token) => <span title={of(token)}>{of(token)}</span>,
});
type TokenColumnRow = Parameters<TokenColumn['cell']>[0];

/** Every column of the table, with one line in each row. Columns that the engine sorts by have its names. */
export const oneLineColumns: readonly TokenColumn[] = [
  { key: 'id', header: 'Number', width: '84px', cell: ({ id }) => <span className={styles.muted}>#{id}</span> },
  { key: 'state', header: 'State', width: '104px', cell: (token) => <StateCell token={token} /> },
  {
    key: 'purpose',
    header: 'Device or scopes',
    width: 'minmax(120px, 1.5fr)',
    cell: (token) => (
      <span className={styles.mono} title={token.scope}>
        {purposeOf(token)}
      </span>
    ),
  },
  text('application', 'Application', 'minmax(84px, 1fr)', ({ application }) => application),
  {
    key: 'keyType',
    header: 'Key type',
    width: '104px',
    cell: (token) => <KeyTypeBadge token={token} />,
  },
  text('user', 'User', 'minmax(70px, 1fr)', ({ user }) => user),
  text('kind', 'Kind', '120px', ({ userType }) => kindNames[userType]),
  text('grant', 'Grant', '132px', ({ grantType }) => grantType),
  { key: 'expires', header: 'Expires', width: '114px', sortBy: true, cell: (token) => <EndCell token={token} /> },
  { key: 'issued', header: 'Issued', width: '100px', sortBy: true, cell: (token) => <IssuedCell token={token} /> },
  {
    key: 'reused',
    header: 'Reused',
    width: '76px',
    align: 'end',
    cell: ({ reuseCount }) => <span className={styles.muted}>{formatCount(reuseCount)}</span>,
  },
  {
    key: 'lastUsed',
    header: 'Last used',
    width: '100px',
    sortBy: true,
    cell: (token) => <LastUsedCell token={token} />,
  },
];

const narrow = ['state', 'purpose', 'application', 'expires'];
const tight = ['state', 'purpose', 'application', 'user', 'expires'];
const middle = ['state', 'purpose', 'application', 'keyType', 'user', 'expires'];
const wide = [...middle, 'issued', 'lastUsed'];

/** The keys of the usual columns for a width in pixels. */
export const usualKeys = (width: number): readonly string[] =>
  width >= 1020 ? wide : width >= 740 ? middle : width >= 600 ? tight : narrow;
