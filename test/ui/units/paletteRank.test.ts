import assert from 'node:assert/strict';
import { test } from 'node:test';
import { KeyRound } from 'lucide-react';
import type { PaletteEntry, PaletteGroup } from '../../../renderer/features/palette/entry.ts';
import { rank, withRecent } from '../../../renderer/features/palette/rank.ts';
import { readVerb } from '../../../renderer/features/palette/readVerb.ts';

const entry = (label: string, more: Partial<PaletteEntry> = {}): PaletteEntry => ({
  id: label,
  label,
  icon: KeyRound,
  run: () => undefined,
  ...more,
});

const groups: readonly PaletteGroup[] = [
  { heading: 'On this screen', entries: [entry('Generate an application token')] },
  { heading: 'Do', entries: [entry('Stop the endpoint'), entry('Theme: dark'), entry('Lock the vault')] },
  { heading: 'Users', entries: [entry('ann'), entry('hannah')] },
  { heading: 'Tokens', entries: [entry('ipad', { found: true }), entry('Token 12', { keywords: ['Zürich'] })] },
];
const labels = (typed: string) =>
  rank(groups, typed)
    .flatMap(({ entries }) => entries)
    .map(({ label }) => label);

test('without a word, keeps all entries in their order', () => {
  assert.deepEqual(
    rank(groups, ' ').map(({ heading }) => heading),
    groups.map(({ heading }) => heading),
  );
});

test('ranks a full match, then a prefix, a part, and scattered letters', () => {
  assert.deepEqual(labels('ann'), ['ann', 'hannah', 'ipad', 'Generate an application token']);
  assert.deepEqual(labels('the end'), ['Stop the endpoint', 'ipad']);
  assert.deepEqual(labels('dark th'), ['Theme: dark', 'ipad']);
  assert.deepEqual(labels('lk vlt').slice(-1), ['Lock the vault']);
});

test('matches other words, letters beyond ASCII and pattern characters', () => {
  assert.equal(labels('zürich').at(-1), 'Token 12');
  assert.deepEqual(labels('(*'), ['ipad']);
});

test('shows the best of many matches', () => {
  const many = Array.from({ length: 1000 }, (_, index) => entry(`lab-${index}`));
  const [users] = rank([{ heading: 'Users', entries: many }], 'lab-999');
  assert.equal(users?.entries[0]?.label, 'lab-999');
  assert.equal(rank([{ heading: 'Users', entries: many }], 'lab')[0]?.entries.length, 20);
});

test('drops all groups without matches', () => {
  assert.deepEqual(rank(groups.slice(0, 3), 'qqq'), []);
});

test('recent entries come first and once, the newest at the top', () => {
  const recent = withRecent(groups, ['ann', 'gone', 'Theme: dark']);
  assert.deepEqual(
    recent[0]?.entries.map(({ label }) => label),
    ['ann', 'Theme: dark'],
  );
  const all = recent.flatMap(({ entries }) => entries.map(({ id }) => id));
  assert.equal(new Set(all).size, all.length);
  assert.deepEqual(withRecent(groups, ['gone']), groups);
});

test('a verb is read with the words that name the thing', () => {
  const verbs = new Set(['expire', 'copy', 'revoke', 'share', 'qr', 'mint']);
  const textOf = (typed: string) => readVerb(typed, verbs)?.text;
  assert.equal(textOf('expire ipad'), 'ipad');
  assert.equal(textOf('Expire my ipad in 10 s'), 'my ipad');
  assert.equal(textOf('copy the token of ipad'), 'ipad');
  assert.equal(textOf('copy curl for shop ipad'), 'shop ipad');
  assert.equal(textOf('share the call of ipad'), 'ipad');
  assert.equal(textOf('QR code of ipad'), 'ipad');
  assert.equal(textOf('mint ipad again'), 'ipad');
  assert.equal(textOf('revoke 17 now'), '17');
  for (const typed of ['expire', 'expire ', 'copy the', 'qr of']) assert.equal(textOf(typed), '', typed);
  for (const typed of ['ipad', 'expired ipad', '', '  ']) assert.equal(textOf(typed), undefined, typed);
});
