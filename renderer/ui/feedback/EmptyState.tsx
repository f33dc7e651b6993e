import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import styles from './EmptyState.module.css';

interface EmptyStateProps {
  readonly icon?: LucideIcon;
  readonly title: string;
  /** One sentence: the list's future content and its use. */
  readonly children?: ReactNode;
  /** One primary button. */
  readonly action?: ReactNode;
  readonly secondary?: ReactNode;
}

/** Replaces an empty list. */
export const EmptyState = ({ icon: Icon, title, children, action, secondary }: EmptyStateProps) => (
  <div className={styles.root}>
    {Icon !== undefined && (
      <span className={styles.icon}>
        <Icon aria-hidden size={22} />
      </span>
    )}
    <p className={styles.title}>{title}</p>
    {children !== undefined && <p className={styles.words}>{children}</p>}
    {(action !== undefined || secondary !== undefined) && (
      <div className={styles.actions}>
        {action}
        {secondary}
      </div>
    )}
  </div>
);
