import { Button } from '../buttons/Button.tsx';
import styles from './SaveBar.module.css';

interface SaveBarProps {
  /** Labels of the changed fields. */
  readonly changed: readonly string[];
  /** Labels of the invalid fields. */
  readonly faulty: readonly string[];
  readonly saving: boolean;
  readonly onSave: () => void;
  readonly onDiscard: () => void;
}

/** Visible while something isn't saved: names the changes, with Save and Discard. */
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
