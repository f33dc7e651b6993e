import { type ReactNode, useCallback, useMemo } from 'react';
import { useKeyfobState } from '../../../store/context.ts';
import { type TableSetup, useCompactRows } from '../../../store/hooks/window/useTableSetup.ts';
import type { DeviceToken } from '../../../store/topics/devices/deviceTokenReads.ts';
import { deviceOf } from '../../../store/topics/tokens/tokenFacts.ts';
import { countOf, formatCount } from '../../../ui/facts/count.ts';
import { ColumnChooser } from '../../../ui/tables/ColumnChooser.tsx';
import { DataTable } from '../../../ui/tables/DataTable.tsx';
import { sortRows } from '../../../ui/tables/sortRows.ts';
import type { Column, RowKey } from '../../../ui/tables/tableColumns.ts';
import { useDeviceActions } from '../deviceActions.ts';
import { DeviceCell, IssuedCell, LastUsedCell, StateCell, ValueCell } from './cells.tsx';
import { RowActions } from './RowActions.tsx';

/** The line between active and retired tokens. */
const line = 'retired';

/** A row's key: a token's, or the line's. */
interface Row {
  readonly key: RowKey;
  readonly token: DeviceToken | undefined;
}

const onToken =
  (cell: (token: DeviceToken) => ReactNode) =>
  ({ token }: Row) =>
    token === undefined ? null : cell(token);

/** A missing expiry is later than any other. */
const expiryOf = ({ expiresAtMs }: DeviceToken): number => expiresAtMs ?? Number.POSITIVE_INFINITY;

const byToken =
  (value: (token: DeviceToken) => string | number | undefined) =>
  ({ token }: Row) =>
    token && value(token);

const actions: Column<Row> = {
  key: 'actions',
  header: 'Actions',
  headerHidden: true,
  width: '168px',
  align: 'end',
  cell: onToken((token) => <RowActions token={token} />),
};

/** Every column but the actions. */
const allColumns: readonly Column<Row>[] = [
  {
    key: 'device',
    header: 'Device',
    width: 'minmax(90px, 1fr)',
    sortBy: byToken(deviceOf),
    cell: onToken((token) => <DeviceCell token={token} />),
  },
  { key: 'value', header: 'Token', width: 'minmax(76px, 88px)', cell: onToken((token) => <ValueCell token={token} />) },
  {
    key: 'state',
    header: 'State',
    width: 'minmax(140px, 176px)',
    sortBy: byToken(expiryOf),
    cell: onToken((token) => <StateCell token={token} />),
  },
  {
    key: 'issued',
    header: 'Issued',
    width: 'minmax(84px, 96px)',
    sortBy: byToken(({ issuedAtMs }) => issuedAtMs),
    cell: onToken((token) => <IssuedCell token={token} />),
  },
  {
    key: 'lastUsed',
    header: 'Last used',
    width: 'minmax(84px, 96px)',
    sortBy: byToken(({ lastUsedAtMs }) => lastUsedAtMs),
    cell: onToken((token) => <LastUsedCell token={token} />),
  },
];

const usualKeys: readonly string[] = ['device', 'value', 'state'];

const keyOf = ({ key }: Row): RowKey => key;
const labelOf = ({ token }: Row): string => (token === undefined ? 'Retired tokens' : deviceOf(token));

interface DeviceTableProps {
  /** The owner and filter. The list starts at its top when they change. */
  readonly list: string;
  /** In their order on the screen: active tokens first. */
  readonly tokens: ReadonlyMap<RowKey, DeviceToken>;
  readonly selected: ReadonlySet<RowKey>;
  readonly onSelect: (selected: ReadonlySet<RowKey>) => void;
  readonly setup: TableSetup;
  readonly empty: ReactNode;
}

/** The keys of the shown columns: the chosen ones that exist, or the usual ones. */
const shownColumns = ({ columns }: TableSetup): readonly string[] => {
  const known = allColumns.map(({ key }) => key).filter((key) => columns?.includes(key));
  return known.length === 0 ? usualKeys : known;
};

/** Chooses the columns of the table. */
export const DeviceColumns = ({ setup }: Pick<DeviceTableProps, 'setup'>) => (
  <ColumnChooser
    all={allColumns}
    shown={shownColumns(setup)}
    chosen={setup.columns !== undefined}
    onChoose={setup.chooseColumns}
  />
);

/** One row per device: active tokens, then a line, then retired ones. */
export const DeviceTable = ({ list, tokens, selected, onSelect, setup, empty }: DeviceTableProps) => {
  const { look } = useDeviceActions();
  const shown = useKeyfobState((state) => state.windowContext.lookedAt?.tokenId);
  const { sort, onSort } = setup;
  const keys = shownColumns(setup).join(',');
  const columns = useMemo(() => [...allColumns.filter(({ key }) => keys.split(',').includes(key)), actions], [keys]);
  const compact = useCompactRows(tokens.size);
  const rows = useMemo(() => {
    const all: Row[] = [...tokens].map(([key, token]) => ({ key, token }));
    const retiredAt = all.findIndex(({ token }) => token?.state !== 'ACTIVE');
    return retiredAt === -1 ? all : all.toSpliced(retiredAt, 0, { key: line, token: undefined });
  }, [tokens]);
  const rowAt = useCallback((index: number) => rows[index], [rows]);
  const order = useMemo(() => {
    const places = new Map(rows.map(({ key }, index) => [key, index]));
    return {
      list: `${list} ${sort?.column} ${sort?.descending}`,
      keyAt: (index: number) => rows[index]?.key ?? '',
      indexOf: (key: RowKey) => places.get(key) ?? -1,
    };
  }, [list, rows, sort]);
  const retiredCount = rows.length - (order.indexOf(line) + 1);
  const headingOf = useCallback(
    ({ key }: Row) => (key === line ? `Retired (${formatCount(retiredCount)})` : undefined),
    [retiredCount],
  );
  const openKey = useMemo(
    () => (shown === undefined ? undefined : rows.find(({ token }) => token?.id === shown)?.key),
    [rows, shown],
  );
  return (
    <DataTable<Row>
      label="Device tokens"
      columns={columns}
      rowCount={rows.length}
      rowAt={rowAt}
      rowKey={keyOf}
      rowLabel={labelOf}
      rowHeight={50}
      {...{ compact, sort, onSort }}
      selectAllLabel={`Select all ${countOf(tokens.size, 'listed token')}`}
      order={order}
      headingOf={headingOf}
      onOpen={({ token }) => token?.state === 'ACTIVE' && look(token)}
      openKey={openKey}
      selection={{ selected, onChange: onSelect }}
      empty={empty}
    />
  );
};

/** Sorts tokens as the table shows them. */
export const sortTokens = (tokens: readonly DeviceToken[], sort: TableSetup['sort']): readonly DeviceToken[] =>
  sortRows(
    tokens.map((token): Row => ({ key: token.id, token })),
    allColumns,
    sort,
  ).flatMap(({ token }) => token ?? []);

/**
 * Gives each row's key. An active token's key is its device and scopes, so its replacement keeps focus, menu and
 * selection. Duplicates and retired tokens use their ids.
 */
export function rowKeys(
  live: readonly DeviceToken[],
  retired: readonly DeviceToken[],
): ReadonlyMap<RowKey, DeviceToken> {
  const byKey = new Map<RowKey, DeviceToken>();
  for (const token of live) {
    const tuple = `${token.device} ${token.scope}`;
    byKey.set(byKey.has(tuple) ? token.id : tuple, token);
  }
  for (const token of retired) byKey.set(-token.id, token);
  return byKey;
}
