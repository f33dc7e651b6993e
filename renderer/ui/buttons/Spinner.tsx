import { LoaderCircle } from 'lucide-react';
import styles from './Spinner.module.css';

/** An icon for short waits. Decoration: `aria-busy` or a text nearby says the same. */
export const Spinner = ({ size = 16 }: { readonly size?: number }) => (
  <LoaderCircle aria-hidden className={styles.root} size={size} />
);
