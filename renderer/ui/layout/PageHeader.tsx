import { ArrowLeft } from 'lucide-react';
import type { ReactNode } from 'react';
import { classes } from '../classes.ts';
import heading from './heading.module.css';
import styles from './PageHeader.module.css';

interface PageHeaderProps {
  readonly title: ReactNode;
  readonly description?: ReactNode;
  readonly actions?: ReactNode;
  /** Above the title: the way back. */
  readonly back?: { readonly href: string; readonly label: string };
  /** Next to the title: a chip. */
  readonly nextToTitle?: ReactNode;
}

/** A page's header, with its only h1. */
export const PageHeader = ({ title, description, actions, back, nextToTitle }: PageHeaderProps) => (
  <header className={styles.root}>
    <div className={classes(heading.words, description === undefined && heading.titleOnly)}>
      {back !== undefined && (
        <a className={styles.back} href={back.href}>
          <ArrowLeft aria-hidden size={14} />
          {back.label}
        </a>
      )}
      <div className={styles.line}>
        <h1 className={styles.title}>{title}</h1>
        {nextToTitle}
      </div>
      {description !== undefined && <div className={heading.description}>{description}</div>}
    </div>
    {actions !== undefined && <div className={heading.actions}>{actions}</div>}
  </header>
);
