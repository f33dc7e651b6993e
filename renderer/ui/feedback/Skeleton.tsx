import { VisuallyHidden } from '../layout/VisuallyHidden.tsx';
import styles from './Skeleton.module.css';

interface SkeletonProps {
  readonly lines?: number;
  /** The running load: "Loading the applications". */
  readonly label: string;
}

/** A placeholder for text that takes noticeable time to load. */
export const Skeleton = ({ lines = 3, label }: SkeletonProps) => (
  <div className={styles.root} role="status">
    <VisuallyHidden>{label}</VisuallyHidden>
    {Array.from({ length: lines }, (_, line) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: the lines are identical
      <span key={line} className={styles.line} />
    ))}
  </div>
);
