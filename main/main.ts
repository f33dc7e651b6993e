import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type BrowserWindow, app as electron, session } from 'electron';
import { KeyfobError } from '../preload/contract/errors.ts';
import type { MenuGroup } from '../preload/contract/window.ts';
import type { App } from './app/app.ts';
import { createWindowFiles } from './page/files.ts';
import { windowFolder } from './page/folder.ts';
import { dataFolder } from './platform/folders.ts';
import { showsTray } from './platform/machine/trayHost.ts';
import { logError } from './system/logError.ts';
import { openPrivateFolder } from './system/privateFolder.ts';
import { sendToPage, startIpc } from './transport/ipc.ts';
import { createSecretClipboard, type SecretClipboard } from './window/clipboard.ts';
import { showError } from './window/errorBox.ts';
import { copiesOnlyWithFocus, hasFocusSoon } from './window/focus.ts';
import { askAboutOwner } from './window/folderOwnedDialog.ts';
import { showMenu } from './window/menu.ts';
import { registerScheme, servePages } from './window/pages.ts';
import { type Quitting, quitCleanly } from './window/quitting.ts';
import { watchScreenLock } from './window/screenLock.ts';
import { canProtectContent, protectContent } from './window/security/contentProtection.ts';
import { keepOffline } from './window/security/network.ts';
import { applySecurityRules } from './window/security/rules.ts';
import { createSenderCheck } from './window/security/sender.ts';
import { claimSingleInstance } from './window/singleInstance.ts';
import { createTray, type TrayActions } from './window/tray.ts';
import { bringToFront, createWindow } from './window/window.ts';

// Without this listener and the fuse against it, this signal opens Node's debugger to every user of the machine.
process.on('SIGUSR1', () => {});

const { platform } = process;

const messageOf = (error: unknown): string =>
  error instanceof KeyfobError ? error.message : 'Unexpected error; please report it.';

/** Copies the newest device token. Brings the window to the front first where only the focused window can copy. */
async function copyLastDeviceToken(app: App, window: BrowserWindow, clipboard: SecretClipboard): Promise<void> {
  const { revealLastDeviceToken } = await import('./desktop/trayState.ts');
  const value = await revealLastDeviceToken(app);
  if (value === undefined) return;
  if (copiesOnlyWithFocus(platform, process.env, electron.commandLine.getSwitchValue('ozone-platform'))) {
    bringToFront(window);
    if (!(await hasFocusSoon(window))) {
      return showError('Token not copied', 'On this system only the focused window can copy. Copy the token there.');
    }
  }
  await clipboard.copy(value, true);
}

/** Open resources. They are closed in reverse order, however the program ends. */
const opened = new AsyncDisposableStack();

/** Puts Keyfob into the tray and keeps its state current. */
async function startTray(app: App, actions: TrayActions): Promise<void> {
  const { readTrayState, watchTrayState } = await import('./desktop/trayState.ts');
  const tray = createTray(actions, platform);
  opened.defer(tray.remove);
  const update = () => {
    readTrayState(app).then(tray.update).catch(logError);
  };
  opened.defer(watchTrayState(app, update));
  update();
}

