import { app } from 'electron';

/**
 * Makes this the only window of its data folder, which contains Electron's lock. Calls `onSecondStart` when the user starts Keyfob
 * again. Returns false if another instance runs already; that instance is notified.
 */
export function claimSingleInstance(onSecondStart: () => void): boolean {
  if (!app.requestSingleInstanceLock()) return false;
  app.on('second-instance', onSecondStart);
  return true;
}
