import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createClock } from '../../main/platform/clock.ts';

test('the offset moves token time, not real time', () => {
  let offset = 0;
  const clock = createClock({ offsetSeconds: () => offset, realTimeMs: () => 1_000_000 });
  assert.equal(clock.tokenTimeMs(), 1_000_000);
  offset = 3601;
  assert.equal(clock.tokenTimeMs(), 4_601_000);
  offset = -1;
  assert.equal(clock.tokenTimeMs(), 999_000);
  assert.equal(clock.realTimeMs(), 1_000_000);
});

test("real time defaults to the machine's clock", () => {
  const before = Date.now();
  const told = createClock({ offsetSeconds: () => 0 }).realTimeMs();
  assert.ok(before <= told && told <= Date.now());
});
