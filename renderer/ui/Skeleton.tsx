import styles from './Skeleton.module.css';
import { VisuallyHidden } from './VisuallyHidden.tsx';

interface SkeletonProps {
  readonly lines?: number;
  /** What is being loaded: "Loading the applications". */
  readonly label: string;
}

/** Stands where text will be, for loads that take longer than a blink. */
export const Skeleton = ({ lines = 3, label }: SkeletonProps) => (
  <div className={styles.root} role="status">
    <VisuallyHidden>{label}</VisuallyHidden>
    {Array.from({ length: lines }, (_, line) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: lines are all alike
      <span key={line} className={styles.line} />
    ))}
  </div>
);
