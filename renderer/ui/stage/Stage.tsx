import { type ReactNode, useEffect, useId } from 'react';
import { Brand } from '../layout/Brand.tsx';
import styles from './Stage.module.css';

interface StageProps {
  readonly title: string;
  readonly description?: ReactNode;
  /** Above the title: the progress. */
  readonly above?: ReactNode;
  /** Below the card, small. */
  readonly below?: ReactNode;
  readonly children: ReactNode;
}

/** A single task that fills the window, without the screens around it. */
export const Stage = ({ title, description, above, below, children }: StageProps) => {
  const id = useId();
  useEffect(() => {
    document.title = `${title} · Keyfob`;
  }, [title]);
  return (
    <main className={styles.root} aria-labelledby={id}>
      <div className={styles.column}>
        <div className={styles.head}>
          <Brand />
          {above}
        </div>
        <div className={styles.card}>
          <header>
            <h1 id={id} className={styles.title}>
              {title}
            </h1>
            {description !== undefined && <p className={styles.description}>{description}</p>}
          </header>
          {children}
        </div>
        {below !== undefined && <div className={styles.below}>{below}</div>}
      </div>
    </main>
  );
};
