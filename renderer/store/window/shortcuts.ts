import type { Keyfob } from '../context.ts';
import { asKeyfobError } from '../resource.ts';
import type { Screen } from './route.ts';

/** Something that the whole window has keys for. Which they are now, the store's keymap says. */
export interface Shortcut {
  /**
   * How it is pressed unless somebody chose otherwise (`$mod`: Ctrl, or Cmd on a Mac). A second way is for where browsers keep
   * the first for themselves.
   */
  readonly usual: readonly string[];
  readonly label: string;
  run(keyfob: Keyfob): void;
}

/** Alt and a digit go to the screens, in the order of the side bar. */
const goTo = (screen: Screen, digit: number, label: string): Shortcut => ({
  usual: [`Alt+Digit${digit}`],
  label,
  run: ({ store }) => store.getState().route.go({ screen } as { screen: Screen }),
});

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

/** What the window has keys for, in the order of the shortcut sheet. What a screen offers itself comes first. */
export const shortcuts = {
  main: {
    usual: ['$mod+Enter'],
    label: 'Primary action',
    run: ({ store }) => void store.getState().commands.run('main'),
  },
  new: {
    usual: ['$mod+KeyN', 'Alt+KeyN'],
    label: 'New',
    run: ({ store }) => void store.getState().commands.run('new'),
  },
  edit: {
    usual: ['F2'],
    label: 'Edit',
    run: ({ store }) => void store.getState().commands.run('edit'),
  },
  filter: {
    usual: ['$mod+KeyF'],
    label: 'Filter the list',
    run: ({ store }) => void store.getState().commands.run('filter'),
  },
  copyToken: {
    usual: ['$mod+Shift+KeyC'],
    label: 'Copy the token',
    run: ({ store }) => void store.getState().commands.run('copyToken'),
  },
  keyType: {
    usual: ['$mod+KeyE'],
    label: 'Switch between Production and Sandbox',
    run: ({ store }) => void store.getState().commands.run('keyType'),
  },
  palette: {
    usual: ['$mod+KeyK', '$mod+KeyP'],
    label: 'Command palette',
    run: toggle('palette'),
  },
  shortcuts: {
    usual: ['$mod+Slash'],
    label: 'Shortcuts',
    run: toggle('shortcuts'),
  },
  sidebar: {
    usual: ['$mod+KeyB'],
    label: 'Collapse or expand the side bar',
    run: ({ store }) => store.getState().layout.toggleSidebar(),
  },
  snippetPane: {
    usual: ['$mod+Shift+KeyG'],
    label: 'Show or hide the snippet pane',
    run: ({ store }) => store.getState().layout.toggleSnippetPane(),
  },
  present: {
    usual: ['$mod+Shift+KeyH'],
    label: 'Hide secrets (presentation mode)',
    run: ({ store }) => store.getState().presenting.toggle(),
  },
  settings: {
    usual: ['$mod+Comma'],
    label: 'Settings',
    run: ({ store }) => store.getState().route.go({ screen: 'settings' }),
  },
  lock: { usual: ['$mod+KeyL'], label: 'Lock the vault', run: lock },
  applications: goTo('applications', 1, 'Go to applications'),
  devices: goTo('devices', 2, 'Go to device tokens'),
  tokens: goTo('tokens', 3, 'Go to tokens'),
  users: goTo('users', 4, 'Go to users'),
  scopes: goTo('scopes', 5, 'Go to scopes'),
  endpoint: goTo('endpoint', 6, 'Go to endpoint'),
} as const satisfies Readonly<Record<string, Shortcut>>;

export type ShortcutName = keyof typeof shortcuts;

/** What means something on the screen that is shown; what goes to a screen; and all else. */
export const commandNames = ['main', 'new', 'edit', 'filter', 'copyToken', 'keyType'] as const;
export const screenNames = ['applications', 'devices', 'tokens', 'users', 'scopes', 'endpoint'] as const;
export const windowNames = ['palette', 'shortcuts', 'sidebar', 'snippetPane', 'present', 'settings', 'lock'] as const;

export const shortcutNames: readonly ShortcutName[] = [...commandNames, ...windowNames, ...screenNames];
