import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { formatDuration, never, parseDuration } from '../../../renderer/ui/facts/duration.ts';

const readings: readonly (readonly [text: string, seconds: number])[] = [
  ['90', 90],
  ['90s', 90],
  ['15m', 900],
  ['15 min', 900],
  ['1 h', 3600],
  ['1h30m', 5400],
  ['1 h 30 min', 5400],
  ['1.5 h', 5400],
  ['1,5h', 5400],
  ['2 days', 172_800],
  ['2 Weeks', 1_209_600],
  ['1 year', 31_536_000],
  ['  3600  ', 3600],
  ['never', never],
  ['Never', never],
  ['-1', never],
  ['-3600', never],
];
for (const [text, seconds] of readings) {
  test(`“${text}” is ${seconds} seconds`, () => assert.deepEqual(parseDuration(text), { seconds }));
}

for (const text of [
  '',
  ' ',
  'soon',
  '1 fortnight',
  '1h 30',
  '5 5',
  'm',
  '1:30',
  '0',
  '0 h',
  '0.2',
  '1001 years',
  '- 1',
]) {
  test(`“${text}” is refused with a hint`, () => {
    const read = parseDuration(text);
    assert.ok('problem' in read);
    assert.match(read.problem, /Enter|type "never"|Maximum/);
  });
}

test('refuses a long text without a unit at once', () => {
  assert.ok('problem' in parseDuration(`${'9 '.repeat(20_000)}!`));
});

test('reads back written durations', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 31_536_000_000 }), (seconds) => {
      assert.deepEqual(parseDuration(formatDuration(seconds)), { seconds });
    }),
  );
});

test('writes durations in words', () => {
  assert.equal(formatDuration(3552), '59 min 12 s');
  assert.equal(formatDuration(3600), '1 h');
  assert.equal(formatDuration(86_400), '1 day');
  assert.equal(formatDuration(180_000), '2 days 2 h');
  assert.equal(formatDuration(86_405, 2), '1 day');
  assert.equal(formatDuration(3599, 1), '59 min');
  assert.equal(formatDuration(0), '0 s');
  assert.equal(formatDuration(-1), 'never');
});

test('refuses zero with a hint that fits the field', () => {
  assert.deepEqual(parseDuration('0'), { problem: 'Must be more than 0. For no expiry, type "never".' });
  assert.deepEqual(parseDuration('0 h', false), { problem: 'Must be more than 0.' });
  assert.deepEqual(parseDuration('never', false), { problem: 'Enter a time like 15m or 1 h.' });
});
