import { CircleAlert } from 'lucide-react';
import { type ReactNode, useId } from 'react';
import { classes } from '../classes.ts';
import styles from './Field.module.css';
import { FieldContext } from './fieldContext.ts';

interface FieldProps {
  readonly label: string;
  readonly hint?: ReactNode;
  /** The problem and its fix. */
  readonly error?: string | undefined;
  readonly required?: boolean;
  /** Adds "optional" to the label, for forms where most fields are required. */
  readonly optional?: boolean;
  /** A small action at the end of the label's line. */
  readonly aside?: ReactNode;
  /** Puts the label next to the control, for dense forms. */
  readonly inline?: boolean;
  readonly className?: string;
  /** One control of this folder. It takes its id and descriptions from the field. */
  readonly children: ReactNode;
}

/** A label, a control, a hint and an error, connected to each other. */
export const Field = (props: FieldProps) => {
  const { label, hint, error, required, optional, aside, inline, className, children } = props;
  const id = useId();
  const parts = { id, labelId: `${id}-label`, hintId: `${id}-hint`, errorId: `${id}-error` };
  const described = [error !== undefined && parts.errorId, hint !== undefined && parts.hintId]
    .filter(Boolean)
    .join(' ');
  return (
    <div className={classes(styles.root, inline && styles.inline, className)}>
      <div className={styles.head}>
        <label id={parts.labelId} htmlFor={id} className={styles.label}>
          {label}
          {required === true && (
            <span aria-hidden className={styles.required}>
              {' '}
              *
            </span>
          )}
        </label>
        {optional === true && <span className={styles.optional}>optional</span>}
        {aside !== undefined && <div className={styles.aside}>{aside}</div>}
      </div>
      <FieldContext
        value={{
          id,
          labelId: parts.labelId,
          describedBy: described || undefined,
          invalid: error !== undefined,
          required: required === true,
        }}
      >
        {children}
      </FieldContext>
      {error !== undefined && (
        <p id={parts.errorId} className={styles.error} role="alert">
          <CircleAlert aria-hidden size={14} />
          <span>{error}</span>
        </p>
      )}
      {hint !== undefined && (
        <div id={parts.hintId} className={styles.hint}>
          {hint}
        </div>
      )}
    </div>
  );
};
