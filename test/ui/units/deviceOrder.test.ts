import assert from 'node:assert/strict';
import { test } from 'node:test';
import { arrange } from '../../../renderer/store/topics/devices/deviceOrder.ts';

/** Rows are minted an hour apart, unless a test says when. */
const row = (id: number, device: string, scope = `device_${device}`, issuedAtMs = id * 3_600_000) => ({
  ...{ id, device, scope, issuedAtMs },
});

test('puts the newest token on top at first', () => {
  assert.deepEqual(arrange([row(1, 'a'), row(3, 'c'), row(2, 'b')], [], []), [3, 2, 1]);
});

test('keeps devices of one minting in the order in which they were named', () => {
  const at = (id: number, issuedAtMs: number) => row(id, `d${id}`, 'read', issuedAtMs);
  const live = [at(1, 0), at(2, 400), at(3, 900), at(4, 60_000), at(5, 60_010)];
  assert.deepEqual(arrange(live.toReversed(), [], []), [4, 5, 1, 2, 3]);
  // The clock was moved back between the two.
  assert.deepEqual(arrange([at(1, 90_000), at(2, 90_001), at(3, 50)], [], []), [3, 1, 2]);
});

test('puts just minted devices first, in the order in which they were named', () => {
  const live = [row(1, 'old'), row(2, 'a'), row(3, 'b'), row(4, 'elsewhere')];
  assert.deepEqual(arrange(live, [row(1, 'old')], ['b', 'a']), [3, 2, 4, 1]);
});

test('puts a new token where the old one with the same device and scopes was', () => {
  const before = [row(3, 'c'), row(2, 'b'), row(1, 'a')];
  assert.deepEqual(arrange([row(3, 'c'), row(1, 'a'), row(9, 'b')], before, []), [3, 9, 1]);
  assert.deepEqual(arrange([row(3, 'c'), row(1, 'a'), row(9, 'b', 'device_b read')], before, []), [9, 3, 1]);
});

test('moves no other row when a row is removed', () => {
  const before = [row(3, 'c'), row(2, 'b'), row(1, 'a')];
  assert.deepEqual(arrange([row(1, 'a'), row(3, 'c')], before, []), [3, 1]);
  assert.deepEqual(arrange([], before, ['a']), []);
});

test('keeps several live tokens of a tuple apart, and leaves no gap where two were removed', () => {
  const before = [row(4, 'a'), row(3, 'a'), row(2, 'b')];
  assert.deepEqual(arrange([row(7, 'a'), row(2, 'b')], before, []), [7, 2]);
  assert.deepEqual(arrange([row(4, 'a'), row(3, 'a'), row(2, 'b')], before, []), [4, 3, 2]);
});
