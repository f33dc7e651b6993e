import { KeyfobError } from '../../preload/contract/errors.ts';

const isFull = new Set(['ENOSPC', 'EDQUOT']);
const isForbidden = new Set(['EACCES', 'EPERM']);
const isInTheWay = new Set(['EISDIR', 'ERR_FS_EISDIR', 'ENOTDIR', 'ELOOP', 'EEXIST', 'ENOTEMPTY']);

/**
 * An error of a file call as one that says what to do: `storage_full`, or `refused` for what the system does not allow. Other
 * errors come back unchanged. `file` is named where the error does not name the file that people know.
 */
export function systemError(error: unknown, file?: string): unknown {
  if (error instanceof KeyfobError || !(error instanceof Error) || !('code' in error)) return error;
  const code = String(error.code);
  const path = file ?? ('path' in error && typeof error.path === 'string' ? error.path : undefined);
  const failure = (kind: 'storage_full' | 'refused', message: string) =>
    new KeyfobError(kind, message, {}, { cause: error });
  if (isFull.has(code)) {
    const where = path === undefined ? 'The disk is full' : `There is no room for ${path}`;
    return failure('storage_full', `${where}; free some space and try again.`);
  }
  if (path === undefined) return error;
  if (code === 'EROFS') {
    return failure('refused', `${path} is on a file system that is read-only; mount it writable, or set KEYFOB_HOME.`);
  }
  if (isForbidden.has(code)) {
    return failure('refused', `You may not use ${path} (${code}); check its owner and permissions.`);
  }
  if (isInTheWay.has(code)) {
    const inTheWay = 'dest' in error ? error.dest : 'path' in error ? error.path : path;
    return failure('refused', `${inTheWay} is not what Keyfob expects there (${code}); move it away and try again.`);
  }
  return error;
}
