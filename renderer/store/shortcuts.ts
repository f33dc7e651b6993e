import type { Keyfob } from './context.ts';
import { asKeyfobError } from './resource.ts';
import type { Screen } from './route.ts';

/** A key of the whole window: what it does, and how it is pressed (`$mod`: Ctrl, or Cmd on a Mac). */
export interface Shortcut {
  readonly keys: string;
  /** A second way, where browsers keep the first for themselves. */
  readonly otherKeys?: string;
  readonly label: string;
  run(keyfob: Keyfob): void;
}

const screens: readonly { readonly screen: Screen; readonly label: string }[] = [
  { screen: 'applications', label: 'Go to applications' },
  { screen: 'devices', label: 'Go to device tokens' },
  { screen: 'tokens', label: 'Go to tokens' },
  { screen: 'users', label: 'Go to users' },
  { screen: 'scopes', label: 'Go to scopes' },
  { screen: 'endpoint', label: 'Go to endpoint' },
];

function lock({ host, store }: Keyfob): void {
  host.call('vault.lock', {}).catch((error: unknown) => {
    const detail = asKeyfobError(error).message;
    store.getState().toasts.show({ tone: 'danger', title: 'The vault was not locked.', detail });
  });
}

const toggle =
  (overlay: 'palette' | 'shortcuts') =>
  ({ store }: Keyfob): void => {
    const { layout } = store.getState();
    layout.openOverlay(layout.overlay === overlay ? undefined : overlay);
  };

/** The keys of the window, in the order of the shortcut sheet. What a screen offers itself comes first. */
export const shortcuts = {
  main: {
    keys: '$mod+Enter',
    label: 'Do the main thing of the screen',
    run: ({ store }) => void store.getState().commands.run('main'),
  },
  new: {
    keys: '$mod+KeyN',
    otherKeys: 'Alt+KeyN',
    label: 'New',
    run: ({ store }) => void store.getState().commands.run('new'),
  },
  edit: {
    keys: 'F2',
    label: 'Edit',
    run: ({ store }) => void store.getState().commands.run('edit'),
  },
  filter: {
    keys: '$mod+KeyF',
    label: 'Filter the list',
    run: ({ store }) => void store.getState().commands.run('filter'),
  },
  copyToken: {
    keys: '$mod+Shift+KeyC',
    label: 'Copy the token',
    run: ({ store }) => void store.getState().commands.run('copyToken'),
  },
  keyType: {
    keys: '$mod+KeyE',
    label: 'Switch between Production and Sandbox',
    run: ({ store }) => void store.getState().commands.run('keyType'),
  },
  palette: {
    keys: '$mod+KeyK',
    otherKeys: '$mod+KeyP',
    label: 'Command palette',
    run: toggle('palette'),
  },
  shortcuts: {
    keys: '$mod+Slash',
    label: 'Shortcuts',
    run: toggle('shortcuts'),
  },
  sidebar: {
    keys: '$mod+KeyB',
    label: 'Fold or unfold the side bar',
    run: ({ store }) => store.getState().layout.toggleSidebar(),
  },
  snippetPane: {
    keys: '$mod+Shift+KeyG',
    label: 'Show or hide the snippet pane',
    run: ({ store }) => store.getState().layout.toggleSnippetPane(),
  },
  present: {
    keys: '$mod+Shift+KeyH',
    label: 'Presenting: hide all secrets',
    run: ({ store }) => store.getState().presenting.toggle(),
  },
  settings: {
    keys: '$mod+Comma',
    label: 'Settings',
    run: ({ store }) => store.getState().route.go({ screen: 'settings' }),
  },
  lock: { keys: '$mod+KeyL', label: 'Lock the vault', run: lock },
} as const satisfies Readonly<Record<string, Shortcut>>;

/** Keys that mean something on the screen that is shown. */
export const commandNames = ['main', 'new', 'edit', 'filter', 'copyToken', 'keyType'] as const;

/** Alt and a digit go to the screens, in the order of the sidebar. */
export const screenShortcuts: readonly (Shortcut & { readonly screen: Screen })[] = screens.map(
  ({ screen, label }, index) => ({
    screen,
    keys: `Alt+Digit${index + 1}`,
    label,
    run: ({ store }) => store.getState().route.go({ screen } as { screen: Screen }),
  }),
);

/** A shortcut as it is written for people, with Mod for Ctrl or Cmd: `Mod+Shift+G`. */
export const shownKeys = (keys: string): string =>
  keys
    .replace('$mod', 'Mod')
    .replace(/(Key|Digit)(?=.$)/, '')
    .replace('Slash', '/')
    .replace('Comma', ',');
