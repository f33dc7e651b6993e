import { Check } from 'lucide-react';
import { VisuallyHidden } from '../layout/VisuallyHidden.tsx';
import styles from './Steps.module.css';

interface StepsProps {
  readonly titles: readonly string[];
  /** Number of completed steps. The next one is current. */
  readonly done: number;
}

/** Progress through a few numbered steps. */
export const Steps = ({ titles, done }: StepsProps) => (
  <ol className={styles.root} aria-label="Steps">
    {titles.map((title, index) => (
      <li
        key={title}
        className={styles.step}
        data-done={index < done}
        aria-current={index === done ? 'step' : undefined}
      >
        <span className={styles.sign} aria-hidden>
          {index < done ? <Check size={12} strokeWidth={3} /> : index + 1}
        </span>
        {title}
        {index < done && <VisuallyHidden>, done</VisuallyHidden>}
      </li>
    ))}
  </ol>
);
