import { setTimeout as delay } from 'node:timers/promises';

/** A failed start does not wait longer than this for what it closes. */
const patienceMs = 5000;

/**
 * Runs `work`, which puts what it opens on the stack, then closes the stack, last opened first. Work that succeeds may
 * keep what it opened: it moves the stack. When work fails its own error is thrown, and errors of closing go to `onError`.
 */
export async function withClosing<T>(
  work: (opened: AsyncDisposableStack) => Promise<T>,
  onError: (error: unknown) => void,
): Promise<T> {
  const opened = new AsyncDisposableStack();
  let result: T;
  try {
    result = await work(opened);
  } catch (error) {
    await Promise.race([opened.disposeAsync().catch(onError), delay(patienceMs, undefined, { ref: false })]);
    throw error;
  }
  await opened.disposeAsync();
  return result;
}
