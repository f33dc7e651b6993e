import type { LucideIcon } from 'lucide-react';
import type { ComponentProps, ReactNode } from 'react';
import { classes } from './classes.ts';
import { useFieldControl } from './fieldContext.ts';
import styles from './TextInput.module.css';

export interface TextInputProps extends ComponentProps<'input'> {
  readonly icon?: LucideIcon;
  /** A unit or a small button behind the text. */
  readonly after?: ReactNode;
  /** For names and addresses of machines, tokens, scopes. */
  readonly mono?: boolean;
}

/** One line of text. Takes react-hook-form's `register` as it is. */
export const TextInput = ({ icon: Icon, after, mono, className, ...rest }: TextInputProps) => (
  <div className={classes(styles.frame, className)}>
    {Icon !== undefined && <Icon aria-hidden size={15} className={styles.icon} />}
    <input
      type="text"
      autoComplete="off"
      spellCheck={false}
      {...useFieldControl()}
      {...rest}
      className={classes(styles.input, mono && styles.mono)}
    />
    {after !== undefined && <div className={styles.after}>{after}</div>}
  </div>
);
