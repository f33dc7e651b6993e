import { app } from 'electron';

/**
 * Makes this the one window of its data folder: Electron's lock lies in the folder of the user's data, which is in there. A second
 * start brings the first to the front. False: there is another, which has been told.
 */
export function claimSingleInstance(onSecondStart: () => void): boolean {
  if (!app.requestSingleInstanceLock()) return false;
  app.on('second-instance', onSecondStart);
  return true;
}
