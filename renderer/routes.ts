import { type Lazy, lazy } from './lazy.tsx';
import type { Screen } from './store/window/route.ts';

export interface ScreenEntry {
  readonly title: string;
  readonly Component: Lazy<object>;
}

/** The screens. Each is loaded when it is first shown. */
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
  apis: {
    title: 'APIs',
    Component: lazy(async () => ({ default: (await import('./features/apis/ApisScreen.tsx')).ApisScreen })),
  },
  requests: {
    title: 'Requests',
    Component: lazy(async () => ({ default: (await import('./features/requests/RequestsScreen.tsx')).RequestsScreen })),
  },
  settings: {
    title: 'Settings',
    Component: lazy(async () => ({ default: (await import('./features/settings/SettingsScreen.tsx')).SettingsScreen })),
  },
};

/** Shown instead of the screens while no vault is open. */
export const FirstStartScreen = lazy(async () => ({
  default: (await import('./features/firstStart/FirstStartScreen.tsx')).FirstStartScreen,
}));
export const UnlockScreen = lazy(async () => ({
  default: (await import('./features/vault/UnlockScreen.tsx')).UnlockScreen,
}));
/** Above the screens that use the context. */
export const ContextBar = lazy(async () => ({
  default: (await import('./features/context/ContextBar.tsx')).ContextBar,
}));
/** Next to the same screens. */
export const SnippetPane = lazy(async () => ({
  default: (await import('./features/snippets/SnippetPane.tsx')).SnippetPane,
}));
/** Above every screen, while values are shown once. */
export const ShownOnce = lazy(async () => ({ default: (await import('./features/issued/ShownOnce.tsx')).ShownOnce }));
/** Above every screen, while a token's QR code is shown. */
export const QrDialog = lazy(async () => ({ default: (await import('./features/issued/QrDialog.tsx')).QrDialog }));
/** Above every screen. */
export const Palette = lazy(async () => ({ default: (await import('./features/palette/Palette.tsx')).Palette }));
/** Renders nothing in the page. */
export const NativeMenu = lazy(async () => ({
  default: (await import('./features/palette/NativeMenu.tsx')).NativeMenu,
}));
export const ShortcutSheet = lazy(async () => ({
  default: (await import('./features/palette/ShortcutSheet.tsx')).ShortcutSheet,
}));

/**
 * Loads ahead the parts that are reachable from everywhere. Text typed right after their shortcuts is not lost, and no
 * screen waits.
 */
export async function loadAhead(): Promise<void> {
  await Promise.all([ContextBar, Palette, QrDialog, ShortcutSheet, ShownOnce, SnippetPane].map(({ load }) => load()));
  for (const { Component } of Object.values(screens)) await Component.load();
}
