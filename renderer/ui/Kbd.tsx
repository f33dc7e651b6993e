import styles from './Kbd.module.css';

const onMac = /mac|iphone|ipad/i.test(navigator.platform);
const names: Readonly<Record<string, readonly [other: string, mac: string]>> = {
  Mod: ['Ctrl', '⌘'],
  Shift: ['Shift', '⇧'],
  Alt: ['Alt', '⌥'],
  Enter: ['Enter', '↩'],
  Escape: ['Esc', 'esc'],
  ArrowUp: ['↑', '↑'],
  ArrowDown: ['↓', '↓'],
  ArrowRight: ['→', '→'],
};

/** A shortcut like "Mod+Shift+C" as this system writes it: Mod is ⌘ on macOS, Ctrl elsewhere. */
export const Kbd = ({ keys }: { readonly keys: string }) => (
  <span className={styles.root}>
    {keys.split('+').map((key) => (
      <kbd key={key} className={styles.key}>
        {names[key]?.[onMac ? 1 : 0] ?? key}
      </kbd>
    ))}
  </span>
);
