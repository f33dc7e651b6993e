import { CircleX } from 'lucide-react';
import type { ReactNode } from 'react';
import { CopyButton } from './CopyButton.tsx';
import styles from './ErrorNote.module.css';

interface ErrorNoteProps {
  /** What happened, in one sentence. */
  readonly title: string;
  /** What to do about it. */
  readonly children?: ReactNode;
  /** For a report; shown on demand, never with secrets in it. */
  readonly details?: string | undefined;
  /** Small buttons, like "Try again". */
  readonly actions?: ReactNode;
}

/** Something went wrong: what happened, what to do, and the details to copy. */
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
