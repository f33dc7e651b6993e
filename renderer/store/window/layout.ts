import type { Preferences } from '../../../preload/contract/preferences.ts';
import type { MakeSlice } from '../core/slice.ts';
import type { UsesPreferences } from './preferences.ts';
import { hasContext, type RouteSlice } from './route.ts';

/** What is open next to the screen and above it. */
export interface LayoutSlice {
  /** The side bar shows icons only. */
  readonly sidebarFolded: boolean;
  readonly snippetPane: boolean;
  /** A person opened the pane, so it takes the focus. A pane that opens with the window doesn't. */
  readonly paneTakesFocus: boolean;
  /** The window is too narrow for the pane next to the screen, so it covers the screen. */
  readonly narrow: boolean;
  readonly overlay: 'palette' | 'shortcuts' | undefined;
  toggleSidebar(): void;
  /** Opens or closes the snippet pane, on screens that have one. */
  toggleSnippetPane(): void;
  /** Opens the snippet pane, also for a screen that is about to open. */
  openSnippetPane(): void;
  openOverlay(overlay: LayoutSlice['overlay']): void;
}

/** The shell's styles use the same width. */
const narrow = matchMedia('(max-width: 1120px)');

/** Opens what was left open, as far as the width allows. */
const fitting = ({ sidebar, snippetPane }: Preferences) => ({
  sidebarFolded: narrow.matches || sidebar === 'folded',
  snippetPane: !narrow.matches && snippetPane !== 'closed',
  paneTakesFocus: false,
  narrow: narrow.matches,
});

type Uses = UsesPreferences & { readonly route: RouteSlice };

export const layoutSlice: MakeSlice<LayoutSlice, Uses> = ({ get, set, uses, preferences }) => {
  const setPane = (snippetPane: boolean) => {
    if (!narrow.matches) uses().preferences.keep({ snippetPane: snippetPane ? 'open' : 'closed' });
    set({ snippetPane, paneTakesFocus: snippetPane });
  };
  return {
    ...fitting(preferences),
    overlay: undefined,
    toggleSidebar() {
      const sidebarFolded = !get().sidebarFolded;
      if (!narrow.matches) uses().preferences.keep({ sidebar: sidebarFolded ? 'folded' : 'unfolded' });
      set({ sidebarFolded });
    },
    toggleSnippetPane() {
      if (hasContext(uses().route.current.screen)) setPane(!get().snippetPane);
    },
    openSnippetPane: () => get().snippetPane || setPane(true),
    openOverlay: (overlay) => set({ overlay }),
    start: () => narrow.addEventListener('change', () => set(fitting(uses().preferences.kept))),
    vaultLocked: () => set({ overlay: undefined }),
  };
};
