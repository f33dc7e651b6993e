import { KeyfobError } from '../../preload/contract/errors.ts';
import { visible } from './visible.ts';

/**
 * Says on stderr what went wrong outside of calls. An unforeseen fault is told by its stack only: its message may quote what it
 * failed on.
 */
export function logError(error: unknown): void {
  if (error instanceof KeyfobError) {
    process.stderr.write(`${visible(error.message)}\n`);
    return;
  }
  const frames = error instanceof Error ? (error.stack ?? '').split('\n').filter((line) => /^ +at /.test(line)) : [];
  const name = error instanceof Error ? error.name : typeof error;
  const code = error instanceof Error && 'code' in error ? ` ${error.code}` : '';
  process.stderr.write(`Unforeseen ${name}${code}\n${frames.join('\n')}\n`);
}
