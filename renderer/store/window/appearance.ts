import { type Preferences, preferencesShape } from '../../../preload/contract/preferences.ts';
import type { MakeSlice } from '../slice.ts';

export const themes = preferencesShape.theme.options;
export type Theme = (typeof themes)[number];

/** The theme that this browser showed last: the page has it before Keyfob answers. */
const shownKey = 'keyfob.shown';

/** How the window looks. */
export interface AppearanceSlice {
  /** What was chosen. */
  readonly theme: Theme;
  /** What that comes to on this system right now. */
  readonly shown: Exclude<Theme, 'system'>;
  choose(theme: Theme): void;
  /** Another window chose. */
  follow(preferences: Preferences): void;
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

export const appearanceSlice: MakeSlice<AppearanceSlice> = ({ get, set, preferences }) => {
  const show = (theme: Theme = 'system') => {
    const shown = shownOf(theme);
    document.documentElement.dataset.theme = shown;
    localStorage.setItem(shownKey, shown);
    return { theme, shown };
  };
  return {
    ...show(preferences.theme),
    choose(theme) {
      get().preferences.keep({ theme });
      set(show(theme));
    },
    follow: ({ theme }) => set(show(theme)),
    systemChanged: () => set(show(get().appearance.theme)),
  };
};

/** Shows the theme that was shown last, so that the first paint has its colors. */
export function showLastTheme(): void {
  const shown = localStorage.getItem(shownKey);
  if (shown !== null) document.documentElement.dataset.theme = shown;
}

/** Follows the system's theme until the function returned is called. */
export function watchSystemTheme(changed: () => void): () => void {
  dark.addEventListener('change', changed);
  contrast.addEventListener('change', changed);
  return () => {
    dark.removeEventListener('change', changed);
    contrast.removeEventListener('change', changed);
  };
}
