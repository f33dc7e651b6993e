import { remember, remembered } from './remembered.ts';
import type { MakeSlice } from './slice.ts';

export const themes = ['system', 'light', 'dark', 'contrast'] as const;
export type Theme = (typeof themes)[number];

/** How the window looks. */
export interface AppearanceSlice {
  /** What was chosen. */
  readonly theme: Theme;
  /** What that comes to on this system right now. */
  readonly shown: Exclude<Theme, 'system'>;
  choose(theme: Theme): void;
  /** The system's own theme changed. */
  systemChanged(): void;
}

const dark = matchMedia('(prefers-color-scheme: dark)');
const contrast = matchMedia('(prefers-contrast: more)');

function shownOf(theme: Theme): AppearanceSlice['shown'] {
  if (theme !== 'system') return theme;
  if (contrast.matches) return 'contrast';
  return dark.matches ? 'dark' : 'light';
}

export const appearanceSlice: MakeSlice<AppearanceSlice> = ({ get, set }) => {
  const show = (theme: Theme) => {
    const shown = shownOf(theme);
    document.documentElement.dataset.theme = shown;
    return { theme, shown };
  };
  return {
    ...show(remembered('theme', themes, 'system')),
    choose(theme) {
      remember('theme', theme);
      set(show(theme));
    },
    systemChanged: () => set(show(get().appearance.theme)),
  };
};

/** Follows the system's theme until the function returned is called. */
export function watchSystemTheme(changed: () => void): () => void {
  dark.addEventListener('change', changed);
  contrast.addEventListener('change', changed);
  return () => {
    dark.removeEventListener('change', changed);
    contrast.removeEventListener('change', changed);
  };
}
