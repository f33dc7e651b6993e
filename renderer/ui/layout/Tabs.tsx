import { Tabs as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { classes } from '../classes.ts';
import styles from './Tabs.module.css';

interface Tab<Value extends string> {
  readonly value: Value;
  readonly label: ReactNode;
  readonly content: ReactNode;
}

interface TabsProps<Value extends string> {
  readonly tabs: readonly Tab<Value>[];
  readonly value: Value;
  readonly onChange: (value: Value) => void;
  readonly 'aria-label': string;
  readonly className?: string;
}

/** Views of one thing, one at a time. Hidden ones are not mounted. */
export const Tabs = <Value extends string>({ tabs, value, onChange, className, ...rest }: TabsProps<Value>) => (
  <Radix.Root
    className={classes(styles.root, className)}
    value={value}
    onValueChange={(next) => {
      const tab = tabs.find((candidate) => candidate.value === next);
      if (tab !== undefined) onChange(tab.value);
    }}
  >
    <Radix.List className={styles.list} aria-label={rest['aria-label']}>
      {tabs.map((tab) => (
        <Radix.Trigger key={tab.value} value={tab.value} className={styles.tab}>
          {tab.label}
        </Radix.Trigger>
      ))}
    </Radix.List>
    {tabs.map((tab) => (
      <Radix.Content key={tab.value} value={tab.value} className={styles.content}>
        {tab.content}
      </Radix.Content>
    ))}
  </Radix.Root>
);
