import { type ReactNode, useId } from 'react';
import { classes } from '../classes.ts';
import { Card } from './Card.tsx';
import heading from './heading.module.css';
import styles from './Section.module.css';

interface SectionProps {
  readonly title: string;
  readonly description?: ReactNode;
  readonly actions?: ReactNode;
  /** Without a card around the content. */
  readonly plain?: boolean;
  /** A card whose content reaches its edges. */
  readonly flush?: boolean;
  readonly children: ReactNode;
}

/** A titled part of a page, and a landmark by its title. */
export const Section = ({ title, description, actions, plain, flush, children }: SectionProps) => {
  const id = useId();
  return (
    <section aria-labelledby={id} className={styles.root}>
      <header className={styles.header}>
        <div className={classes(heading.words, description === undefined && heading.titleOnly)}>
          <h2 id={id} className={styles.title}>
            {title}
          </h2>
          {description !== undefined && <div className={heading.description}>{description}</div>}
        </div>
        {actions !== undefined && <div className={heading.actions}>{actions}</div>}
      </header>
      {plain === true ? children : <Card {...(flush !== undefined && { flush })}>{children}</Card>}
    </section>
  );
};
