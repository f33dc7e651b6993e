import { powerMonitor } from 'electron';

/** Calls `locked` before the machine sleeps and, on macOS and Windows, when the screen locks. */
export function watchScreenLock(locked: () => void, platform: NodeJS.Platform): void {
  powerMonitor.on('suspend', locked);
  // Electron never sends it on Linux. The app listens to logind and screen savers there.
  if (platform !== 'linux') powerMonitor.on('lock-screen', locked);
}
