import { RotateCcw } from 'lucide-react';
import type { OutputOf } from '../../../../preload/contract/define.ts';
import type { MethodOf } from '../../../../preload/contract/index.ts';
import { useKeyfobState } from '../../../store/context.ts';
import { useCall } from '../../../store/hooks/calls/useCall.ts';
import { useRead } from '../../../store/hooks/calls/useRead.ts';
import { useToast } from '../../../store/hooks/window/window.ts';
import { Button } from '../../../ui/buttons/Button.tsx';
import { countOf, formatCount } from '../../../ui/facts/count.ts';
import { formatDuration } from '../../../ui/facts/duration.ts';
import { ErrorNote } from '../../../ui/feedback/ErrorNote.tsx';
import { Section } from '../../../ui/layout/Section.tsx';
import { ShortTable } from '../../../ui/tables/ShortTable.tsx';
import type { Column } from '../../../ui/tables/tableColumns.ts';
import styles from './tiers.module.css';

type Counter = OutputOf<MethodOf<'tiers.counters'>>['items'][number];

const words: Readonly<Record<Counter['level'], string>> = {
  application: 'Application',
  subscription: 'Subscription',
  burst: 'Burst',
  api: 'API',
  resource: 'Resource',
};

const TimeLeft = ({ endsAtMs }: { readonly endsAtMs: number }) => {
  const seconds = useKeyfobState(({ clock }) => Math.max(0, Math.ceil((endsAtMs - clock.realMs) / 1000)));
  return seconds === 0 ? 'now' : `in ${formatDuration(seconds, 1)}`;
};

const columns: readonly Column<Counter>[] = [
  { key: 'level', header: 'Level', width: '100px', cell: ({ level }) => words[level] },
  { key: 'of', header: 'Counts', width: 'minmax(120px, 2fr)', cell: ({ of }) => <span title={of}>{of}</span> },
  { key: 'tier', header: 'Tier', width: 'minmax(84px, 1fr)', cell: ({ tier }) => tier },
  {
    key: 'count',
    header: 'Used',
    width: '124px',
    align: 'end',
    cell: ({ count, limit, counts }) => (
      <span className={count >= limit ? styles.full : styles.count}>
        {formatCount(count)} of {formatCount(limit)}
        {counts === 'bytes' && ' B'}
      </span>
    ),
  },
  {
    key: 'ends',
    header: 'Starts again',
    width: '104px',
    align: 'end',
    cell: ({ windowEndsAtMs }) => <TimeLeft endsAtMs={windowEndsAtMs} />,
  },
];

const keyOf = ({ level, of, tier }: Counter) => `${level} ${of} ${tier}`;
const labelOf = ({ level, of, count, limit }: Counter) => `${words[level]} ${of}, ${count} of ${limit}`;

/** The counters of the current windows, the fullest first. */
export const Counters = () => {
  const { value, error } = useRead('tiers.counters', {});
  const reset = useCall('tiers.resetCounters');
  const toast = useToast();
  const counters = value?.items ?? [];
  // No event says that a window ended. The text renders again only when it changes.
  const running = useKeyfobState(({ clock }) => counters.map((one) => one.windowEndsAtMs > clock.realMs).join());
  const ends = running.split(',');
  const items = counters.filter((_, index) => ends[index] === 'true');
  const resetAll = async () => {
    const done = await reset.run({});
    if (done !== undefined) toast({ tone: 'good', title: `${countOf(done.reset, 'counter')} set to zero.` });
  };
  const fault = error ?? reset.error;
  return (
    <Section
      title="Counters"
      description={
        items.length === 0 ? 'No request counts at a limited tier now.' : 'A full counter refuses requests with 429.'
      }
      actions={
        items.length > 0 && (
          <Button icon={RotateCcw} loading={reset.pending} onClick={() => void resetAll()}>
            Reset counters
          </Button>
        )
      }
      plain
    >
      {fault !== undefined && <ErrorNote title={fault.message} details={fault.code} />}
      {items.length > 0 && (
        <ShortTable label="Counters" columns={columns} rows={items} rowKey={keyOf} rowLabel={labelOf} rowHeight={38} />
      )}
    </Section>
  );
};
