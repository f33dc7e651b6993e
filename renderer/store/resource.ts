import { KeyfobError } from '../../preload/contract/errors.ts';

/** Something read from the engine: its newest value, whether it is being read again, and why the last read failed. */
export interface Resource<T> {
  readonly value: T | undefined;
  readonly loading: boolean;
  readonly error: KeyfobError | undefined;
}

/** A resource that nobody asked for yet. */
export const unread: Resource<never> = { value: undefined, loading: false, error: undefined };

/** Whatever was thrown, as the one error that people are shown. */
export function asKeyfobError(error: unknown): KeyfobError {
  if (error instanceof KeyfobError) return error;
  const what = error instanceof Error ? error.message : String(error);
  return new KeyfobError('internal', `The window failed: ${what}`, {}, { cause: error });
}
