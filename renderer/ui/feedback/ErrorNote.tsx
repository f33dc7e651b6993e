import { CircleX } from 'lucide-react';
import type { ReactNode } from 'react';
import { CopyButton } from '../secrets/CopyButton.tsx';
import styles from './ErrorNote.module.css';

interface ErrorNoteProps {
  /** The problem, in one sentence. */
  readonly title: string;
  /** The fix. */
  readonly children?: ReactNode;
  /** Details for a report, shown on demand. They never contain secrets. */
  readonly details?: string | undefined;
  /** Small buttons, like "Try again". */
  readonly actions?: ReactNode;
}

/** An error: the problem, the fix, and details to copy. */
export const ErrorNote = ({ title, children, details, actions }: ErrorNoteProps) => (
  <div className={styles.root} data-tone="danger" role="alert">
    <CircleX aria-hidden size={16} className={styles.icon} />
    <div className={styles.words}>
      <strong>{title}</strong>
      {children !== undefined && <div>{children}</div>}
      {details !== undefined && (
        <details className={styles.details}>
          <summary>Details</summary>
          <pre>{details}</pre>
        </details>
      )}
      {(actions !== undefined || details !== undefined) && (
        <div className={styles.actions}>
          {actions}
          {details !== undefined && <CopyButton getText={() => details} what="details" label="Copy" />}
        </div>
      )}
    </div>
  </div>
);
