import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addChips } from '../../renderer/ui/choices/chips.ts';

test('commas, blanks, semicolons and lines part chips; repetitions are left out and counted', () => {
  assert.deepEqual(addChips(['ipad'], ' iphone,pixel;\n\tipad  iphone '), {
    chips: ['ipad', 'iphone', 'pixel'],
    ...{ repeated: 2, stripped: 0 },
  });
  assert.deepEqual(addChips([], ' ,\n'), { chips: [], repeated: 0, stripped: 0 });
});
