import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inGroups, missingSymbols } from '../../../renderer/ui/protection/recoveryText.ts';

test('groups a recovery key however it is typed', () => {
  assert.equal(inGroups(' abcde fgh-jk'), 'ABCDE-FGHJK');
  assert.equal(inGroups('oil'), '011');
  assert.equal(inGroups('A'.repeat(40)), Array(6).fill('AAAAA').join('-'));
  assert.equal(inGroups(''), '');
});

test('counts the missing symbols', () => {
  assert.equal(missingSymbols(''), 30);
  assert.equal(missingSymbols('ABCDE-FG'), 23);
  assert.equal(missingSymbols('A'.repeat(30)), 0);
});
