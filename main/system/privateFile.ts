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

// Windows has neither.
const { O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants;

export interface WriteOptions {
  /** Default: readable and writable by the owner only. */
  readonly mode?: number;
  /** Whether to sync the content to disk before returning. */
  readonly durable?: boolean;
}

/**
 * Replaces a file atomically: a crash leaves the old content or the new. A link is replaced, never followed. Throws `storage_full`, and
 * `refused` for what the system does not allow.
 */
export function writePrivateFile(path: string, content: string | Uint8Array, options: WriteOptions = {}): void {
  const { mode = 0o600, durable = false } = options;
  const unfinished = `${path}.new`;
  try {
    // Left by a crash, or a link that somebody placed here.
    rmSync(unfinished, { force: true });
    inFile(unfinished, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | O_NOFOLLOW, mode, (file) => {
      writeFileSync(file, content);
      if (durable) fsyncSync(file);
    });
    renameSync(unfinished, path);
    // Windows cannot open a folder. It keeps folder entries durable automatically.
    if (durable && process.platform !== 'win32') inFile(dirname(path), constants.O_RDONLY, 0, fsyncSync);
  } catch (error) {
    discard(unfinished);
    throw systemError(error, path);
  }
}

/** Frees the space of half a file, as the disk may be full. */
function discard(unfinished: string): void {
  try {
    rmSync(unfinished, { force: true });
  } catch {
    // Somebody placed a folder there. The error that led here already names it.
  }
}

/**
 * Reads a text file that only this user can have written. Throws `refused` for links, for files of other users and for files that
 * others may write. Throws Node's error if the file does not exist.
 */
export function readPrivateFile(path: string): string {
  // Opened without blocking, as somebody may have placed a pipe here.
  return inFile(path, constants.O_RDONLY | O_NOFOLLOW | O_NONBLOCK, 0, (file) => {
    const stat = fstatSync(file);
    const uid = process.geteuid?.();
    if (!stat.isFile() || (uid !== undefined && (stat.uid !== uid || (stat.mode & 0o022) !== 0))) {
      throw new KeyfobError('refused', `${path} is not a file that only you can write. Remove it and try again.`);
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
