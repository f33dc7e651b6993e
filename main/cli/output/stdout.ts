import { KeyfobError } from '../../../preload/contract/errors.ts';

let lost: NodeJS.ErrnoException | undefined;

/**
 * Keeps the process alive when its output cannot be written. A closed reader, like `head`, is no error. {@link flushOutput}
 * throws other errors of stdout. Errors of stderr cannot be reported anywhere.
 */
export function watchOutput(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') lost ??= error;
  });
  process.stderr.on('error', () => {});
}

/** Waits until stdout has taken all output. Throws `storage_full` or `internal` if some of it was lost. */
export async function flushOutput(): Promise<void> {
  // The error event of the last write comes before this callback.
  await new Promise<void>((resolve) => process.stdout.write('', () => setImmediate(resolve)));
  if (lost === undefined) return;
  const { code } = lost;
  const isFull = code === 'ENOSPC' || code === 'EDQUOT';
  const todo = isFull ? 'the disk is full; free some space and try again' : 'write it somewhere else';
  const message = `Cannot write the output (${code}): ${todo}.`;
  throw new KeyfobError(isFull ? 'storage_full' : 'internal', message, {}, { cause: lost });
}
