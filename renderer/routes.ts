import { type Lazy, lazy } from './lazy.tsx';
import type { Screen } from './store/window/route.ts';

export interface ScreenEntry {
  readonly title: string;
  readonly Component: Lazy<object>;
}

/** The screens, each loaded when it is first shown. */
export const screens: Readonly<Record<Screen, ScreenEntry>> = {
  applications: {
    title: 'Applications',
    Component: lazy(async () => ({
      default: (await import('./features/applications/ApplicationsScreen.tsx')).ApplicationsScreen,
    })),
  },
  devices: {
    title: 'Device tokens',
    Component: lazy(async () => ({ default: (await import('./features/devices/DevicesScreen.tsx')).DevicesScreen })),
  },
  tokens: {
    title: 'Tokens',
    Component: lazy(async () => ({ default: (await import('./features/tokens/TokensScreen.tsx')).TokensScreen })),
  },
  users: {
    title: 'Users',
    Component: lazy(async () => ({ default: (await import('./features/users/UsersScreen.tsx')).UsersScreen })),
  },
  scopes: {
    title: 'Scopes',
    Component: lazy(async () => ({ default: (await import('./features/scopes/ScopesScreen.tsx')).ScopesScreen })),
  },
  endpoint: {
    title: 'Endpoint',
    Component: lazy(async () => ({ default: (await import('./features/endpoint/EndpointScreen.tsx')).EndpointScreen })),
  },
  settings: {
    title: 'Settings',
    Component: lazy(async () => ({ default: (await import('./features/settings/SettingsScreen.tsx')).SettingsScreen })),
  },
};

/** What is shown instead of the screens while there is no open vault. */
export const FirstStartScreen = lazy(async () => ({
  default: (await import('./features/firstStart/FirstStartScreen.tsx')).FirstStartScreen,
}));
export const UnlockScreen = lazy(async () => ({
  default: (await import('./features/vault/UnlockScreen.tsx')).UnlockScreen,
}));
/** Above the screens that work with the context of the window. */
export const ContextBar = lazy(async () => ({
  default: (await import('./features/context/ContextBar.tsx')).ContextBar,
}));
/** Beside the same screens. */
export const SnippetPane = lazy(async () => ({
  default: (await import('./features/snippets/SnippetPane.tsx')).SnippetPane,
}));
/** Above every screen, while a value is shown this once. */
export const ShownOnce = lazy(async () => ({ default: (await import('./features/issued/ShownOnce.tsx')).ShownOnce }));
/** Above every screen. */
export const Palette = lazy(async () => ({ default: (await import('./features/palette/Palette.tsx')).Palette }));
/** Shows nothing in the page. */
export const NativeMenu = lazy(async () => ({
  default: (await import('./features/palette/NativeMenu.tsx')).NativeMenu,
}));
export const ShortcutSheet = lazy(async () => ({
  default: (await import('./features/palette/ShortcutSheet.tsx')).ShortcutSheet,
}));

/** Fetches ahead what one can get to from anywhere: what is typed right after its keys is not lost, and no screen waits. */
export async function loadAhead(): Promise<void> {
  await Promise.all([ContextBar, Palette, ShortcutSheet, ShownOnce, SnippetPane].map(({ load }) => load()));
  for (const { Component } of Object.values(screens)) await Component.load();
}
