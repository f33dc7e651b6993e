import { KeyRound } from 'lucide-react';
import styles from './Brand.module.css';

/** The sign of the program and its name. `nameClass` styles the name. */
export const Brand = ({ nameClass }: { readonly nameClass?: string | undefined }) => (
  <div className={styles.root}>
    <span className={styles.sign}>
      <KeyRound aria-hidden size={15} />
    </span>
    <span className={nameClass}>Keyfob</span>
  </div>
);
