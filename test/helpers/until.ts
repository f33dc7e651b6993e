import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';

const looksAtMost = 100_000;

/** Looks once a turn whether something has come, and fails when it does not come. */
export async function until(what: string, hasCome: () => boolean | Promise<boolean>): Promise<void> {
  for (let look = 0; look < looksAtMost; look += 1) {
    if (await hasCome()) return;
    await setImmediate();
  }
  assert.fail(`this did not come: ${what}`);
}
