import type { BrowserWindow } from 'electron';

const timeoutMs = 2000;

/**
 * Whether only the focused program can copy: a Wayland compositor silently drops what others copy. `ozone` is Chromium's switch
 * `ozone-platform`, which can make Electron use X11 there.
 */
export const copiesOnlyWithFocus = (
  platform: NodeJS.Platform,
  env: Readonly<Record<string, string | undefined>>,
  ozone: string,
): boolean =>
  platform === 'linux' && ozone !== 'x11' && (env.XDG_SESSION_TYPE === 'wayland' || Boolean(env.WAYLAND_DISPLAY));

/** Whether a window has the focus, or gets it within two seconds. */
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
    }, timeoutMs);
    window.once('focus', focused);
  });
}
