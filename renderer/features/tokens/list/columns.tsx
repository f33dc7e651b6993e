import type { Token } from '../../../../preload/contract/tokens.ts';
import type { Column } from '../../../ui/tables/tableColumns.ts';
import {
  ApplicationCell,
  EndCell,
  IssuedCell,
  LifeCell,
  PurposeCell,
  PurposeOfApplicationCell,
  StateCell,
  UseCell,
  UserCell,
} from './cells.tsx';
import { RowActions } from './RowActions.tsx';

export type TokenColumn = Column<Token>;

const state: TokenColumn = {
  key: 'state',
  header: 'State',
  width: '150px',
  cell: (token) => <StateCell token={token} />,
};

export const actions: TokenColumn = {
  key: 'actions',
  header: 'Actions',
  headerHidden: true,
  width: '72px',
  align: 'end',
  cell: (token) => <RowActions token={token} />,
};

const application = (width: string): TokenColumn => ({
  key: 'application',
  header: 'Application',
  width,
  cell: (token) => <ApplicationCell token={token} />,
});

const user = (width: string): TokenColumn => ({
  key: 'user',
  header: 'User',
  width,
  cell: (token) => <UserCell token={token} />,
});

const purpose = (width: string): TokenColumn => ({
  key: 'purpose',
  header: 'Device or scopes',
  width,
  cell: (token) => <PurposeCell token={token} />,
});

const life = (width: string): TokenColumn => ({
  key: 'expires',
  header: 'Expires',
  width,
  sortBy: true,
  cell: (token) => <LifeCell token={token} />,
});

const wide: readonly TokenColumn[] = [
  state,
  purpose('minmax(150px, 1.5fr)'),
  application('minmax(120px, 1fr)'),
  user('minmax(110px, 1fr)'),
  { key: 'expires', header: 'Expires', width: '132px', sortBy: true, cell: (token) => <EndCell token={token} /> },
  { key: 'issued', header: 'Issued', width: '104px', sortBy: true, cell: (token) => <IssuedCell token={token} /> },
  { key: 'lastUsed', header: 'Last used', width: '124px', sortBy: true, cell: (token) => <UseCell token={token} /> },
  actions,
];

const medium: readonly TokenColumn[] = [
  state,
  purpose('minmax(120px, 1.4fr)'),
  application('minmax(110px, 1fr)'),
  user('minmax(100px, 1fr)'),
  life('132px'),
  actions,
];

const tight: readonly TokenColumn[] = [
  { ...state, width: '120px' },
  {
    key: 'purpose',
    header: 'Device or scopes',
    width: 'minmax(130px, 1fr)',
    cell: (token) => <PurposeOfApplicationCell token={token} />,
  },
  user('minmax(96px, 0.5fr)'),
  life('120px'),
  actions,
];

/** Gives the columns with two lines that fit a width in pixels. Below the narrowest, the table scrolls sideways. */
export const twoLineColumns = (width: number): readonly TokenColumn[] =>
  width >= 1020 ? wide : width >= 740 ? medium : tight;
