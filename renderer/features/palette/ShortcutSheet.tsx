import { useKeyfobState } from '../../store/context.ts';
import { useGo, useKeymap } from '../../store/hooks/window/window.ts';
import { shownKeys } from '../../store/window/keys/keyPress.ts';
import {
  commandNames,
  type ShortcutName,
  screenNames,
  shortcuts,
  windowNames,
} from '../../store/window/keys/shortcuts.ts';
import { Button } from '../../ui/buttons/Button.tsx';
import { Kbd } from '../../ui/buttons/Kbd.tsx';
import { Dialog } from '../../ui/overlays/Dialog.tsx';
import styles from './ShortcutSheet.module.css';

interface Line {
  readonly label: string;
  /** Keys in display form. The second is an alternative. */
  readonly keys: readonly string[];
}

const List = ({ title, lines }: { readonly title: string; readonly lines: readonly Line[] }) => (
  <section className={styles.group}>
    <h3 className={styles.heading}>{title}</h3>
    <dl>
      {lines.map(({ keys, label }) => (
        <div key={label} className={styles.row}>
          <dt>{label}</dt>
          <dd className={styles.keys}>
            {keys.map((one, index) => (
              <span key={one} className={styles.keys}>
                {index > 0 && <span>or</span>}
                <Kbd keys={one} />
              </span>
            ))}
          </dd>
        </div>
      ))}
    </dl>
  </section>
);

/** Keys of lists, while a row has the focus. */
const inLists: readonly Line[] = [
  { label: 'Go up and down', keys: ['ArrowUp', 'ArrowDown'] },
  { label: 'Sort (from the first row)', keys: ['ArrowUp'] },
  { label: 'Open the row', keys: ['Enter'] },
  { label: 'Row actions', keys: ['ArrowRight'] },
  { label: 'Select row', keys: ['Space'] },
  { label: 'Extend selection', keys: ['Shift+ArrowDown'] },
  { label: 'Select all', keys: ['Mod+A'] },
];

const anywhere: readonly Line[] = [
  { label: 'Go to the notifications', keys: ['F8'] },
  { label: 'Close dialog or menu', keys: ['Escape'] },
];

/** All shortcuts at a glance. Those of the current screen are described by their action there. */
export const ShortcutSheet = ({ onClose }: { readonly onClose: () => void }) => {
  const registered = useKeyfobState((state) => state.commands.registered);
  const { keymap } = useKeymap();
  const go = useGo();
  const lineOf = (name: ShortcutName, label: string = shortcuts[name].label): Line => ({
    label,
    keys: keymap[name].map(shownKeys),
  });
  const lines = (names: readonly ShortcutName[]) => names.map((name) => lineOf(name));
  const here = commandNames.flatMap((name) => {
    const command = registered[name].at(-1);
    return command === undefined ? [] : [lineOf(name, command.label)];
  });
  const elsewhere = lines(commandNames.filter((name) => registered[name].length === 0));
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="Shortcuts"
      size="large"
      footer={
        <Button
          onClick={() => {
            onClose();
            go({ screen: 'settings', section: 'shortcuts' });
          }}
        >
          Change them…
        </Button>
      }
    >
      <div className={styles.root}>
        {here.length > 0 && <List title="On this screen" lines={here} />}
        {elsewhere.length > 0 && <List title="On other screens" lines={elsewhere} />}
        <List title="In lists" lines={inLists} />
        <List title="Everywhere" lines={[...lines(windowNames), ...anywhere]} />
        <List title="Screens" lines={lines(screenNames)} />
      </div>
    </Dialog>
  );
};
