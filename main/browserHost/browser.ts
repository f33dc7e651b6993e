import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { posix, win32 } from 'node:path';
import { childEnvironment } from '../system/childEnvironment.ts';

type Environment = Readonly<Record<string, string | undefined>>;

const linuxNames = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const macPrograms = ['Google Chrome.app/Contents/MacOS/Google Chrome', 'Chromium.app/Contents/MacOS/Chromium'];
const windowsPrograms = ['Google\\Chrome\\Application\\chrome.exe', 'Chromium\\Application\\chrome.exe'];

/** Whether there is a screen to show a window on. */
export const hasDisplay = (env: Environment, platform: NodeJS.Platform): boolean =>
  platform === 'win32' || platform === 'darwin' || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY);

function candidates(env: Environment, platform: NodeJS.Platform): readonly string[] {
  if (platform === 'win32') {
    const folders = [env.ProgramFiles, env['ProgramFiles(x86)'], env.LOCALAPPDATA];
    return folders
      .filter((folder) => folder !== undefined && folder !== '')
      .flatMap((folder) => windowsPrograms.map((program) => win32.join(String(folder), program)));
  }
  if (platform === 'darwin') {
    const folders = ['/Applications', posix.join(env.HOME ?? '/', 'Applications')];
    return folders.flatMap((folder) => macPrograms.map((program) => posix.join(folder, program)));
  }
  const folders = (env.PATH ?? '').split(':').filter((folder) => folder.startsWith('/'));
  return linuxNames.flatMap((name) => folders.map((folder) => posix.join(folder, name)));
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** An installed Chromium or Chrome, the first on PATH or in its usual place. */
export const findBrowser = (env: Environment, platform: NodeJS.Platform): string | undefined =>
  candidates(env, platform).find(isProgram);

/**
 * Opens an address as a window without tabs and bars, where there is a display and a browser that can. Tells whether there
 * are; the browser lives on by itself.
 */
export function openAppWindow(url: string): boolean {
  const { env, platform } = process;
  const browser = hasDisplay(env, platform) ? findBrowser(env, platform) : undefined;
  if (browser === undefined) return false;
  // Its own words go nowhere: the address stands in the terminal, should it fail.
  spawn(browser, [`--app=${url}`], { detached: true, stdio: 'ignore', env: childEnvironment(env) })
    .on('error', () => {})
    .unref();
  return true;
}
