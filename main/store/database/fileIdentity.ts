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
 * Remembers the file that a path leads to now. The function it returns says whether the path still leads there: false once
 * the file, or a folder above it, was removed, moved or replaced. It looks by name, as closing a second descriptor of a file
 * that SQLite locked would drop the lock.
 */
export function rememberFile(path: string): () => boolean {
  const remembered = identityOf(path);
  return () => remembered !== undefined && identityOf(path) === remembered;
}
