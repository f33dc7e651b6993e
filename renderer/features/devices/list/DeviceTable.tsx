import { type ReactNode, useCallback, useMemo } from 'react';
import { useKeyfobState } from '../../../store/context.ts';
import type { DeviceToken } from '../../../store/topics/deviceTokenReads.ts';
import { formatCount } from '../../../ui/facts/count.ts';
import { DataTable } from '../../../ui/tables/DataTable.tsx';
import type { Column, RowKey } from '../../../ui/tables/tableColumns.ts';
import { deviceOf, useDeviceActions } from '../deviceActions.ts';
import { DeviceCell, StateCell, ValueCell } from './cells.tsx';
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

const columns: readonly Column<Row>[] = [
  {
    key: 'device',
    header: 'Device',
    width: 'minmax(140px, 1fr)',
    cell: onToken((token) => <DeviceCell token={token} />),
  },
  { key: 'value', header: 'Token', width: '88px', cell: onToken((token) => <ValueCell token={token} />) },
  { key: 'state', header: 'State', width: '150px', cell: onToken((token) => <StateCell token={token} />) },
  {
    key: 'actions',
    header: 'Actions',
    headerHidden: true,
    width: '176px',
    align: 'end',
    cell: onToken((token) => <RowActions token={token} />),
  },
];

const keyOf = ({ key }: Row): RowKey => key;
const labelOf = ({ token }: Row): string => (token === undefined ? 'Retired tokens' : deviceOf(token));

interface DeviceTableProps {
  /** The owner and filter. The list starts at its top when they change. */
  readonly list: string;
  /** Active tokens first. */
  readonly tokens: ReadonlyMap<RowKey, DeviceToken>;
  readonly selected: ReadonlySet<RowKey>;
  readonly onSelect: (selected: ReadonlySet<RowKey>) => void;
  readonly empty: ReactNode;
}

/** One row per device: active tokens, then a line, then retired ones. */
export const DeviceTable = ({ list, tokens, selected, onSelect, empty }: DeviceTableProps) => {
  const { look } = useDeviceActions();
  const shown = useKeyfobState((state) => state.windowContext.lookedAt?.tokenId);
  const rows = useMemo(() => {
    const all: Row[] = [...tokens].map(([key, token]) => ({ key, token }));
    const firstRetired = all.findIndex(({ token }) => token?.state !== 'ACTIVE');
    if (firstRetired !== -1) all.splice(firstRetired, 0, { key: line, token: undefined });
    return all;
  }, [tokens]);
  const rowAt = useCallback((index: number) => rows[index], [rows]);
  const order = useMemo(() => {
    const places = new Map(rows.map(({ key }, index) => [key, index]));
    return {
      list,
      keyAt: (index: number) => rows[index]?.key ?? '',
      indexOf: (key: RowKey) => places.get(key) ?? -1,
    };
  }, [list, rows]);
  const retiredCount = rows.length - (order.indexOf(line) + 1);
  const headingOf = useCallback(
    ({ key }: Row) => (key === line ? `Retired (${formatCount(retiredCount)})` : undefined),
    [retiredCount],
  );
  const openKey = useMemo(() => rows.find(({ token }) => token?.id === shown)?.key, [rows, shown]);
  return (
    <DataTable<Row>
      label="Device tokens"
      columns={columns}
      rowCount={rows.length}
      rowAt={rowAt}
      rowKey={keyOf}
      rowLabel={labelOf}
      rowHeight={50}
      order={order}
      headingOf={headingOf}
      onOpen={({ token }) => token?.state === 'ACTIVE' && look(token)}
      openKey={openKey}
      selection={{ selected, onChange: onSelect }}
      empty={empty}
    />
  );
};

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
