/** An action of the whole window that has keys. The store's keymap holds its current keys. */
export interface Shortcut {
  /**
   * The default keys (`$mod`: Ctrl, or Cmd on a Mac). A second way is for browsers that reserve the first.
   */
  readonly usual: readonly string[];
  readonly label: string;
}

/** Alt and a digit open a screen, in the order of the side bar. */
const goTo = (digit: number, label: string): Shortcut => ({ usual: [`Alt+Digit${digit}`], label });

/** The shortcuts of the window, in the order of the shortcut sheet. Actions of the screen come first. */
export const shortcuts = {
  main: { usual: ['$mod+Enter'], label: 'Primary action' },
  new: { usual: ['$mod+KeyN', 'Alt+KeyN'], label: 'New' },
  edit: { usual: ['F2'], label: 'Edit' },
  filter: { usual: ['$mod+KeyF'], label: 'Filter the list' },
  copyToken: { usual: ['$mod+Shift+KeyC'], label: 'Copy the token' },
  revoke: { usual: ['$mod+Shift+Backspace'], label: 'Revoke' },
  keyType: { usual: ['$mod+KeyE'], label: 'Switch between Production and Sandbox' },
  run: { usual: ['$mod+Shift+Enter'], label: 'Run the call of the snippet pane' },
  verify: { usual: ['Alt+KeyV'], label: 'Verify all device tokens' },
  palette: { usual: ['$mod+KeyK', '$mod+KeyP'], label: 'Command palette' },
  shortcuts: { usual: ['$mod+Slash'], label: 'Shortcuts' },
  sidebar: { usual: ['$mod+KeyB'], label: 'Collapse or expand the side bar' },
  snippetPane: { usual: ['$mod+Shift+KeyG'], label: 'Show or hide the snippet pane' },
  present: { usual: ['$mod+Shift+KeyH'], label: 'Hide secrets (presentation mode)' },
  settings: { usual: ['$mod+Comma'], label: 'Settings' },
  realTime: { usual: ['Alt+Digit0'], label: 'Back to real time' },
  lock: { usual: ['$mod+KeyL'], label: 'Lock the vault' },
  applications: goTo(1, 'Go to applications'),
  devices: goTo(2, 'Go to device tokens'),
  tokens: goTo(3, 'Go to tokens'),
  users: goTo(4, 'Go to users'),
  scopes: goTo(5, 'Go to scopes'),
  endpoint: goTo(6, 'Go to endpoint'),
  apis: goTo(7, 'Go to APIs'),
  requests: goTo(8, 'Go to requests'),
} as const satisfies Readonly<Record<string, Shortcut>>;

export type ShortcutName = keyof typeof shortcuts;

/** Actions of the current screen, keys that open a screen, and actions of the whole window. */
export const commandNames = [
  'main',
  'new',
  'edit',
  'filter',
  'copyToken',
  'revoke',
  'keyType',
  'run',
  'verify',
] as const;
export const screenNames = [
  'applications',
  'devices',
  'tokens',
  'users',
  'scopes',
  'endpoint',
  'apis',
  'requests',
] as const;
export const windowNames = [
  'palette',
  'shortcuts',
  'sidebar',
  'snippetPane',
  'present',
  'settings',
  'realTime',
  'lock',
] as const;

export const shortcutNames: readonly ShortcutName[] = [...commandNames, ...windowNames, ...screenNames];
