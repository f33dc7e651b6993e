import { Hash } from 'lucide-react';
import styles from './KeptAsHash.module.css';

/** Replaces a value that can't be shown again. */
export const KeptAsHash = () => (
  <span className={styles.root}>
    <Hash aria-hidden size={14} />
    Kept as a hash; it was shown once.
  </span>
);
