import { useKeyfobState } from '../../context.ts';
import type { ClipboardSlice } from '../../window/clipboard.ts';
import { type KeymapSlice, onMac } from '../../window/keys/keymap.ts';
import { ariaKeys, shownKeys } from '../../window/keys/keyPress.ts';
import type { ShortcutName } from '../../window/keys/shortcuts.ts';
import type { Route, RouteSlice } from '../../window/route.ts';
import type { ToastsSlice } from '../../window/toasts.ts';

/** The current screen and what it shows. */
export const useRoute = (): Route => useKeyfobState((state) => state.route.current);
/** Opens a screen. */
export const useGo = (): RouteSlice['go'] => useKeyfobState((state) => state.route.go);

/** Shows a toast. */
export const useToast = (): ToastsSlice['show'] => useKeyfobState((state) => state.toasts.show);

/** Copies text that is not secret, and shows a toast. */
export const useCopy = (): ClipboardSlice['copy'] => useKeyfobState((state) => state.clipboard.copy);
/** Copies a secret. Clears the clipboard after 30 s where the host can. */
export const useCopySecret = (): ClipboardSlice['copySecret'] => useKeyfobState((state) => state.clipboard.copySecret);

/** Whether presentation mode hides secrets. */
export const usePresenting = (): boolean => useKeyfobState((state) => state.presenting.on);

/** The current keys of all shortcuts. */
export const useKeymap = (): KeymapSlice => useKeyfobState((state) => state.keymap);

/** The current keys of a shortcut: as text for people, and for `aria-keyshortcuts`. */
export function useKeysOf(name: ShortcutName): { readonly shown: string; readonly aria: string } {
  const [first = '', ...others] = useKeyfobState((state) => state.keymap.keymap[name]);
  return { shown: shownKeys(first), aria: [first, ...others].map((keys) => ariaKeys(keys, onMac)).join(' ') };
}
