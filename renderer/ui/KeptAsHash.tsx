import { Hash } from 'lucide-react';
import styles from './KeptAsHash.module.css';

/** In place of a value that nobody can see again. */
export const KeptAsHash = () => (
  <span className={styles.root}>
    <Hash aria-hidden size={14} />
    Kept as a hash; it was shown once.
  </span>
);
