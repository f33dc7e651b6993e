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
import { showsTray } from './platform/trayHost.ts';
import { logError } from './system/logError.ts';
import { openPrivateFolder } from './system/privateFolder.ts';
import { sendToPage, startIpc } from './transport/ipc.ts';
import { createSecretClipboard, type SecretClipboard } from './window/clipboard.ts';
import { canProtectContent, protectContent } from './window/contentProtection.ts';
import { tellFailure } from './window/errorBox.ts';
import { copiesOnlyWithFocus, hasFocusSoon } from './window/focus.ts';
import { tellOwned } from './window/folderOwnedDialog.ts';
import { showMenu } from './window/menu.ts';
import { keepOffline } from './window/network.ts';
import { registerScheme, servePages } from './window/pages.ts';
import { type Quitting, quitCleanly } from './window/quitting.ts';
import { watchScreenLock } from './window/screenLock.ts';
import { layRules } from './window/securityRules.ts';
import { createSenderCheck } from './window/sender.ts';
import { claimSingleInstance } from './window/singleInstance.ts';
import { createTray, type TrayActions } from './window/tray.ts';
import { bringToFront, createWindow } from './window/window.ts';

// Else this signal opens Node's debugger to every user of the machine, where the fuse that forbids it is not set.
process.on('SIGUSR1', () => {});

const { platform } = process;

const wordsOf = (error: unknown): string =>
  error instanceof KeyfobError ? error.message : 'It met a fault that it did not foresee; please report it.';

/** Copies the value of the token that a device got last; where only the window in front may copy, brings it there. */
async function copyLastDeviceToken(app: App, window: BrowserWindow, clipboard: SecretClipboard): Promise<void> {
  const { revealLastDeviceToken } = await import('./desktop/trayFacts.ts');
  const value = await revealLastDeviceToken(app);
  if (value === undefined) return;
  if (copiesOnlyWithFocus(platform, process.env, electron.commandLine.getSwitchValue('ozone-platform'))) {
    bringToFront(window);
    if (!(await hasFocusSoon(window))) {
      return tellFailure('The token was not copied', 'Only the window in front may copy here. Copy the token in it.');
    }
  }
  await clipboard.copy(value, true);
}

/** What was opened, to be closed in reverse however the program ends. */
const opened = new AsyncDisposableStack();

/** Puts Keyfob into the tray, and keeps what it tells up to date. */
async function startTray(app: App, actions: TrayActions): Promise<void> {
  const { readTrayFacts, watchTrayFacts } = await import('./desktop/trayFacts.ts');
  const tray = createTray(actions, platform);
  opened.defer(tray.remove);
  const update = () => {
    readTrayFacts(app).then(tray.tell).catch(logError);
  };
  opened.defer(watchTrayFacts(app, update));
  update();
}

/** Shows the window over an app, until somebody quits. */
async function show(app: App, folder: string, quitting: Quitting): Promise<BrowserWindow> {
  const { createWindowDispatch } = await import('./desktop/pageDispatch.ts');
  const { serveOthers, serveWhileOpen } = await import('./desktop/serveOtherClients.ts');

  const clipboard = createSecretClipboard(logError);
  opened.defer(clipboard.clear);
  const [others, hasTray] = await Promise.all([serveOthers(app, folder), showsTray(platform)]);
  opened.defer(others.close);

  const menu = (groups: readonly MenuGroup[]) =>
    showMenu(groups, {
      platform,
      packaged: electron.isPackaged,
      onChosen: (id) => sendToPage(window.webContents, { kind: 'chosen', news: { id } }),
      onError: logError,
    });
  const dispatch = createWindowDispatch(app.dispatch, {
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
      tellFailure('Keyfob cannot show its window', 'Its page did not load. Install Keyfob again, or build it again.');
      electron.quit();
    },
  });
  ipc.attach(window.webContents);
  serveWhileOpen(app);

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
      app.endpoint.start({}).catch((error: unknown) => tellFailure('The endpoint did not start', wordsOf(error)));
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
  layRules(session.defaultSession, logError);
  servePages(session.defaultSession, createWindowFiles(windowFolder(), 'desktop.html'));
  const { ownFolder } = await import('./desktop/openDataFolder.ts');
  const sandbox = electron.commandLine.hasSwitch('no-sandbox') ? 'off' : 'on';
  const quitting = quitCleanly(() => opened.disposeAsync(), logError);
  const app = await ownFolder({ folder, what: 'the Keyfob window', sandbox, onLost: fail }, tellOwned);
  if (app === undefined) return undefined;
  opened.defer(app.close);
  return await show(app, folder, quitting);
}

/** A failed program closes what it opened for this long. What was answered is on disk, so nothing is lost after it. */
const closingMs = 2000;

function fail(error: unknown): void {
  if (!(error instanceof KeyfobError)) logError(error);
  tellFailure('Keyfob cannot go on', wordsOf(error));
  Promise.race([opened.disposeAsync().catch(logError), delay(closingMs)]).finally(() => electron.exit(1));
}

// Electron's own box would show the fault's message, which may quote what it failed on.
process.on('uncaughtException', fail);

const folder = dataFolder(process.env, platform);
let shown: BrowserWindow | undefined;
const toFront = () => {
  if (shown !== undefined) bringToFront(shown);
};

function start(): void {
  openPrivateFolder(folder);
  electron.setName('Keyfob');
  // The installer's shortcuts have it too: so the taskbar knows that they are one program.
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
