import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';

const looksAtMost = 100_000;

/** Polls a condition once per turn of the event loop, and fails if it never becomes true. */
export async function until(what: string, hasCome: () => boolean | Promise<boolean>): Promise<void> {
  for (let look = 0; look < looksAtMost; look += 1) {
    if (await hasCome()) return;
    await setImmediate();
  }
  assert.fail(`this did not come: ${what}`);
}
