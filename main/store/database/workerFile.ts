import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * A worker's file lies beside this one, with the same ending: `.ts` in the source; in a bundle it is an entry of its own in
 * the folder of the chunk that holds this function.
 */
export const besideThis = (name: string): string => {
  const here = fileURLToPath(import.meta.url);
  return join(dirname(here), `${name}${extname(here)}`);
};
