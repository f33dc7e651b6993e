import assert from 'node:assert/strict';
import { constants, type NodeGCPerformanceDetail, type PerformanceEntry, PerformanceObserver } from 'node:perf_hooks';
import { test } from 'node:test';
import { countBuffersInHeap } from '../../main/system/bufferMemory.ts';

/** Allocates a gibibyte as large bodies do, in pieces of 64 KiB. Gives the number of collections of the whole heap. */
async function collections(): Promise<number> {
  let count = 0;
  const observer = new PerformanceObserver((list) => {
    const entries: readonly (PerformanceEntry & { readonly detail?: NodeGCPerformanceDetail })[] = list.getEntries();
    count += entries.filter(({ detail }) => detail?.kind === constants.NODE_PERFORMANCE_GC_MAJOR).length;
  });
  observer.observe({ entryTypes: ['gc'] });
  for (let piece = 0; piece < 16_384; piece += 1) Buffer.allocUnsafeSlow(65_536)[0] = 1;
  await new Promise(setImmediate);
  await new Promise(setImmediate);
  observer.disconnect();
  return count;
}

test('Buffers of large bodies cause a fraction of the collections', async () => {
  const usual = await collections();
  countBuffersInHeap();
  const counted = await collections();
  assert.ok(usual >= 5, `V8 collected ${usual} times by itself; the flag may be needless now.`);
  assert.ok(counted * 2 < usual, `${counted} collections, ${usual} without the flag`);
});
