import { CopyButton } from '../secrets/CopyButton.tsx';
import styles from './RecoveryKey.module.css';

interface RecoveryKeyProps {
  /** Groups joined by hyphens. */
  readonly recoveryKey: string;
  /** Presenting: the key can be copied, but not seen. */
  readonly concealed?: boolean;
}

/**
 * A recovery key, shown once: large, in groups, to write down or copy. It does not hide automatically, as it can't be
 * shown again. It is never printed with the page.
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
