import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isAlive } from './isAlive.ts';

/** Removes folders of killed processes: a clean end removes its own. Folders of other users stay. */
function removeAbandoned(prefix: string): void {
  for (const name of readdirSync(tmpdir())) {
    const pid = Number(new RegExp(`^${prefix}(\\d+)-`).exec(name)?.[1]);
    if (!Number.isInteger(pid) || isAlive(pid)) continue;
    try {
      rmSync(join(tmpdir(), name), { recursive: true, force: true });
    } catch {
      // Another user's, or another process removes it now.
    }
  }
}

/**
 * Creates a temporary folder that only this user can read, named after a prefix and this process. `opened` removes it. A killed
 * process leaves its folder for the next call with the same prefix.
 */
export function temporaryFolder(prefix: string, opened: AsyncDisposableStack): string {
  removeAbandoned(prefix);
  const folder = mkdtempSync(join(tmpdir(), `${prefix}${process.pid}-`));
  opened.defer(async () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
  return folder;
}
