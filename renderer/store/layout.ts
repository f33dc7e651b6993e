import { remember, remembered } from './remembered.ts';
import type { MakeSlice } from './slice.ts';

/** What is open beside and above the screen. */
export interface LayoutSlice {
  readonly snippetPane: boolean;
  readonly overlay: 'palette' | 'shortcuts' | undefined;
  toggleSnippetPane(): void;
  openOverlay(overlay: LayoutSlice['overlay']): void;
}

export const layoutSlice: MakeSlice<LayoutSlice> = ({ get, set }) => ({
  snippetPane: remembered('snippetPane', ['open', 'closed'], 'open') === 'open',
  overlay: undefined,
  toggleSnippetPane() {
    const snippetPane = !get().layout.snippetPane;
    remember('snippetPane', snippetPane ? 'open' : 'closed');
    set({ snippetPane });
  },
  openOverlay: (overlay) => set({ overlay }),
});
