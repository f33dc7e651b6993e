import type { Preferences } from '../../../preload/contract/preferences.ts';
import type { MakeSlice } from '../slice.ts';
import { hasContext } from './route.ts';

/** What is open beside and above the screen. */
export interface LayoutSlice {
  /** The side bar shows signs only. */
  readonly sidebarFolded: boolean;
  readonly snippetPane: boolean;
  /** It was opened by hand, not with the window: the focus goes there. */
  readonly paneTakesFocus: boolean;
  /** The pane does not fit beside the screen, and lies over it. */
  readonly narrow: boolean;
  readonly overlay: 'palette' | 'shortcuts' | undefined;
  toggleSidebar(): void;
  /** Opens or closes the snippets, on screens that have them. */
  toggleSnippetPane(): void;
  openOverlay(overlay: LayoutSlice['overlay']): void;
  /** The window became wider or narrower. */
  widthChanged(): void;
}

/** The shell's styles have the same figure. */
const narrow = matchMedia('(max-width: 1120px)');

/** What fits beside the screen, as far as it was left open. */
const fitting = ({ sidebar, snippetPane }: Preferences) => ({
  sidebarFolded: narrow.matches || sidebar === 'folded',
  snippetPane: !narrow.matches && snippetPane !== 'closed',
  paneTakesFocus: false,
  narrow: narrow.matches,
});

export const layoutSlice: MakeSlice<LayoutSlice> = ({ get, set, preferences }) => ({
  ...fitting(preferences),
  overlay: undefined,
  toggleSidebar() {
    const sidebarFolded = !get().layout.sidebarFolded;
    if (!narrow.matches) get().preferences.keep({ sidebar: sidebarFolded ? 'folded' : 'unfolded' });
    set({ sidebarFolded });
  },
  toggleSnippetPane() {
    if (!hasContext(get().route.current.screen)) return;
    const snippetPane = !get().layout.snippetPane;
    if (!narrow.matches) get().preferences.keep({ snippetPane: snippetPane ? 'open' : 'closed' });
    set({ snippetPane, paneTakesFocus: snippetPane });
  },
  openOverlay: (overlay) => set({ overlay }),
  widthChanged: () => set(fitting(get().preferences.kept)),
});

/** Follows the width of the window until the function returned is called. */
export function watchWidth(changed: () => void): () => void {
  narrow.addEventListener('change', changed);
  return () => narrow.removeEventListener('change', changed);
}
