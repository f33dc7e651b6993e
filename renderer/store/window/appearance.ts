import { type Preferences, preferencesShape } from '../../../preload/contract/preferences.ts';
import type { MakeSlice } from '../core/slice.ts';
import type { UsesPreferences } from './preferences.ts';

export const themes = preferencesShape.theme.options;
export type Theme = (typeof themes)[number];

/** Where this browser keeps the last theme. The page needs it before Keyfob answers. */
const shownKey = 'keyfob.shown';

/** How the window looks. */
export interface AppearanceSlice {
  /** The chosen theme. */
  readonly theme: Theme;
  /** The shown theme: `system` resolved to the theme of the system. */
  readonly shown: Exclude<Theme, 'system'>;
  choose(theme: Theme): void;
  /** Takes the theme that another window chose. */
  follow(preferences: Preferences): void;
}

const dark = matchMedia('(prefers-color-scheme: dark)');
const contrast = matchMedia('(prefers-contrast: more)');

function shownOf(theme: Theme): AppearanceSlice['shown'] {
  if (theme !== 'system') return theme;
  if (contrast.matches) return 'contrast';
  return dark.matches ? 'dark' : 'light';
}

export const appearanceSlice: MakeSlice<AppearanceSlice, UsesPreferences> = ({ get, set, uses, preferences }) => {
  const show = (theme: Theme = 'system') => {
    const shown = shownOf(theme);
    document.documentElement.dataset.theme = shown;
    localStorage.setItem(shownKey, shown);
    return { theme, shown };
  };
  return {
    ...show(preferences.theme),
    choose(theme) {
      uses().preferences.keep({ theme });
      set(show(theme));
    },
    follow: ({ theme }) => set(show(theme)),
    start() {
      for (const query of [dark, contrast]) query.addEventListener('change', () => set(show(get().theme)));
    },
  };
};

/** Shows the last theme, so that the first paint has its colors. */
export function showLastTheme(): void {
  const shown = localStorage.getItem(shownKey);
  if (shown !== null) document.documentElement.dataset.theme = shown;
}
