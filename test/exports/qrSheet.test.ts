import assert from 'node:assert/strict';
import { test } from 'node:test';
import jsqr from 'jsqr';
import type { ExportSet } from '../../main/engine/ports/export.ts';
import { type SecretsMode, secretsMode } from '../../preload/contract/snippets.ts';
import { textOf, write } from './sets.ts';

const sheetOf = (mode: SecretsMode, part: Partial<ExportSet> = {}): string =>
  textOf(write('qr-sheet', mode, part), 'qr-sheet.html');

/** What a scanner reads from each code: its modules as black squares of four pixels. */
const scanned = (sheet: string): readonly string[] =>
  [...sheet.matchAll(/viewBox="0 0 (\d+) \1".*?<path d="([^"]*)"/g)].map(([, edge = '', path = '']) => {
    const scale = 4;
    const width = Number(edge) * scale;
    const pixels = new Uint8ClampedArray(width * width * 4).fill(255);
    for (const [, x, y] of path.matchAll(/M(\d+) (\d+)h1v1h-1z/g)) {
      for (let at = 0; at < scale * scale; at += 1) {
        const column = Number(x) * scale + (at % scale);
        const row = Number(y) * scale + Math.floor(at / scale);
        pixels.fill(0, (row * width + column) * 4, (row * width + column) * 4 + 3);
      }
    }
    return jsqr.default(pixels, width, width)?.data ?? 'unreadable';
  });

test('each code of a sheet holds the token of its device, and nothing else', () => {
  const sheet = sheetOf('real');
  assert.deepEqual(scanned(sheet), ['token-1', 'token-2']);
  assert.match(
    sheet,
    /<h2>i-Pad<\/h2>\s*<p>Shop, PRODUCTION<\/p>\s*<p>user tester<\/p>\s*<p>Expires <span>2027-01-15 08:00 UTC</,
  );
  assert.match(sheet, /No code: only a hash of the token is stored\.<\/p>\s*<h2>-x<\/h2>/);
  assert.match(sheet, /Anyone who scans or photographs it can use the token/);
  assert.doesNotMatch(sheet, /token-1|Secret-1|s3cret/, 'values are in codes only');
});

test('a sheet without secrets has no codes, and says why', () => {
  for (const mode of secretsMode.options) {
    if (mode === 'real') continue;
    const sheet = sheetOf(mode);
    assert.deepEqual(scanned(sheet), []);
    assert.match(sheet, /This sheet has no codes, because a code holds a token/);
  }
});

test('long tokens get larger codes, up to the limit of a QR code', () => {
  const device = { name: 'a', scope: 'device_a', expiresAt: 'never' };
  const jwt = 'x'.repeat(1500);
  const sheet = sheetOf('real', {
    devices: [
      { ...device, token: jwt },
      { ...device, token: 'y'.repeat(3000) },
    ],
  });
  assert.deepEqual(scanned(sheet), [jwt]);
  assert.match(sheet, /<ul class="large">/);
  assert.match(sheet, /No code: the token is too long for one\./);
});

test('names are text, and the page runs and loads nothing', () => {
  const application = `<script>"x" & 'y'</script>`;
  const sheet = sheetOf('real', { application, user: { name: '<b>ann</b>', password: null } });
  assert.match(sheet, /<h1>Device tokens of &lt;script&gt;&quot;x&quot; &amp; 'y'&lt;\/script&gt;<\/h1>/);
  assert.match(sheet, /user &lt;b&gt;ann&lt;\/b&gt;/);
  assert.doesNotMatch(sheet, /<script|<b>|style="|\bsrc=|href=|url\(/);
});
