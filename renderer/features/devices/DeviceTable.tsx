import type { ReactNode } from 'react';
import { useCallback, useMemo } from 'react';
import { useKeyfobState } from '../../store/context.ts';
import type { DeviceToken } from '../../store/deviceTokens.ts';
import { DataTable } from '../../ui/DataTable.tsx';
import type { Column, RowKey } from '../../ui/tableColumns.ts';
import { DeviceCell, StateCell, ValueCell } from './cells.tsx';
import { deviceOf, useDesk } from './desk.ts';
import { RowActions } from './RowActions.tsx';

/** A row: a token, or the line between the live and the retired ones. */
type Row = DeviceToken | 'retired';

const onToken = (cell: (token: DeviceToken) => ReactNode) => (row: Row) => (row === 'retired' ? null : cell(row));

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

/** A live row that is retired goes, for the table, and another comes: so its place, and the focus, stay where they were. */
const keyOf = (row: Row): RowKey => (row === 'retired' ? 'retired' : row.state === 'ACTIVE' ? row.id : -row.id);
const labelOf = (row: Row): string => (row === 'retired' ? 'Retired tokens' : deviceOf(row));

interface DeviceTableProps {
  readonly list: string;
  readonly live: readonly DeviceToken[];
  readonly retired: readonly DeviceToken[];
  readonly selected: ReadonlySet<RowKey>;
  readonly onSelect: (selected: ReadonlySet<RowKey>) => void;
  readonly empty: ReactNode;
}

/** One row per device: the live ones, and below a line those that are retired. */
export const DeviceTable = ({ list, live, retired, selected, onSelect, empty }: DeviceTableProps) => {
  const { select } = useDesk();
  const shown = useKeyfobState((state) => state.selection.selected.tokenId);
  const rows = useMemo<readonly Row[]>(
    () => [...live, ...(retired.length > 0 ? (['retired'] as const) : []), ...retired],
    [live, retired],
  );
  const rowAt = useCallback((index: number) => rows[index], [rows]);
  const order = useMemo(() => {
    const keys = rows.map(keyOf);
    const places = new Map(keys.map((key, index) => [key, index]));
    return { list, keyAt: (index: number) => keys[index] ?? '', indexOf: (key: RowKey) => places.get(key) ?? -1 };
  }, [list, rows]);
  const headingOf = useCallback(
    (row: Row) =>
      row === 'retired'
        ? `Retired: ${retired.length === 1 ? '1 token' : `${retired.length} tokens`} that no longer work`
        : undefined,
    [retired.length],
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
      order={order}
      headingOf={headingOf}
      onOpen={(row) => row !== 'retired' && row.state === 'ACTIVE' && select(row)}
      openKey={shown}
      selection={{ selected, onChange: onSelect }}
      empty={empty}
    />
  );
};
