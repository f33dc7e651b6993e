import { useEffect } from 'react';
import { type KeybindingsMap, tinykeys } from 'tinykeys';
import { useKeyfob } from '../../store/context.ts';
import { useKeymap } from '../../store/hooks/window.ts';
import { runShortcut } from '../../store/runShortcut.ts';
import { commandNames, type ShortcutName, shortcutNames } from '../../store/window/shortcuts.ts';

const ofTheScreen: ReadonlySet<ShortcutName> = new Set(commandNames);

/** What lies above the screen and keeps it from being used, the topmost last. */
const modals = () => document.querySelectorAll('[role="dialog"][data-state="open"], [role="alertdialog"]');

/**
 * A dialog keeps the keys of the screen below from it. The key for the main thing presses the button that sends its
 * form; others press the button that names them.
 */
function inDialog(name: ShortcutName, dialog: Element): void {
  const named = `[data-shortcut="${name}"]`;
  dialog.querySelector<HTMLElement>(name === 'main' ? 'button[type="submit"]' : named)?.click();
}

/** Binds the keys of the window while the component is shown. They work in fields too: none of them writes. */
export function useShortcuts(): void {
  const keyfob = useKeyfob();
  const { keymap } = useKeymap();
  useEffect(() => {
    const map: KeybindingsMap = {};
    for (const name of shortcutNames) {
      const press = (event: KeyboardEvent) => {
        event.preventDefault();
        const dialog = [...modals()].at(-1);
        if (dialog !== undefined && ofTheScreen.has(name)) inDialog(name, dialog);
        else runShortcut(name, keyfob);
      };
      for (const keys of keymap[name]) map[keys] = press;
    }
    return tinykeys(window, map, { ignore: () => false });
  }, [keyfob, keymap]);
}
