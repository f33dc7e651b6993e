import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type NativeImage, nativeImage } from 'electron';

const folder = join(dirname(fileURLToPath(import.meta.url)), '../../assets/icons');

/** The icon of the window. */
export const windowIcon = (): string => join(folder, 'keyfob.png');

/** The tray icon. On a Mac it takes the colour of the menu bar. Electron finds the larger versions by their file names. */
export const trayIcon = (platform: NodeJS.Platform): NativeImage =>
  nativeImage.createFromPath(join(folder, platform === 'darwin' ? 'trayTemplate.png' : 'tray.png'));
