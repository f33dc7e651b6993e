import type { LucideIcon } from 'lucide-react';
import { type ComponentProps, type ReactNode, useState } from 'react';
import { classes } from '../classes.ts';
import { useFieldControl } from './fieldContext.ts';
import styles from './TextInput.module.css';

export interface TextInputProps extends ComponentProps<'input'> {
  readonly icon?: LucideIcon;
  /** A unit or a small button after the text. */
  readonly after?: ReactNode;
  /** For names and addresses of machines, tokens, scopes. */
  readonly mono?: boolean;
}

/** One line of text. Accepts react-hook-form's `register`. Says when its limit is reached. */
export const TextInput = ({ icon: Icon, after, mono, className, onInput, ...rest }: TextInputProps) => {
  const { maxLength } = rest;
  const [full, setFull] = useState(false);
  return (
    <>
      <div className={classes(styles.frame, className)}>
        {Icon !== undefined && <Icon aria-hidden size={15} className={styles.icon} />}
        <input
          type="text"
          autoComplete="off"
          spellCheck={false}
          {...useFieldControl()}
          {...rest}
          onInput={(event) => {
            setFull(maxLength !== undefined && event.currentTarget.value.length >= maxLength);
            onInput?.(event);
          }}
          className={classes(styles.input, mono && styles.mono)}
        />
        {after !== undefined && <div className={styles.after}>{after}</div>}
      </div>
      {maxLength !== undefined && (
        <p role="status" className={styles.full}>
          {full && `Maximum: ${maxLength} characters.`}
        </p>
      )}
    </>
  );
};
