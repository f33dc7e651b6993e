import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addChips } from '../../../renderer/ui/chips/chips.ts';

test('splits chips at commas, spaces, semicolons and lines, and counts duplicates', () => {
  assert.deepEqual(addChips(['ipad'], ' iphone,pixel;\n\tipad  iphone '), {
    chips: ['ipad', 'iphone', 'pixel'],
    ...{ repeated: 2, stripped: 0 },
  });
  assert.deepEqual(addChips([], ' ,\n'), { chips: [], repeated: 0, stripped: 0 });
});
