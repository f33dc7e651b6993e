import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { readPrivateFile, writePrivateFile } from '../system/privateFile.ts';

/** Says how to reach the process that owns a data folder. Only the user who owns the file can read it. */
export interface ControlFile {
  /** Path of the Unix domain socket, or name of the pipe on Windows. */
  readonly socket: string;
  readonly bearer: string;
  readonly pid: number;
}

const pathIn = (folder: string) => join(folder, 'control.json');

/** Throws as {@link writePrivateFile}. */
export const writeControlFile = (folder: string, content: ControlFile): void =>
  writePrivateFile(pathIn(folder), JSON.stringify(content));

/** Gives `undefined` for a missing or malformed file, and for one that another user could have written. */
export function readControlFile(folder: string): ControlFile | undefined {
  try {
    const content: unknown = JSON.parse(readPrivateFile(pathIn(folder)));
    if (typeof content !== 'object' || content === null) return undefined;
    if (!('socket' in content && 'bearer' in content && 'pid' in content)) return undefined;
    const { socket, bearer, pid } = content;
    if (typeof socket !== 'string' || typeof bearer !== 'string' || typeof pid !== 'number') return undefined;
    return { socket, bearer, pid };
  } catch {
    return undefined;
  }
}

/** Removes the file, unless another process has replaced it. */
export function removeControlFile(folder: string, bearer: string): void {
  if (readControlFile(folder)?.bearer === bearer) rmSync(pathIn(folder), { force: true });
}
