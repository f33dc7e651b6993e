import { type ReactNode, useId } from 'react';
import { classes } from '../classes.ts';
import styles from './Panel.module.css';

interface PanelProps {
  readonly title: string;
  readonly actions?: ReactNode;
  readonly footer?: ReactNode;
  readonly className?: string | undefined;
  readonly children: ReactNode;
}

/** A pane with its own scrolling, like the snippets. */
export const Panel = ({ title, actions, footer, className, children }: PanelProps) => {
  const id = useId();
  return (
    <aside aria-labelledby={id} className={classes(styles.root, className)}>
      <header className={styles.header}>
        <h2 id={id} className={styles.title}>
          {title}
        </h2>
        {actions}
      </header>
      <div className={styles.body}>{children}</div>
      {footer !== undefined && <footer className={styles.footer}>{footer}</footer>}
    </aside>
  );
};
