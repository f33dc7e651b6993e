import { RotateCcw } from 'lucide-react';
import { useRef } from 'react';
import { useKeymap } from '../../../store/hooks/window/window.ts';
import { isUsual, type Rebinding, toUsual } from '../../../store/window/keys/keymap.ts';
import { type ShortcutName, shortcuts } from '../../../store/window/keys/shortcuts.ts';
import { IconButton } from '../../../ui/buttons/IconButton.tsx';
import { KeyClash } from './KeyClash.tsx';
import { KeyRecorder } from './KeyRecorder.tsx';
import styles from './shortcuts.module.css';

interface ShortcutRowProps {
  readonly name: ShortcutName;
  /** The new keys for this shortcut, and the shortcut that already has them. */
  readonly asked: Rebinding | undefined;
  readonly onRebind: (rebinding: Rebinding) => void;
  readonly onSwap: (rebinding: Rebinding) => void;
  readonly onLeave: () => void;
}

/** A shortcut with its keys, buttons to change them, and a reset. */
export const ShortcutRow = ({ name, asked, onRebind, onSwap, onLeave }: ShortcutRowProps) => {
  const { keymap } = useKeymap();
  const keys = keymap[name];
  const { label } = shortcuts[name];
  const row = useRef<HTMLLIElement>(null);
  /** The pressed button may disappear, so keep the focus in the row. */
  const focusKeys = () => row.current?.querySelector('button')?.focus();
  const places = keys.map((now, place) => ({ now, place }));
  return (
    <li ref={row} className={styles.row}>
      <span className={styles.label}>{label}</span>
      <span className={styles.keys}>
        {places.map(({ now, place }) => (
          <KeyRecorder
            key={place}
            name={name}
            now={now}
            onKeys={(next) => onRebind({ name, keys: keys.map((one, at) => (at === place ? next : one)) })}
          />
        ))}
      </span>
      <IconButton
        icon={RotateCcw}
        name={`Reset ${label}`}
        hint="Reset to default keys"
        size="small"
        className={isUsual(keymap, name) ? styles.none : undefined}
        onClick={() => {
          focusKeys();
          onRebind(toUsual(name));
        }}
      />
      {asked !== undefined && (
        <KeyClash
          rebinding={asked}
          onSwap={() => {
            focusKeys();
            onSwap(asked);
          }}
          onLeave={() => {
            focusKeys();
            onLeave();
          }}
        />
      )}
    </li>
  );
};
