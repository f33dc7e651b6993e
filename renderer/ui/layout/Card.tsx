import type { ReactNode } from 'react';
import { classes } from '../classes.ts';
import styles from './Card.module.css';

interface CardProps {
  readonly children: ReactNode;
  /** Without padding, for a list or a table that reaches the edges. */
  readonly flush?: boolean;
  readonly className?: string | undefined;
}

/** A surface around related content. */
export const Card = ({ children, flush, className }: CardProps) => (
  <div className={classes(styles.root, flush && styles.flush, className)}>{children}</div>
);
