import { CircleStop, Zap } from 'lucide-react';
import { useCall } from '../../../store/hooks/calls/useCall.ts';
import { useRead } from '../../../store/hooks/calls/useRead.ts';
import { Button } from '../../../ui/buttons/Button.tsx';
import { EmptyState } from '../../../ui/feedback/EmptyState.tsx';
import { ErrorNote } from '../../../ui/feedback/ErrorNote.tsx';
import { Skeleton } from '../../../ui/feedback/Skeleton.tsx';
import { Section } from '../../../ui/layout/Section.tsx';
import { FaultForm } from './FaultForm.tsx';
import styles from './faults.module.css';

/** The active faults. Each ends when its replies are used up, or by a press. */
const ActiveFaults = () => {
  const { value, error } = useRead('faults.list', {});
  const end = useCall('faults.end');
  const endAll = useCall('faults.endAll');
  const items = value?.items ?? [];
  const failed = error ?? end.error ?? endAll.error;
  return (
    <Section
      title="Active faults"
      flush
      actions={
        items.length > 1 && (
          <Button size="small" icon={CircleStop} loading={endAll.pending} onClick={() => void endAll.run({})}>
            Stop all
          </Button>
        )
      }
    >
      {failed !== undefined && <ErrorNote title={failed.message} />}
      {value === undefined && error === undefined && <Skeleton label="Loading the faults" />}
      {value !== undefined && items.length === 0 && (
        <EmptyState icon={Zap} title="No fault is active">
          Every reply is the true one. Add a fault to see how your app handles it.
        </EmptyState>
      )}
      {items.length > 0 && (
        <ul className={styles.list} aria-label="Active faults">
          {items.map(({ id, text }) => (
            <li key={id}>
              <Zap aria-hidden size={15} />
              <span>{text}</span>
              <Button size="small" aria-label={`Stop: ${text}`} onClick={() => void end.run({ fault: id })}>
                Stop
              </Button>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
};

/** Faults on purpose: the active ones, and the form that adds one. */
export const Faults = () => (
  <div className={styles.root}>
    <FaultForm />
    <ActiveFaults />
  </div>
);
