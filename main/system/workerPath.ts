import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The path of a worker's file: `name`, in the folder of the module with this `import.meta.url` and with the same extension. In a
 * bundle, workers are entries in the folder of all chunks.
 */
export function workerPath(moduleUrl: string, name: string): string {
  const path = fileURLToPath(moduleUrl);
  return join(dirname(path), `${name}${extname(path)}`);
}
