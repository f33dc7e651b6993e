import { Menu, type MenuItemConstructorOptions, Tray } from 'electron';
import type { EndpointStatus } from '../../preload/contract/endpoint.ts';
import type { VaultStatus } from '../../preload/contract/vault.ts';
import { trayIcon } from './icons.ts';

/** The state that the tray shows. */
export interface TrayState {
  readonly endpoint: Pick<EndpointStatus, 'running' | 'port'>;
  readonly vault: VaultStatus['state'];
  /** The device with the newest token, if there is one and the vault is unlocked. */
  readonly lastDevice: string | undefined;
}

/** The actions of the tray's menu. */
export interface TrayActions {
  readonly show: () => void;
  readonly startEndpoint: () => void;
  readonly stopEndpoint: () => void;
  readonly lock: () => void;
  readonly copyLastDeviceToken: () => void;
  readonly quit: () => void;
}

const vaultWords = { none: 'no vault yet', locked: 'locked', unlocked: 'unlocked' };

/** The state in one line. */
export const trayLine = ({ endpoint, vault }: TrayState): string =>
  `Keyfob: ${endpoint.running ? `endpoint on ${endpoint.port}` : 'endpoint stopped'}, ${vaultWords[vault]}`;

/** The menu of the tray icon. */
export function trayTemplate(state: TrayState, actions: TrayActions): MenuItemConstructorOptions[] {
  const { endpoint, vault, lastDevice } = state;
  const open = vault === 'unlocked';
  return [
    { label: trayLine(state), enabled: false },
    { type: 'separator' },
    { label: 'Show Keyfob', click: actions.show },
    endpoint.running
      ? { label: 'Stop the endpoint', enabled: open, click: actions.stopEndpoint }
      : { label: 'Start the endpoint', enabled: open, click: actions.startEndpoint },
    {
      label: lastDevice === undefined ? 'Copy the last device token' : `Copy the token of ${lastDevice}`,
      enabled: lastDevice !== undefined,
      click: actions.copyLastDeviceToken,
    },
    { label: 'Lock the vault', enabled: open, click: actions.lock },
    { type: 'separator' },
    { label: 'Quit', click: actions.quit },
  ];
}

export interface KeyfobTray {
  update(state: TrayState): void;
  remove(): void;
}

/** Puts Keyfob into the tray. A click shows the window; on a Mac it opens the menu. */
export function createTray(actions: TrayActions, platform: NodeJS.Platform): KeyfobTray {
  const tray = new Tray(trayIcon(platform));
  if (platform !== 'darwin') tray.on('click', actions.show);
  return {
    update(state) {
      tray.setToolTip(trayLine(state));
      tray.setContextMenu(Menu.buildFromTemplate(trayTemplate(state, actions)));
    },
    remove: () => tray.destroy(),
  };
}
