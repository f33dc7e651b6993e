import type { DescribedChange } from '../../../../preload/contract/describe.ts';
import { Badge } from '../../../ui/facts/Badge.tsx';
import { countOf } from '../../../ui/facts/count.ts';
import styles from '../items.module.css';

interface DescribedChangesProps {
  readonly changes: readonly DescribedChange[];
  readonly unchanged: number;
}

const tones = { create: 'good', change: 'warn', remove: 'danger' } as const;

/** The changes that a keyfob.yaml would cause. */
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
