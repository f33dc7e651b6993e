import styles from './Kbd.module.css';
import { keyNames } from './keyNames.ts';

/** A shortcut like "Mod+Shift+C", in this system's form. */
export const Kbd = ({ keys }: { readonly keys: string }) => (
  <span className={styles.root}>
    {keyNames(keys).map((key) => (
      <kbd key={key} className={styles.key}>
        {key}
      </kbd>
    ))}
  </span>
);
