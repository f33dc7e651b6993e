import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isAlive } from './isAlive.ts';

/** Tells containers apart that share a folder: each has process ids of its own. 0 where there are none. */
const idNamespace = (): number => statSync('/proc/self/ns/pid', { throwIfNoEntry: false })?.ino ?? 0;

/** Removes folders of killed processes: a clean end removes its own. Folders of other users and containers stay. */
function removeAbandoned(prefix: string): void {
  for (const name of readdirSync(tmpdir())) {
    const pid = Number(name.startsWith(prefix) ? /^\d+(?=-)/.exec(name.slice(prefix.length))?.[0] : undefined);
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
  const own = `${prefix}${idNamespace()}-`;
  removeAbandoned(own);
  const folder = mkdtempSync(join(tmpdir(), `${own}${process.pid}-`));
  opened.defer(async () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
  return folder;
}
