import { Badge } from '../facts/Badge.tsx';
import { countOf } from '../facts/count.ts';
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
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">Item</th>
            <th scope="col">Action</th>
            <th scope="col">Change</th>
          </tr>
        </thead>
        <tbody>
          {changes.map(({ action, item, why }) => (
            <tr key={item}>
              <th scope="row">{item}</th>
              <td>
                <Badge tone={tones[action]}>{action}</Badge>
              </td>
              <td>{why}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
};
