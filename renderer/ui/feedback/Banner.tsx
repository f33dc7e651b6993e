import { CircleCheck, Info, type LucideIcon, OctagonAlert, TriangleAlert, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { IconButton } from '../buttons/IconButton.tsx';
import styles from './Banner.module.css';

const icons: Readonly<Record<'info' | 'good' | 'warn' | 'danger', LucideIcon>> = {
  info: Info,
  good: CircleCheck,
  warn: TriangleAlert,
  danger: OctagonAlert,
};

interface BannerProps {
  readonly tone?: keyof typeof icons;
  readonly title?: string;
  readonly children?: ReactNode;
  /** Small buttons. */
  readonly actions?: ReactNode;
  readonly onDismiss?: () => void;
  readonly icon?: LucideIcon;
}

/** A fact about the whole view, with actions. Stays until it no longer holds. */
export const Banner = ({ tone = 'info', title, children, actions, onDismiss, icon }: BannerProps) => {
  const Icon = icon ?? icons[tone];
  return (
    <div className={styles.root} data-tone={tone} role={tone === 'danger' ? 'alert' : 'status'}>
      <Icon aria-hidden size={16} className={styles.icon} />
      <div className={styles.words}>
        {title !== undefined && <strong>{title}</strong>}
        {children !== undefined && <div>{children}</div>}
      </div>
      {actions !== undefined && <div className={styles.actions}>{actions}</div>}
      {onDismiss !== undefined && <IconButton icon={X} name="Dismiss" size="small" onClick={onDismiss} />}
    </div>
  );
};
