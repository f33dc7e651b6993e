import { readFileSync } from 'node:fs';
import type { BrowserWindow, Rectangle } from 'electron';
import { writePrivateFile } from '../system/privateFile.ts';

/** Where a window was, and whether it filled the screen. */
export interface Placement extends Rectangle {
  readonly maximized: boolean;
}

const usual = { width: 1280, height: 800 };
/** Smaller than this nothing can be read. */
export const smallest = { width: 640, height: 480 };

/** So much of the window must be on a screen, for its title to be seen and dragged. */
const seen = { width: 120, height: 40 };

const overlap = (from: number, length: number, otherFrom: number, otherLength: number): number =>
  Math.min(from + length, otherFrom + otherLength) - Math.max(from, otherFrom);

/**
 * Where the window goes, given where it was and what the screens have room for now: no larger than its screen, and where one can
 * get at it; else in the middle, which is without `x` and `y`.
 */
export function placeOn(
  screens: readonly Rectangle[],
  was: Placement | undefined,
): Partial<Pick<Rectangle, 'x' | 'y'>> & Pick<Rectangle, 'width' | 'height'> {
  if (was === undefined) return usual;
  const reachable = screens.find(
    ({ x, y, width, height }) =>
      overlap(was.x, was.width, x, width) >= seen.width && was.y >= y && was.y + seen.height <= y + height,
  );
  const { x, y } = was;
  const screen = reachable ?? screens[0] ?? { x: 0, y: 0, ...usual };
  const width = Math.min(Math.max(was.width, smallest.width), screen.width);
  const height = Math.min(Math.max(was.height, smallest.height), screen.height);
  return reachable === undefined ? { width, height } : { x, y, width, height };
}

/** What was remembered in `file`; `undefined` when there is nothing that can be made sense of. */
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

/** Remembers in `file` where a window is, whenever it is hidden or closed. */
export function rememberPlacement(window: BrowserWindow, file: string): void {
  const keep = () => {
    const placement: Placement = { ...window.getNormalBounds(), maximized: window.isMaximized() };
    writePrivateFile(file, JSON.stringify(placement));
  };
  window.on('hide', keep);
  window.on('close', keep);
}
