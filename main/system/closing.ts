import { setTimeout as delay } from 'node:timers/promises';

/** How long a failed start waits for closing. */
const closeLimitMs = 5000;

/**
 * Runs `work`, which pushes each resource it opens onto the stack, then closes the stack in reverse order. To keep its resources open,
 * `work` moves the stack. If `work` fails, its error is thrown, and errors of closing go to `onError`.
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
    await Promise.race([opened.disposeAsync().catch(onError), delay(closeLimitMs, undefined, { ref: false })]);
    throw error;
  }
  await opened.disposeAsync();
  return result;
}
