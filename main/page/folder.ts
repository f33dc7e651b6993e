import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where the built window lies: beside the bundle that this is part of, or, run from source, where that would be. */
export function windowFolder(): string {
  const here = fileURLToPath(import.meta.url);
  return extname(here) === '.ts' ? join(dirname(here), '../../build/renderer') : join(dirname(here), '../renderer');
}
