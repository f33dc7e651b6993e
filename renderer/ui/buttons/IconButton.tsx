import type { LucideIcon } from 'lucide-react';
import type { ComponentProps } from 'react';
import { classes } from '../classes.ts';
import styles from './IconButton.module.css';
import { Spinner } from './Spinner.tsx';

export interface IconButtonProps extends Omit<ComponentProps<'button'>, 'name' | 'children'> {
  /** The action, for screen readers and the tooltip. In a list it names the row too: "Revoke ipad". */
  readonly name: string;
  /** A tooltip shorter than the name. */
  readonly hint?: string;
  readonly icon: LucideIcon;
  readonly size?: 'small' | 'medium';
  readonly look?: 'ghost' | 'secondary' | 'danger';
  readonly loading?: boolean;
}

/** A button with an icon only. */
export const IconButton = ({
  name,
  hint,
  icon: Icon,
  size = 'medium',
  look = 'ghost',
  loading = false,
  className,
  onClick,
  ...rest
}: IconButtonProps) => (
  <button
    type="button"
    {...rest}
    aria-label={name}
    aria-busy={loading || undefined}
    data-tip={hint ?? name}
    className={classes(styles.root, styles[look], styles[size], className)}
    onClick={(event) => {
      if (!loading) onClick?.(event);
    }}
  >
    {loading ? <Spinner size={15} /> : <Icon aria-hidden size={size === 'small' ? 14 : 16} />}
  </button>
);
