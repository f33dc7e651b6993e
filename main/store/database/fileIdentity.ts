import { statSync } from 'node:fs';

const identityOf = (path: string): string | undefined => {
  try {
    const { dev, ino } = statSync(path);
    return `${dev}:${ino}`;
  } catch {
    return undefined;
  }
};

/**
 * Remembers the file at a path. The returned function gives false once that file, or a folder above it, was removed, moved or
 * replaced. It checks by name: opening and closing the file would drop SQLite's lock on it.
 */
export function rememberFile(path: string): () => boolean {
  const remembered = identityOf(path);
  return () => remembered !== undefined && identityOf(path) === remembered;
}
