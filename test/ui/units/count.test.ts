import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countOf, formatCount } from '../../../renderer/ui/facts/count.ts';

test('writes commas between thousands, and plurals of nouns', () => {
  assert.equal(formatCount(5026), '5,026');
  assert.equal(countOf(1, 'token'), '1 token');
  assert.equal(countOf(0, 'token'), '0 tokens');
  assert.equal(countOf(100_002, 'key', 'keys'), '100,002 keys');
});
