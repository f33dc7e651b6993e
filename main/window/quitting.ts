import { app, type BrowserWindow, powerMonitor } from 'electron';
import { onStopSignals } from '../system/stopSignals.ts';

export interface Quitting {
  /** Whether the program is quitting, so that a closed window must not stay in the tray. */
  readonly begun: boolean;
}

/** Time to close, after which the program exits anyway. Answered requests are on disk already. */
const closingLimitMs = 5000;

/**
 * Quits cleanly after the menu, the end of the session or a signal. Calls `close` once, which answers running calls and closes
 * the store, then exits.
 */
export function quitCleanly(close: () => Promise<void>, onError: (error: unknown) => void): Quitting {
  const state = { begun: false };
  let closing = false;

  app.on('before-quit', () => {
    state.begun = true;
  });
  app.on('will-quit', (event) => {
    event.preventDefault();
    if (closing) return;
    closing = true;
    close()
      .catch(onError)
      .then(() => app.exit(0));
    setTimeout(() => app.exit(1), closingLimitMs).unref();
  });
  onStopSignals(
    () => app.quit(),
    () => app.exit(1),
  );
  // macOS and Linux report a shutdown here, Windows reports it to the window.
  powerMonitor.on('shutdown', () => app.quit());
  return state;
}

/** Quits at the end of a Windows session, which sends no quit event to the program. */
export function quitWithSession(window: BrowserWindow): void {
  window.on('session-end', () => app.quit());
}
