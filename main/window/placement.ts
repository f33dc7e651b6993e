import { readFileSync } from 'node:fs';
import type { BrowserWindow, Rectangle } from 'electron';
import { writePrivateFile } from '../system/privateFile.ts';

/** The position and size of a window, and whether it was maximized. */
export interface Placement extends Rectangle {
  readonly maximized: boolean;
}

const usual = { width: 1280, height: 800 };
/** The smallest readable size. */
export const smallest = { width: 640, height: 480 };

/** This part of the window must be on a screen, so that its title can be seen and dragged. */
const grip = { width: 120, height: 40 };

const overlap = (from: number, length: number, otherFrom: number, otherLength: number): number =>
  Math.min(from + length, otherFrom + otherLength) - Math.max(from, otherFrom);

/**
 * The place for the window on the current screens: its earlier place, never larger than the screen. If its title would not be
 * reachable there, `x` and `y` are missing, which means centered.
 */
export function placeOn(
  screens: readonly Rectangle[],
  was: Placement | undefined,
): Partial<Pick<Rectangle, 'x' | 'y'>> & Pick<Rectangle, 'width' | 'height'> {
  if (was === undefined) return usual;
  const reachable = screens.find(
    ({ x, y, width, height }) =>
      overlap(was.x, was.width, x, width) >= grip.width && was.y >= y && was.y + grip.height <= y + height,
  );
  const { x, y } = was;
  const screen = reachable ?? screens[0] ?? { x: 0, y: 0, ...usual };
  const width = Math.min(Math.max(was.width, smallest.width), screen.width);
  const height = Math.min(Math.max(was.height, smallest.height), screen.height);
  return reachable === undefined ? { width, height } : { x, y, width, height };
}

/** The placement saved in `file`; `undefined` if the file is missing or invalid. */
export function readPlacement(file: string): Placement | undefined {
  try {
    const kept: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (typeof kept !== 'object' || kept === null) return undefined;
    const { x, y, width, height, maximized } = kept as Record<keyof Placement, unknown>;
    if (![x, y, width, height].every(Number.isInteger) || typeof maximized !== 'boolean') return undefined;
    return { x: Number(x), y: Number(y), width: Number(width), height: Number(height), maximized };
  } catch {
    return undefined;
  }
}

/** Saves the placement of a window in `file` each time it is hidden or closed. */
export function rememberPlacement(window: BrowserWindow, file: string): void {
  const save = () => {
    const placement: Placement = { ...window.getNormalBounds(), maximized: window.isMaximized() };
    writePrivateFile(file, JSON.stringify(placement));
  };
  window.on('hide', save);
  window.on('close', save);
}
