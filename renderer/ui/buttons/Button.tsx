import type { LucideIcon } from 'lucide-react';
import { Children, type ComponentProps, type ReactNode } from 'react';
import { classes } from '../classes.ts';
import styles from './Button.module.css';
import { Spinner } from './Spinner.tsx';

export interface ButtonProps extends ComponentProps<'button'> {
  /** At most one `primary` per view. `danger` for actions that can't be undone. */
  readonly look?: 'primary' | 'secondary' | 'ghost' | 'danger';
  readonly size?: 'small' | 'medium' | 'large';
  readonly icon?: LucideIcon;
  /** Shows a spinner and ignores presses, but keeps the focus. */
  readonly loading?: boolean;
}

/** Longer texts may be cut in tight places. */
const usualLength = 40;

/** A text may contain a name of a hundred characters, so it is cut instead of overflowing. */
const Words = ({ children }: { readonly children: ReactNode }) => {
  const parts = Children.toArray(children);
  if (parts.some((part) => typeof part === 'object')) return children;
  const text = parts.join('');
  return (
    <span className={styles.words} title={text.length > usualLength ? text : undefined}>
      {text}
    </span>
  );
};

/** A button with a text. */
export const Button = ({
  look = 'secondary',
  size = 'medium',
  icon: Icon,
  loading = false,
  className,
  children,
  onClick,
  type = 'button',
  ...rest
}: ButtonProps) => (
  <button
    {...rest}
    type={type}
    data-look={look}
    className={classes(styles.root, styles[look], styles[size], className)}
    aria-busy={loading || undefined}
    aria-disabled={loading || rest['aria-disabled']}
    onClick={(event) => {
      // A busy button is not disabled, as that would drop the focus. It must not submit its form either.
      if (loading) event.preventDefault();
      else onClick?.(event);
    }}
  >
    {loading ? <Spinner size={14} /> : Icon !== undefined && <Icon aria-hidden size={size === 'small' ? 14 : 15} />}
    <Words>{children}</Words>
  </button>
);
