import { CopyButton } from './CopyButton.tsx';
import styles from './RecoveryKey.module.css';

interface RecoveryKeyProps {
  /** Groups joined by hyphens, as it was made. */
  readonly recoveryKey: string;
  /** Presenting: it can be copied, not seen. */
  readonly concealed?: boolean;
}

/**
 * A recovery key, which is shown this once: large, in groups, to be written down or copied. It does not hide by itself, as
 * there is no second look; it is never printed with the page.
 */
export const RecoveryKey = ({ recoveryKey, concealed = false }: RecoveryKeyProps) => {
  const groups = recoveryKey.split('-').map((group, index) => ({ place: index + 1, group }));
  return (
    <section className={styles.root} aria-label="Recovery key">
      <ol className={styles.groups}>
        {groups.map(({ place, group }) => (
          <li key={place} className={styles.group}>
            {concealed ? '•'.repeat(group.length) : group}
          </li>
        ))}
      </ol>
      <CopyButton secret label="Copy" what="recovery key" size="medium" getText={() => recoveryKey} />
    </section>
  );
};
