import type { ReactNode } from 'react';
import styles from './DefinitionList.module.css';

interface DefinitionListProps {
  readonly items: readonly { readonly term: string; readonly value: ReactNode }[];
}

/** Names and what they stand for, in two columns; one below the other where it is narrow. */
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
