import { app, BrowserWindow, nativeTheme, screen } from 'electron';
import { windowIcon } from './icons.ts';
import { pageUrl } from './origin.ts';
import { placeOn, readPlacement, rememberPlacement, smallest } from './placement.ts';
import { webPreferences } from './preferences.ts';
import { quitWithSession } from './quitting.ts';

export interface WindowParts {
  /** Where its place on the screen is remembered. */
  readonly placementFile: string;
  /** Whether closing it only hides it. */
  readonly staysWhenClosed: () => boolean;
  /** Its page could not be loaded, so there is no window to see. */
  readonly onNotLoaded: (error: unknown) => void;
}

/** Crashes within this time of the last are not answered by another load. */
const crashLoopMs = 10_000;

/** Loads the page anew when its process died, unless it dies at once again. */
function survive(window: BrowserWindow): void {
  let diedMs = Number.NEGATIVE_INFINITY;
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    const now = performance.now();
    if (reason !== 'clean-exit' && now - diedMs > crashLoopMs) window.webContents.reload();
    diedMs = now;
  });
}

/** Loads the page, and tells when that fails; a window that was closed meanwhile, or loads again, has not failed. */
export function load(
  window: Pick<BrowserWindow, 'isDestroyed' | 'loadURL'>,
  onNotLoaded: (error: unknown) => void,
): void {
  window.loadURL(pageUrl).catch((error: unknown) => {
    const isAborted = error instanceof Error && 'code' in error && error.code === 'ERR_ABORTED';
    if (!window.isDestroyed() && !isAborted) onNotLoaded(error);
  });
}

/** Opens the window where it was, and shows it when there is something to see. */
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
    // The page's own surface, so that nothing flashes before it is there.
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#161920' : '#ffffff',
    webPreferences,
  });
  if (was?.maximized === true) window.maximize();
  rememberPlacement(window, placementFile);
  quitWithSession(window);
  survive(window);
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

/** Brings a window to the front, from wherever it is. */
export function bringToFront(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}
