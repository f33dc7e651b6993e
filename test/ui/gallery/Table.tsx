import { Ban, Copy } from 'lucide-react';
import { useCallback, useState } from 'react';
import { Button } from '../../../renderer/ui/buttons/Button.tsx';
import { IconButton } from '../../../renderer/ui/buttons/IconButton.tsx';
import { Badge } from '../../../renderer/ui/facts/Badge.tsx';
import { Countdown } from '../../../renderer/ui/facts/Countdown.tsx';
import { StateChip } from '../../../renderer/ui/facts/StateChip.tsx';
import { Section } from '../../../renderer/ui/layout/Section.tsx';
import { DataTable } from '../../../renderer/ui/tables/DataTable.tsx';
import type { Column, RowKey } from '../../../renderer/ui/tables/tableColumns.ts';
import styles from './gallery.module.css';

interface Row {
  readonly id: number;
}

const states = ['ACTIVE', 'ACTIVE', 'ACTIVE', 'REVOKED', 'EXPIRED', 'INACTIVE'] as const;
const nowMs = Date.UTC(2026, 10, 23, 14, 45);
const rowCount = 100_000;
const nothing = () => undefined;
const columns: readonly Column<Row>[] = [
  { key: 'state', header: 'State', width: '120px', cell: ({ id }) => <StateChip state={states[id % 6] ?? 'ACTIVE'} /> },
  { key: 'device', header: 'Device', width: 'minmax(120px, 1fr)', cell: ({ id }) => `device ${id}` },
  {
    key: 'scope',
    header: 'Scopes',
    width: 'minmax(160px, 2fr)',
    cell: ({ id }) => <Badge mono>{`device_phone${id}`}</Badge>,
  },
  {
    key: 'end',
    header: 'Expires in',
    width: '130px',
    cell: ({ id }) => <Countdown endMs={nowMs + id * 1000} nowMs={nowMs} />,
  },
  {
    key: 'actions',
    header: 'Actions',
    headerHidden: true,
    width: '76px',
    align: 'end',
    cell: ({ id }) => (
      <>
        <IconButton icon={Copy} name={`Copy token ${id}`} hint="Copy" size="small" />
        <IconButton icon={Ban} name={`Revoke token ${id}`} hint="Revoke" size="small" look="danger" />
      </>
    ),
  },
];
const keyOf = (row: Row): RowKey => row.id;
const labelOf = (row: Row): string => `token ${row.id}`;

export const Table = () => {
  const [selected, setSelected] = useState<ReadonlySet<RowKey>>(new Set([2, 3]));
  const [open, setOpen] = useState<RowKey>(4);
  const [loadedTo, setLoadedTo] = useState(90_000);
  const rowAt = useCallback((index: number) => (index < loadedTo ? { id: index } : undefined), [loadedTo]);
  const [asked, setAsked] = useState('');
  return (
    <>
      <Section title="Table" description={`${selected.size} selected${asked}`} flush>
        <div className={styles.table}>
          <DataTable
            label="Tokens"
            columns={columns}
            rowCount={rowCount}
            rowAt={rowAt}
            rowKey={keyOf}
            rowLabel={labelOf}
            onOpen={(row) => setOpen(row.id)}
            openKey={open}
            selection={{ selected, onChange: setSelected }}
            onRangeNeeded={(start, end) => setAsked(`, asked for ${start} to ${end}`)}
          />
        </div>
      </Section>
      <Button onClick={() => setLoadedTo(rowCount)}>Load the rest</Button>
      <Section title="Empty table" flush>
        <DataTable
          label="Nothing"
          columns={columns}
          rowCount={0}
          rowAt={nothing}
          rowKey={keyOf}
          rowLabel={labelOf}
          empty={<p>Nothing here.</p>}
        />
      </Section>
    </>
  );
};
