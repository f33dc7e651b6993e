import type { ReactNode } from 'react';
import styles from './DefinitionList.module.css';

interface DefinitionListProps {
  readonly items: readonly { readonly term: string; readonly value: ReactNode }[];
}

/** Terms and their values in two columns, or stacked in a narrow space. */
export const DefinitionList = ({ items }: DefinitionListProps) => (
  <dl className={styles.root}>
    {items.map(({ term, value }) => (
      <div key={term} className={styles.row}>
        <dt className={styles.term}>{term}</dt>
        <dd className={styles.value}>{value}</dd>
      </div>
    ))}
  </dl>
);
