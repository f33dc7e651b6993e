import { KeyfobError } from '../../preload/contract/errors.ts';

const fullCodes = new Set(['ENOSPC', 'EDQUOT']);
const forbiddenCodes = new Set(['EACCES', 'EPERM']);
const wrongKindCodes = new Set(['EISDIR', 'ERR_FS_EISDIR', 'ENOTDIR', 'ELOOP', 'EEXIST', 'ENOTEMPTY']);

/**
 * Turns an error of a file call into a `KeyfobError` that says what to do: `storage_full`, or `refused` for what the system does not
 * allow. Returns other errors unchanged. The message names `file`, or else the path in the error.
 */
export function systemError(error: unknown, file?: string): unknown {
  if (error instanceof KeyfobError || !(error instanceof Error) || !('code' in error)) return error;
  const code = String(error.code);
  const path = file ?? ('path' in error && typeof error.path === 'string' ? error.path : undefined);
  const failed = (kind: 'storage_full' | 'refused', message: string) =>
    new KeyfobError(kind, message, {}, { cause: error });
  if (fullCodes.has(code)) {
    const where = path === undefined ? 'The disk is full' : `There is no room for ${path}`;
    return failed('storage_full', `${where}. Free some space and try again.`);
  }
  if (path === undefined) return error;
  if (code === 'ENOENT') {
    return failed('refused', `${path} cannot be found or created. Check the path, and create its folder first.`);
  }
  if (code === 'EROFS') {
    return failed('refused', `${path} is on a read-only file system. Mount it writable, or set KEYFOB_HOME.`);
  }
  if (forbiddenCodes.has(code)) {
    return failed('refused', `You have no permission to use ${path} (${code}). Check its owner and permissions.`);
  }
  if (wrongKindCodes.has(code)) {
    const found = 'dest' in error ? error.dest : 'path' in error ? error.path : path;
    return failed('refused', `${found} is not the kind of file Keyfob expects (${code}). Move it away and try again.`);
  }
  return error;
}
