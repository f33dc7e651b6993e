import type { BrowserWindow } from 'electron';

const patienceMs = 2000;

/**
 * Whether only the program with the focus can copy: a Wayland compositor drops what others copy, and tells nobody. `ozone` is Chromium's
 * switch `ozone-platform`, by which Electron may run over X11 there.
 */
export const copiesOnlyWithFocus = (
  platform: NodeJS.Platform,
  env: Readonly<Record<string, string | undefined>>,
  ozone: string,
): boolean =>
  platform === 'linux' && ozone !== 'x11' && (env.XDG_SESSION_TYPE === 'wayland' || Boolean(env.WAYLAND_DISPLAY));

/** Whether a window has the focus, or gets it shortly. */
export function hasFocusSoon(window: Pick<BrowserWindow, 'isFocused' | 'once' | 'off'>): Promise<boolean> {
  if (window.isFocused()) return Promise.resolve(true);
  return new Promise((resolve) => {
    const focused = () => {
      clearTimeout(timer);
      resolve(true);
    };
    const timer = setTimeout(() => {
      window.off('focus', focused);
      resolve(false);
    }, patienceMs);
    window.once('focus', focused);
  });
}
