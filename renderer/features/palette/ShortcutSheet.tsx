import { type Shortcut, screenShortcuts, shortcuts, shownKeys } from '../../store/shortcuts.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { Kbd } from '../../ui/Kbd.tsx';
import styles from './ShortcutSheet.module.css';

const List = ({ title, entries }: { readonly title: string; readonly entries: readonly Shortcut[] }) => (
  <section className={styles.group}>
    <h3 className={styles.heading}>{title}</h3>
    <dl>
      {entries.map(({ keys, otherKeys, label }) => (
        <div key={keys} className={styles.row}>
          <dt>{label}</dt>
          <dd className={styles.keys}>
            {otherKeys !== undefined && (
              <>
                <Kbd keys={shownKeys(otherKeys)} />
                <span>or</span>
              </>
            )}
            <Kbd keys={shownKeys(keys)} />
          </dd>
        </div>
      ))}
    </dl>
  </section>
);

const { main, new: create, filter, copyToken, ...ofTheWindow } = shortcuts;

/** All keys of the window at a glance. */
export const ShortcutSheet = ({ onClose }: { readonly onClose: () => void }) => (
  <Dialog open onOpenChange={onClose} title="Shortcuts" size="large">
    <div className={styles.root}>
      <List title="On this screen" entries={[main, create, filter, copyToken]} />
      <List title="Everywhere" entries={Object.values(ofTheWindow)} />
      <List title="Screens" entries={screenShortcuts} />
    </div>
  </Dialog>
);
