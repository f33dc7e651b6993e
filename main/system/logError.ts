import { KeyfobError } from '../../preload/contract/errors.ts';
import { visible } from './visible.ts';

/**
 * Prints an error that no caller is waiting for on stderr. For an unexpected error only the name, code and stack are printed: its message
 * may quote a secret.
 */
export function logError(error: unknown): void {
  if (error instanceof KeyfobError) {
    process.stderr.write(`${visible(error.message)}\n`);
    return;
  }
  const frames = error instanceof Error ? (error.stack ?? '').split('\n').filter((line) => /^ +at /.test(line)) : [];
  const name = error instanceof Error ? error.name : typeof error;
  const code = error instanceof Error && 'code' in error ? ` ${error.code}` : '';
  process.stderr.write(`Unexpected ${name}${code}\n${frames.join('\n')}\n`);
}
