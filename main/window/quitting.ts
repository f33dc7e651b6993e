import { app, type BrowserWindow, powerMonitor } from 'electron';
import { onStopSignals } from '../system/stopSignals.ts';

export interface Quitting {
  /** Whether the program is on its way out, so that closing the window is no reason to stay in the tray. */
  readonly begun: boolean;
}

/** How long all that is to be written down may take, before the program goes regardless: what was answered is on disk already. */
const patienceMs = 5000;

/**
 * Ends cleanly however the end comes: by the menu, with the session, by a signal. `close` answers what runs and closes the store;
 * it is called once, and the process goes when it is done.
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
    setTimeout(() => app.exit(1), patienceMs).unref();
  });
  onStopSignals(
    () => app.quit(),
    () => app.exit(1),
  );
  // The system is going down: on macOS and Linux this is told here, on Windows to the window.
  powerMonitor.on('shutdown', () => app.quit());
  return state;
}

/** Windows ends a session without asking the program to quit. */
export function quitWithSession(window: BrowserWindow): void {
  window.on('session-end', () => app.quit());
}