/** Shows the window of an app. */
async function show(app: App, folder: string, quitting: Quitting): Promise<BrowserWindow> {
  const { createPageDispatch } = await import('./desktop/pageDispatch.ts');
  const { serveOtherClients, serveWhileUnlocked } = await import('./desktop/serveOtherClients.ts');

  const clipboard = createSecretClipboard(logError);
  opened.defer(clipboard.clear);
  const [others, hasTray] = await Promise.all([serveOtherClients(app, folder), showsTray(platform)]);
  opened.defer(others.close);

  const menu = (groups: readonly MenuGroup[]) =>
    showMenu(groups, {
      platform,
      packaged: electron.isPackaged,
      onChosen: (id) => sendToPage(window.webContents, { kind: 'chosen', news: { id } }),
      onError: logError,
    });
  const dispatch = createPageDispatch(app.dispatch, {
    can: {
      nativeMenu: true,
      tray: hasTray,
      contentProtection: canProtectContent(platform),
      screenLock: platform !== 'linux',
    },
    clipboard,
    showMenu: menu,
    onError: logError,
  });
  const ipc = startIpc({
    dispatch,
    subscribe: app.events.onAny,
    isOurs: createSenderCheck(() => window.webContents),
  });
  opened.defer(ipc.close);
  menu([]);
  const window = createWindow({
    placementFile: join(folder, 'window.json'),
    staysWhenClosed: () => !quitting.begun && (platform === 'darwin' || (hasTray && app.settings().runInTray)),
    onNotLoaded(error) {
      logError(error);
      showError('Cannot show the window', 'Its page did not load. Reinstall or rebuild Keyfob.');
      electron.quit();
    },
  });
  ipc.attach(window.webContents);
  serveWhileUnlocked(app);

  const quietly = (done: Promise<unknown>) => {
    done.catch(logError);
  };
  const lock = () => {
    if (app.vault.status().state === 'unlocked') quietly(app.call('vault.lock', {}));
  };
  watchScreenLock(app.screenLocked, platform);
  protectContent(window, app.settings().protectContent, platform);
  app.events.onAny((name) => {
    if (name === 'settings.changed') protectContent(window, app.settings().protectContent, platform);
  });

  const actions = {
    show: () => bringToFront(window),
    startEndpoint() {
      app.endpoint.start({}).catch((error: unknown) => showError('Endpoint not started', messageOf(error)));
    },
    stopEndpoint: () => quietly(app.call('endpoint.stop', {})),
    lock,
    copyLastDeviceToken: () => quietly(copyLastDeviceToken(app, window, clipboard)),
    quit: () => electron.quit(),
  };
  if (hasTray) await startTray(app, actions);
  return window;
}

async function run(folder: string): Promise<BrowserWindow | undefined> {
  let app: App | undefined;
  applySecurityRules(session.defaultSession, {
    authorizeUrl: () => app?.endpoint.status().authorizeUrl,
    onError: logError,
  });
  servePages(session.defaultSession, createWindowFiles(windowFolder(), 'desktop.html'));
  const { openDataFolder } = await import('./desktop/openDataFolder.ts');
  const sandbox = electron.commandLine.hasSwitch('no-sandbox') ? 'off' : 'on';
  const quitting = quitCleanly(() => opened.disposeAsync(), logError);
  app = await openDataFolder({ folder, what: 'the Keyfob window', sandbox, onLost: fail }, askAboutOwner);
  if (app === undefined) return undefined;
  opened.defer(app.close);
  return await show(app, folder, quitting);
}

/** Time to close open resources after a failure. Answered requests are on disk already, so a later exit loses nothing. */
const closingMs = 2000;

function fail(error: unknown): void {
  if (!(error instanceof KeyfobError)) logError(error);
  showError('Keyfob has to quit', messageOf(error));
  Promise.race([opened.disposeAsync().catch(logError), delay(closingMs)]).finally(() => electron.exit(1));
}

// Electron's own box would show the error's message, which may quote a secret.
process.on('uncaughtException', fail);

const folder = dataFolder(process.env, platform);
let shown: BrowserWindow | undefined;
const toFront = () => {
  if (shown !== undefined) bringToFront(shown);
};

function start(): void {
  openPrivateFolder(folder);
  electron.setName('Keyfob');
  // The installer's shortcuts have the same id, so the taskbar groups them with the window.
  if (platform === 'win32') electron.setAppUserModelId('app.keyfob.desktop');
  const chromiumFolder = join(folder, 'chromium');
  mkdirSync(chromiumFolder, { recursive: true, mode: 0o700 });
  electron.setPath('userData', chromiumFolder);
  registerScheme();
  keepOffline();
  if (!claimSingleInstance(toFront)) {
    electron.quit();
    return;
  }
  electron.on('activate', toFront);
  electron
    .whenReady()
    .then(() => run(folder))
    .then((window) => {
      shown = window;
      if (window === undefined) electron.quit();
    })
    .catch(fail);
}

try {
  start();
} catch (error) {
  fail(error);
}
