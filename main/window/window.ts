import { app, BrowserWindow, nativeTheme, screen } from 'electron';
import { windowIcon } from './icons.ts';
import { placeOn, readPlacement, rememberPlacement, smallest } from './placement.ts';
import { quitWithSession } from './quitting.ts';
import { pageUrl } from './security/origin.ts';
import { webPreferences } from './security/preferences.ts';

export interface WindowParts {
  /** The file of its saved placement. */
  readonly placementFile: string;
  /** Whether closing only hides it. */
  readonly staysWhenClosed: () => boolean;
  /** Its page failed to load, so the window stays hidden. */
  readonly onNotLoaded: (error: unknown) => void;
}

/** A second crash within this time does not reload the page. */
const crashLoopMs = 10_000;

/** Reloads the page after its process crashed, unless it crashes again at once. */
function reloadAfterCrash(window: BrowserWindow): void {
  let crashedMs = Number.NEGATIVE_INFINITY;
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    const now = performance.now();
    if (reason !== 'clean-exit' && now - crashedMs > crashLoopMs) window.webContents.reload();
    crashedMs = now;
  });
}

/** Loads the page. Calls `onNotLoaded` for an error, unless the window is closed or loads again by then. */
export function load(
  window: Pick<BrowserWindow, 'isDestroyed' | 'loadURL'>,
  onNotLoaded: (error: unknown) => void,
): void {
  window.loadURL(pageUrl).catch((error: unknown) => {
    const isAborted = error instanceof Error && 'code' in error && error.code === 'ERR_ABORTED';
    if (!window.isDestroyed() && !isAborted) onNotLoaded(error);
  });
}

/** Opens the window at its saved place, and shows it once the page is drawn. */
export function createWindow({ placementFile, staysWhenClosed, onNotLoaded }: WindowParts): BrowserWindow {
  const was = readPlacement(placementFile);
  const window = new BrowserWindow({
    ...placeOn(
      screen.getAllDisplays().map(({ workArea }) => workArea),
      was,
    ),
    minWidth: smallest.width,
    minHeight: smallest.height,
    title: 'Keyfob',
    icon: windowIcon(),
    show: false,
    // The page's background, so that nothing flashes before the page is drawn.
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#161920' : '#ffffff',
    webPreferences,
  });
  if (was?.maximized === true) window.maximize();
  rememberPlacement(window, placementFile);
  quitWithSession(window);
  reloadAfterCrash(window);
  window.once('ready-to-show', () => window.show());
  window.on('close', (event) => {
    if (!staysWhenClosed()) return;
    event.preventDefault();
    window.hide();
  });
  window.on('closed', () => app.quit());
  load(window, onNotLoaded);
  return window;
}

/** Brings a window to the front, even from the tray or the dock. */
export function bringToFront(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}
