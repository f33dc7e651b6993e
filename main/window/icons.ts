import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type NativeImage, nativeImage } from 'electron';

const folder = join(dirname(fileURLToPath(import.meta.url)), '../../assets/icons');

/** The picture of the window, where the system wants one. */
export const windowIcon = (): string => join(folder, 'keyfob.png');

/** The picture in the tray; on a Mac one that takes the colour of the menu bar. Larger ones lie beside it. */
export const trayIcon = (platform: NodeJS.Platform): NativeImage =>
  nativeImage.createFromPath(join(folder, platform === 'darwin' ? 'trayTemplate.png' : 'tray.png'));
