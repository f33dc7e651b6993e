import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createCounters, type Quota } from '../../../../main/engine/gateway/throttling/counters.ts';

const quota: Quota = { level: 'subscription', tierId: 1, tier: 'Gold', limit: 10, lengthMs: 1000, counts: 'requests' };

test('counters are bounded, and those of the oldest windows are dropped first', () => {
  const counters = createCounters();
  const count = (key: string, atMs: number) => {
    counters.current(key, quota, () => key, atMs).count += 1;
  };
  count('active', 0);
  for (let key = 0; key < 60_000; key++) count(`old ${key}`, 0);
  count('active', 1000);
  for (let key = 0; key < 90_000; key++) count(`new ${key}`, 1000);
  const current = counters.list(1000);
  assert.equal(current.length, 90_001);
  assert.equal(current[0]?.of, 'active');
  for (let key = 0; key < 20_000; key++) count(`more ${key}`, 1000);
  assert.equal(counters.list(1000).length, 100_000);
  assert.equal(counters.reset(1000), 100_000);
  assert.deepEqual(counters.list(1000), []);
});
