import { Menu, type MenuItemConstructorOptions } from 'electron';
import type { MenuGroup } from '../../preload/contract/window.ts';
import { openLink } from './security/externalLinks.ts';

export interface MenuParts {
  readonly platform: NodeJS.Platform;
  /** Whether this is an installed build, whose menu has no developer tools. */
  readonly packaged: boolean;
  /** The user chose an action of the page. */
  readonly onChosen: (id: string) => void;
  readonly onError: (error: unknown) => void;
}

const standards = [
  { label: 'OAuth 2.0 (RFC 6749)', address: 'https://www.rfc-editor.org/rfc/rfc6749' },
  { label: 'Token Revocation (RFC 7009)', address: 'https://www.rfc-editor.org/rfc/rfc7009' },
  { label: 'Token Introspection (RFC 7662)', address: 'https://www.rfc-editor.org/rfc/rfc7662' },
];

/** Electron's notation of a shortcut. */
const acceleratorOf = (keys: string): string => keys.replace('Mod+', 'CmdOrCtrl+');

/** The menu: the page's actions in their groups, between the system's usual menus. */
export function menuTemplate(groups: readonly MenuGroup[], parts: MenuParts): MenuItemConstructorOptions[] {
  const { platform, packaged, onChosen, onError } = parts;
  const actions = groups.map(
    ({ heading, actions }): MenuItemConstructorOptions => ({
      label: heading,
      submenu: actions.map(({ id, label, keys }) => ({
        id,
        label,
        click: () => onChosen(id),
        // The menu only shows the keys. The page handles them, because their meaning depends on its state.
        ...(keys !== undefined && { accelerator: acceleratorOf(keys), registerAccelerator: false }),
      })),
    }),
  );
  const view: MenuItemConstructorOptions[] = [
    { role: 'resetZoom' },
    { role: 'zoomIn' },
    { role: 'zoomOut' },
    { type: 'separator' },
    { role: 'togglefullscreen' },
    ...(packaged ? [] : ([{ type: 'separator' }, { role: 'reload' }, { role: 'toggleDevTools' }] as const)),
  ];
  return [
    platform === 'darwin' ? { role: 'appMenu' } : { label: 'File', submenu: [{ role: 'close' }, { role: 'quit' }] },
    { role: 'editMenu' },
    ...actions,
    { label: 'View', submenu: view },
    { role: 'windowMenu' },
    {
      role: 'help',
      submenu: standards.map(({ label, address }) => ({ label, click: () => openLink(address).catch(onError) })),
    },
  ];
}

/** Shows the menu with these actions of the page. */
export function showMenu(groups: readonly MenuGroup[], parts: MenuParts): void {
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(groups, parts)));
}
