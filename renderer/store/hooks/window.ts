import { useKeyfobState } from '../context.ts';
import type { ClipboardSlice } from '../window/clipboard.ts';
import { type KeymapSlice, onMac } from '../window/keymap.ts';
import { ariaKeys, shownKeys } from '../window/keyPress.ts';
import type { Route, RouteSlice } from '../window/route.ts';
import type { ShortcutName } from '../window/shortcuts.ts';
import type { ToastsSlice } from '../window/toasts.ts';

/** Where the window is. */
export const useRoute = (): Route => useKeyfobState((state) => state.route.current);
/** Goes to another screen. */
export const useGo = (): RouteSlice['go'] => useKeyfobState((state) => state.route.go);

/** Shows a note for a while. */
export const useToast = (): ToastsSlice['show'] => useKeyfobState((state) => state.toasts.show);

/** Copies text that is no secret, and says so. */
export const useCopy = (): ClipboardSlice['copy'] => useKeyfobState((state) => state.clipboard.copy);
/** Copies a secret, and clears it after 30 s where the host can. */
export const useCopySecret = (): ClipboardSlice['copySecret'] => useKeyfobState((state) => state.clipboard.copySecret);

/** Whether secrets must stay hidden now. */
export const usePresenting = (): boolean => useKeyfobState((state) => state.presenting.on);

/** The keys of the window as they are now. */
export const useKeymap = (): KeymapSlice => useKeyfobState((state) => state.keymap);

/** How a shortcut is pressed now: as it is written for people, and as `aria-keyshortcuts` has it. */
export function useKeysOf(name: ShortcutName): { readonly shown: string; readonly aria: string } {
  const [first = '', ...others] = useKeyfobState((state) => state.keymap.keymap[name]);
  return { shown: shownKeys(first), aria: [first, ...others].map((keys) => ariaKeys(keys, onMac)).join(' ') };
}
