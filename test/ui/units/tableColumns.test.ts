import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keysBetween, rowAfterKey } from '../../../renderer/ui/tables/tableColumns.ts';

test('keys move the active row, and stop at the ends', () => {
  assert.equal(rowAfterKey('ArrowDown', 0, 10, 4), 1);
  assert.equal(rowAfterKey('ArrowDown', 9, 10, 4), 9);
  assert.equal(rowAfterKey('ArrowUp', 0, 10, 4), 0);
  assert.equal(rowAfterKey('PageDown', 7, 10, 4), 9);
  assert.equal(rowAfterKey('PageUp', 7, 10, 4), 3);
  assert.equal(rowAfterKey('Home', 7, 10, 4), 0);
  assert.equal(rowAfterKey('End', 7, 100_000, 4), 99_999);
  assert.equal(rowAfterKey('a', 7, 10, 4), undefined);
});

test('a range works in both directions and skips rows that are not loaded', () => {
  const rowAt = (index: number) => (index === 3 ? undefined : { id: index * 10 });
  const keyOf = (row: { readonly id: number }) => row.id;
  assert.deepEqual(keysBetween(5, 2, rowAt, keyOf), [20, 40, 50]);
  assert.deepEqual(keysBetween(2, 2, rowAt, keyOf), [20]);
});
