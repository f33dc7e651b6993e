import type { BrowserWindow } from 'electron';

/** Whether the system can hide a window from recordings and shared screens. */
export const canProtectContent = (platform: NodeJS.Platform): boolean => platform === 'darwin' || platform === 'win32';

/** Hides a window from recordings and shared screens, or shows it there again. Does nothing on systems that cannot. */
export function protectContent(window: BrowserWindow, on: boolean, platform: NodeJS.Platform): void {
  if (canProtectContent(platform) && window.isContentProtected() !== on) window.setContentProtection(on);
}
