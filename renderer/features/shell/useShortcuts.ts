import { useEffect } from 'react';
import { type KeybindingsMap, tinykeys } from 'tinykeys';
import { useKeyfob } from '../../store/context.ts';
import { useKeymap } from '../../store/hooks/window/window.ts';
import { runShortcut } from '../../store/runShortcut.ts';
import { commandNames, type ShortcutName, shortcutNames } from '../../store/window/keys/shortcuts.ts';

const ofTheScreen: ReadonlySet<ShortcutName> = new Set(commandNames);

/** Layers above the screen that block it. The topmost is last. */
const modals = () => document.querySelectorAll('[role="dialog"][data-state="open"], [role="alertdialog"]');

/**
 * Presses the button for a shortcut in an open dialog, which blocks the screen's shortcuts. The key for the primary
 * action presses the submit button; other keys press the button that lists them.
 */
function inDialog(name: ShortcutName, dialog: Element): void {
  const named = `[data-shortcut="${name}"]`;
  dialog.querySelector<HTMLElement>(name === 'main' ? 'button[type="submit"]' : named)?.click();
}

/** Binds the window's shortcuts while mounted. They work in fields too, as none of them types text. */
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
