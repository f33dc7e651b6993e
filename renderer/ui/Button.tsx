import type { LucideIcon } from 'lucide-react';
import type { ComponentProps } from 'react';
import styles from './Button.module.css';
import { classes } from './classes.ts';
import { Spinner } from './Spinner.tsx';

export interface ButtonProps extends ComponentProps<'button'> {
  /** One `primary` per view at most; `danger` for what cannot be taken back. */
  readonly look?: 'primary' | 'secondary' | 'ghost' | 'danger';
  readonly size?: 'small' | 'medium' | 'large';
  readonly icon?: LucideIcon;
  /** Shows a spinner and ignores presses, but keeps the focus. */
  readonly loading?: boolean;
}

/** A button with words. */
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
      // A busy button is not disabled, since that would drop the focus; it must not submit its form either.
      if (loading) event.preventDefault();
      else onClick?.(event);
    }}
  >
    {loading ? <Spinner size={14} /> : Icon !== undefined && <Icon aria-hidden size={size === 'small' ? 14 : 15} />}
    {children}
  </button>
);
