import { countOf } from '../facts/count.ts';
import { ItemTable } from './ItemTable.tsx';
import styles from './items.module.css';

interface Change {
  readonly action: 'create' | 'change' | 'remove';
  /** Kind and name, like `application:Shop`. */
  readonly item: string;
  readonly why: string;
}

interface DescribedChangesProps {
  readonly changes: readonly Change[];
  readonly unchanged: number;
}

const tones = { create: 'good', change: 'warn', remove: 'danger' } as const;

/** The changes that a file would cause. */
export const DescribedChanges = ({ changes, unchanged }: DescribedChangesProps) => {
  if (changes.length === 0) return <p>Everything in this file is already so.</p>;
  return (
    <>
      <p className={styles.totals}>
        {countOf(changes.length, 'change')}, {countOf(unchanged, 'part')} unchanged
      </p>
      <ItemTable
        headings={['Item', 'Action', 'Change']}
        items={changes.map(({ action, item, why }) => ({
          ...{ id: item, name: item, state: action, tone: tones[action], text: why },
        }))}
      />
    </>
  );
};
