import { KeyfobError } from '../../../preload/contract/errors.ts';

let lost: NodeJS.ErrnoException | undefined;

/**
 * Keeps the process alive when its output cannot be written. A reader that went away, like `head`, is no error; other faults of
 * stdout are what {@link flushOutput} throws. There is nowhere to report those of stderr.
 */
export function watchOutput(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') lost ??= error;
  });
  process.stderr.on('error', () => {});
}

/** Waits until stdout has taken all that was written so far. Throws `storage_full` or `internal` when some of it was lost. */
export async function flushOutput(): Promise<void> {
  // The error of the last write is told before this one is called back.
  await new Promise<void>((resolve) => process.stdout.write('', () => setImmediate(resolve)));
  if (lost === undefined) return;
  const { code } = lost;
  const isFull = code === 'ENOSPC' || code === 'EDQUOT';
  const todo = isFull ? 'the disk is full; free some space and try again' : 'write it somewhere else';
  const message = `The output could not be written (${code}): ${todo}.`;
  throw new KeyfobError(isFull ? 'storage_full' : 'internal', message, {}, { cause: lost });
}
