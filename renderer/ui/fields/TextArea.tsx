import type { ComponentProps } from 'react';
import { classes } from '../classes.ts';
import { useFieldControl } from './fieldContext.ts';
import styles from './TextArea.module.css';

interface TextAreaProps extends ComponentProps<'textarea'> {
  readonly mono?: boolean;
}

/** Several lines of text. It grows with them, up to a dozen. */
export const TextArea = ({ mono, className, rows = 3, ...rest }: TextAreaProps) => (
  <textarea
    rows={rows}
    spellCheck={false}
    {...useFieldControl()}
    {...rest}
    className={classes(styles.root, mono && styles.mono, className)}
  />
);
