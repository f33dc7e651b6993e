import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Gives the folder of the built window: next to the bundle of this file, or below `build/` when run from source. */
export function windowFolder(): string {
  const here = fileURLToPath(import.meta.url);
  return extname(here) === '.ts' ? join(dirname(here), '../../build/renderer') : join(dirname(here), '../renderer');
}
