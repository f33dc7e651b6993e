import { powerMonitor } from 'electron';

/** Calls `locked` before the machine sleeps and, where Electron tells of it, when the screen is locked. */
export function watchScreenLock(locked: () => void, platform: NodeJS.Platform): void {
  powerMonitor.on('suspend', locked);
  // On Linux Electron never sends it; the app listens to logind and screen savers there.
  if (platform !== 'linux') powerMonitor.on('lock-screen', locked);
}
