import { KeyfobError } from '../../../preload/contract/errors.ts';

/** A value read from the engine: the newest one, whether a read is running, and why the last read failed. */
export interface Resource<T> {
  readonly value: T | undefined;
  readonly loading: boolean;
  readonly error: KeyfobError | undefined;
}

/** A resource that was not read yet. */
export const unread: Resource<never> = { value: undefined, loading: false, error: undefined };

/** Turns any thrown value into the error that the window shows. */
export function asKeyfobError(error: unknown): KeyfobError {
  if (error instanceof KeyfobError) return error;
  const what = error instanceof Error ? error.message : String(error);
  return new KeyfobError('internal', `The window failed: ${what}`, {}, { cause: error });
}

/** The message of an error about the field at `path`. */
export const faultAt = (error: KeyfobError | undefined, path: string): string | undefined =>
  error?.details.fields?.find((fault) => fault.path === path)?.message;
