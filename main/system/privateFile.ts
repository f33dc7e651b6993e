import {
  closeSync,
  constants,
  fstatSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { KeyfobError } from '../../preload/contract/errors.ts';
import { systemError } from './errors.ts';

// Windows has none of these.
const { O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants;

export interface WriteOptions {
  /** The owner only, unless this says otherwise. */
  readonly mode?: number;
  /** Whether the content is on disk when this returns. */
  readonly durable?: boolean;
}

/**
 * Replaces a file, so that a crash leaves the old content or the new. Links are replaced and never followed. Throws
 * `storage_full`, and `refused` for what the system does not allow.
 */
export function writePrivateFile(path: string, content: string | Uint8Array, options: WriteOptions = {}): void {
  const { mode = 0o600, durable = false } = options;
  const unfinished = `${path}.new`;
  try {
    // A leftover, or a link that somebody placed here.
    rmSync(unfinished, { force: true });
    inFile(unfinished, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | O_NOFOLLOW, mode, (file) => {
      writeFileSync(file, content);
      if (durable) fsyncSync(file);
    });
    renameSync(unfinished, path);
    // Windows cannot open a folder, and keeps its entries by itself.
    if (durable && process.platform !== 'win32') inFile(dirname(path), constants.O_RDONLY, 0, fsyncSync);
  } catch (error) {
    discard(unfinished);
    throw systemError(error, path);
  }
}

/** Half a file takes room, of which there may be none. */
function discard(unfinished: string): void {
  try {
    rmSync(unfinished, { force: true });
  } catch {
    // A folder that somebody placed there: the error that led here names it.
  }
}

/**
 * Reads a text file that only this user can have written. Throws `refused` for links, for files of other users and for those
 * that others may write, and Node's error for an absent file.
 */
export function readPrivateFile(path: string): string {
  // Without blocking, as somebody may have placed a pipe here.
  return inFile(path, constants.O_RDONLY | O_NOFOLLOW | O_NONBLOCK, 0, (file) => {
    const stat = fstatSync(file);
    const uid = process.geteuid?.();
    if (!stat.isFile() || (uid !== undefined && (stat.uid !== uid || (stat.mode & 0o022) !== 0))) {
      throw new KeyfobError('refused', `${path} is not a file that only you can write; remove it and try again.`);
    }
    return readFileSync(file, 'utf8');
  });
}

function inFile<T>(path: string, flags: number, mode: number, work: (file: number) => T): T {
  const file = openSync(path, flags, mode);
  try {
    return work(file);
  } finally {
    closeSync(file);
  }
}
