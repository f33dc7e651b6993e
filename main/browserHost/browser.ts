import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants } from 'node:fs';
import { posix, win32 } from 'node:path';
import { Worker } from 'node:worker_threads';
import { childEnvironment } from '../system/childEnvironment.ts';
import { workerPath } from '../system/workerPath.ts';
import { writeOpeningFile } from './openingFile.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Browsers that show an address in a window without tabs and bars. */
const linuxNames = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'brave-browser',
  'brave',
  'microsoft-edge',
  'microsoft-edge-stable',
  'vivaldi',
  'vivaldi-stable',
];
const macNames = ['Google Chrome', 'Chromium', 'Brave Browser', 'Microsoft Edge', 'Vivaldi'];
const windowsPrograms = [
  'Google\\Chrome\\Application\\chrome.exe',
  'Chromium\\Application\\chrome.exe',
  'BraveSoftware\\Brave-Browser\\Application\\brave.exe',
  'Vivaldi\\Application\\vivaldi.exe',
  'Microsoft\\Edge\\Application\\msedge.exe',
];

/** Whether there is a display. */
export const hasDisplay = (env: Environment, platform: NodeJS.Platform): boolean =>
  platform === 'win32' || platform === 'darwin' || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY);

/** Gives the paths of such browsers on this system, preferred ones first. */
export function browserPaths(env: Environment, platform: NodeJS.Platform): readonly string[] {
  if (platform === 'win32') {
    const folders = [env.ProgramFiles, env['ProgramFiles(x86)'], env.LOCALAPPDATA].filter(Boolean);
    return windowsPrograms.flatMap((program) => folders.map((folder) => win32.join(String(folder), program)));
  }
  if (platform === 'darwin') {
    const folders = ['/Applications', posix.join(env.HOME ?? '/', 'Applications')];
    const programs = macNames.map((name) => `${name}.app/Contents/MacOS/${name}`);
    return programs.flatMap((program) => folders.map((folder) => posix.join(folder, program)));
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

/** Gives the first installed browser that shows app windows, on PATH or in its usual place. */
export const findBrowser = (env: Environment, platform: NodeJS.Platform): string | undefined =>
  browserPaths(env, platform).find(isProgram);

async function openDefaultBrowser(address: string, env: NodeJS.ProcessEnv): Promise<void> {
  const worker = new Worker(workerPath(import.meta.url, 'openWorker'), { workerData: address, env });
  await once(worker, 'exit');
}

/**
 * Opens a page of the endpoint in the default browser, which outlives this process. Gives false without a display or a
 * browser. Throws for an address that is not on `https://localhost`.
 */
export async function openEndpointPage(url: string): Promise<boolean> {
  const { protocol, hostname } = new URL(url);
  if (protocol !== 'https:' || hostname !== 'localhost') throw new Error('A page of the endpoint is on localhost.');
  if (!hasDisplay(process.env, process.platform)) return false;
  try {
    await openDefaultBrowser(url, childEnvironment(process.env));
    return true;
  } catch {
    return false;
  }
}

/**
 * Opens an address of the window in an app window, else in the default browser, which outlives this process. Gives false
 * when there is a display but no browser started. On systems that do not tell which user connects, the browser opens a
 * file in `folder` (the data folder) instead: command lines are visible to other users.
 */
export async function openAppWindow(url: string, folder: string): Promise<boolean> {
  const { platform } = process;
  if (!hasDisplay(process.env, platform)) return true;
  const address = platform === 'linux' ? url : writeOpeningFile(folder, url);
  const browser = findBrowser(process.env, platform);
  const env = childEnvironment(process.env);
  try {
    if (browser === undefined) await openDefaultBrowser(address, env);
    else {
      const child = spawn(browser, [`--app=${address}`], { detached: true, stdio: 'ignore', env });
      child.unref();
      await once(child, 'spawn');
    }
    return true;
  } catch {
    return false;
  }
}
