import { Download, Eraser, Pause, Play } from 'lucide-react';
import type { LoggedRequest } from '../../../../preload/contract/requests.ts';
import { useCall } from '../../../store/hooks/calls/useCall.ts';
import { Button } from '../../../ui/buttons/Button.tsx';
import { countOf, formatCount } from '../../../ui/facts/count.ts';
import { PageHeader } from '../../../ui/layout/PageHeader.tsx';
import styles from '../requests.module.css';
import { useExportHar } from '../useExportHar.ts';
import type { RequestFilter } from './requestFilter.ts';

/** The export takes as many numbers. */
const mostExported = 5000;

interface ListHeaderProps {
  /** All requests in the log. */
  readonly rows: readonly LoggedRequest[];
  readonly shown: readonly LoggedRequest[];
  readonly filter: RequestFilter;
  readonly paused: boolean;
  readonly onPause: (paused: boolean) => void;
}

/** The title, how many requests are shown, and the actions on all of them. */
export const ListHeader = ({ rows, filter, shown, paused, onPause }: ListHeaderProps) => {
  const har = useExportHar();
  const clear = useCall('requests.clear');
  return (
    <PageHeader
      title="Requests"
      nextToTitle={
        <span className={styles.muted} role="status">
          {filter.narrows
            ? `${formatCount(shown.length)} of ${countOf(rows.length, 'request')}`
            : shown.length > 0 && `${countOf(shown.length, 'request')}, newest first`}
        </span>
      }
      actions={
        (rows.length > 0 || paused) && (
          <>
            <Button
              icon={paused ? Play : Pause}
              aria-pressed={paused}
              className={styles.toggle}
              onClick={() => onPause(!paused)}
            >
              {paused ? 'Paused' : 'Pause'}
            </Button>
            <Button
              icon={Download}
              loading={har.running}
              disabled={shown.length === 0}
              onClick={() =>
                void har.run(filter.narrows ? shown.slice(0, mostExported).map(({ sequence }) => sequence) : undefined)
              }
            >
              Export HAR
            </Button>
            <Button
              icon={Eraser}
              disabled={rows.length === 0}
              loading={clear.pending}
              onClick={() => void clear.run({})}
            >
              Clear
            </Button>
          </>
        )
      }
    />
  );
};
