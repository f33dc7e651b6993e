import { type KeyboardEvent, useState } from 'react';
import { useKeymap } from '../../../store/hooks/window/window.ts';
import { onMac, toUsual } from '../../../store/window/keys/keymap.ts';
import { readPress, shownKeys, whyReserved } from '../../../store/window/keys/keyPress.ts';
import { type ShortcutName, shortcuts } from '../../../store/window/keys/shortcuts.ts';
import { Kbd } from '../../../ui/buttons/Kbd.tsx';
import { VisuallyHidden } from '../../../ui/layout/VisuallyHidden.tsx';
import { written } from '../words.ts';
import styles from './shortcuts.module.css';

interface KeyRecorderProps {
  readonly name: ShortcutName;
  /** Its current keys. */
  readonly now: string;
  /** Called with valid new keys. */
  readonly onKeys: (keys: string) => void;
}

/** A button that records new keys: press it, then press the keys. Escape and Tab cancel. */
export const KeyRecorder = ({ name, now, onKeys }: KeyRecorderProps) => {
  const { keymap } = useKeymap();
  const { label } = shortcuts[name];
  const [recording, setRecording] = useState(false);
  const [problem, setProblem] = useState<string>();
  const stop = () => {
    setRecording(false);
    setProblem(undefined);
  };

  const take = (keys: string) => {
    const why = toUsual(name).keys.includes(keys) ? undefined : whyReserved(keys);
    if (why !== undefined) setProblem(`${written(keys)} can't be used. ${why}`);
    else if (keys !== now && keymap[name].includes(keys)) setProblem(`It already has ${written(keys)}.`);
    else {
      stop();
      if (keys !== now) onKeys(keys);
    }
  };
  const press = (event: KeyboardEvent) => {
    if (!recording || event.key === 'Tab') return;
    // Neither the browser nor the window may act on them.
    event.preventDefault();
    event.stopPropagation();
    if (event.repeat) return;
    if (event.key === 'Escape') {
      stop();
      return;
    }
    const read = readPress(event, onMac);
    if (read.kind === 'refused') setProblem(read.why);
    else if (read.kind === 'keys') take(read.keys);
  };
  return (
    <span className={styles.recorder}>
      <button
        type="button"
        className={styles.change}
        data-recording={recording || undefined}
        onClick={() => setRecording(true)}
        onKeyDown={press}
        onBlur={stop}
      >
        {recording ? (
          <span>
            Press the new keys<VisuallyHidden> of {label}</VisuallyHidden>
          </span>
        ) : (
          <>
            <VisuallyHidden>
              Change the keys of {label}, now {written(now)}
            </VisuallyHidden>
            <span aria-hidden>
              <Kbd keys={shownKeys(now)} />
            </span>
          </>
        )}
      </button>
      <VisuallyHidden>
        <span role="status">{recording && 'Press the new keys, or Escape to cancel.'}</span>
      </VisuallyHidden>
      {problem !== undefined && (
        <span role="alert" className={styles.problem}>
          {problem}
        </span>
      )}
    </span>
  );
};
