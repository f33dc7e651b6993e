import { useEffect } from 'react';
import { type KeybindingsMap, tinykeys } from 'tinykeys';
import { useKeyfob } from '../../store/context.ts';
import { commandNames, type Shortcut, screenShortcuts, shortcuts } from '../../store/shortcuts.ts';

const ofTheScreen: ReadonlySet<Shortcut> = new Set(commandNames.map((name) => shortcuts[name]));

/** What lies above the screen and keeps it from being used, the topmost last. */
const modals = () => document.querySelectorAll('[role="dialog"][data-state="open"], [role="alertdialog"]');

/**
 * A dialog keeps the keys of the screen below from it. The key for the main thing presses the button that sends its
 * form; others press the button that names them.
 */
function inDialog(shortcut: Shortcut, dialog: Element): void {
  const named = `[aria-keyshortcuts="${shortcut.keys}"]`;
  dialog.querySelector<HTMLElement>(shortcut === shortcuts.main ? 'button[type="submit"]' : named)?.click();
}

/** Binds the keys of the window while the component is shown. They work in fields too: none of them writes. */
export function useShortcuts(): void {
  const keyfob = useKeyfob();
  useEffect(() => {
    const map: KeybindingsMap = {};
    const all: readonly Shortcut[] = [...Object.values(shortcuts), ...screenShortcuts];
    for (const shortcut of all) {
      const press = (event: KeyboardEvent) => {
        event.preventDefault();
        const dialog = [...modals()].at(-1);
        if (dialog !== undefined && ofTheScreen.has(shortcut)) inDialog(shortcut, dialog);
        else shortcut.run(keyfob);
      };
      map[shortcut.keys] = press;
      if (shortcut.otherKeys !== undefined) map[shortcut.otherKeys] = press;
    }
    return tinykeys(window, map, { ignore: () => false });
  }, [keyfob]);
}
