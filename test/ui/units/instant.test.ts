import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatAgo, formatInstant, formatRemaining } from '../../../renderer/ui/facts/instant.ts';

const nowMs = Date.UTC(2026, 10, 23, 12);

test('writes the remaining time, and the time since an expiry', () => {
  assert.equal(formatRemaining(null, nowMs), 'never');
  assert.equal(formatRemaining(nowMs + 3_552_000, nowMs), '59 min');
  assert.equal(formatRemaining(nowMs + 121_000, nowMs), '2 min');
  assert.equal(formatRemaining(nowMs + 119_000, nowMs), '1 min 59 s');
  assert.equal(formatRemaining(nowMs + 1, nowMs), '1 s');
  assert.equal(formatRemaining(nowMs + 90_061_000, nowMs), '1 day 1 h');
  assert.equal(formatRemaining(nowMs, nowMs), 'expired just now');
  assert.equal(formatRemaining(nowMs - 190_000, nowMs), 'expired 3 min ago');
});

test('writes the time since an instant', () => {
  assert.equal(formatAgo(nowMs - 1000, nowMs), 'just now');
  assert.equal(formatAgo(nowMs - 7_300_000, nowMs), '2 h ago');
});

test('writes an instant beyond the range of Date', () => {
  assert.equal(formatInstant(9e15), 'in the far future');
  assert.match(formatInstant(nowMs), /2026/);
});
