import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { tokensCss } from '../../renderer/theme/css.ts';
import { pairs, palettes, themes } from '../../renderer/theme/tokens.ts';

/** Relative luminance of `#rrggbb`, as WCAG 2 defines it. */
const luminance = (colour: string): number => {
  const channel = (start: number): number => {
    const value = Number.parseInt(colour.slice(start, start + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
};

const contrast = (one: string, other: string): number => {
  const [a, b] = [luminance(one), luminance(other)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
};

test('the formula gives the known figures', () => {
  assert.equal(contrast('#000000', '#ffffff'), 21);
  assert.equal(contrast('#777777', '#ffffff').toFixed(2), '4.48');
});

for (const theme of themes) {
  test(`every pair of the ${theme} theme can be read`, () => {
    const text = theme === 'contrast' ? 7 : 4.5;
    const weak = pairs.flatMap(({ kind, colour, on }) => {
      const ratio = contrast(palettes[theme][colour], palettes[theme][on]);
      return ratio >= (kind === 'text' ? text : 3) ? [] : [`${kind} ${colour} on ${on}: ${ratio.toFixed(2)}`];
    });
    assert.deepEqual(weak, []);
  });
}

test('every colour is six hexadecimal digits', () => {
  for (const theme of themes) {
    for (const colour of Object.values(palettes[theme])) assert.match(colour, /^#[0-9a-f]{6}$/);
  }
});

test('tokens.css says what tokens.ts says (else run `node test/theme/write.mjs`)', () => {
  const written = readFileSync(join(import.meta.dirname, '../../renderer/theme/tokens.css'), 'utf8');
  assert.equal(written, tokensCss());
});
