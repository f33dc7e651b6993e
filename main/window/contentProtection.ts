import type { BrowserWindow } from 'electron';

/** Where the system can keep a window out of recordings and shared screens. */
export const canProtectContent = (platform: NodeJS.Platform): boolean => platform === 'darwin' || platform === 'win32';

/** Keeps the window out of them, or shows it there again, where the system can. */
export function protectContent(window: BrowserWindow, on: boolean, platform: NodeJS.Platform): void {
  if (canProtectContent(platform) && window.isContentProtected() !== on) window.setContentProtection(on);
}
