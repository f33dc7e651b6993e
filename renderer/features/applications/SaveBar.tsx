import { Button } from '../../ui/Button.tsx';
import styles from './SaveBar.module.css';

interface SaveBarProps {
  /** What was changed, by the names of the fields. */
  readonly changed: readonly string[];
  /** What must be mended first, by the names of the fields. */
  readonly faulty: readonly string[];
  readonly saving: boolean;
  readonly onSave: () => void;
  readonly onDiscard: () => void;
}

/** In sight as long as something is not saved: what it is, and the two ways out. */
export const SaveBar = ({ changed, faulty, saving, onSave, onDiscard }: SaveBarProps) => (
  <section className={styles.root} aria-label="Unsaved changes">
    <div className={styles.words} role="status">
      {faulty.length > 0 ? (
        <span className={styles.held}>Fix first: {faulty.join(', ')}.</span>
      ) : (
        <>
          <strong>Not saved yet:</strong> {changed.join(', ')}
        </>
      )}
    </div>
    <Button look="ghost" onClick={onDiscard}>
      Discard
    </Button>
    <Button look="primary" loading={saving} disabled={faulty.length > 0} onClick={onSave}>
      Save
    </Button>
  </section>
);
