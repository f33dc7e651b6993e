import { LoaderCircle } from 'lucide-react';
import styles from './Spinner.module.css';

/** A turning sign for short waits. Decoration: what waits says so itself, by `aria-busy` or a text beside it. */
export const Spinner = ({ size = 16 }: { readonly size?: number }) => (
  <LoaderCircle aria-hidden className={styles.root} size={size} />
);
