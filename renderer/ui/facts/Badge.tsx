import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { classes } from '../classes.ts';
import styles from './Badge.module.css';
import type { Tone } from './tone.ts';

interface BadgeProps {
  readonly tone?: Tone;
  readonly icon?: LucideIcon;
  /** For scopes, roles and other names of machines. */
  readonly mono?: boolean;
  /** A tooltip. */
  readonly title?: string;
  readonly children: ReactNode;
}

/** A short fact about its neighbour: a scope, a role, a count. */
export const Badge = ({ tone = 'neutral', icon: Icon, mono, title, children }: BadgeProps) => (
  <span className={classes(styles.root, mono && styles.mono)} data-tone={tone} title={title}>
    {Icon !== undefined && <Icon aria-hidden size={12} />}
    <span className={styles.words}>{children}</span>
  </span>
);
