// `node test/packaging/writeIcons.mjs` draws renderer/icon.svg in the formats of each system's packages.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { chromiumArgs, findChromium } from '../ui/harness/chromium.ts';

const root = join(import.meta.dirname, '../..');
const icons = join(root, 'assets/icons');
const drawing = readFileSync(join(root, 'renderer/icon.svg'), 'utf8');
/** Mac icons have a margin of a tenth on each side. */
const withMargin = drawing.replace('viewBox="0 0 32 32"', 'viewBox="-3.883 -3.883 39.767 39.767"');

const browser = await chromium.launch({ args: [...chromiumArgs], executablePath: findChromium() });

/** The drawing as a square PNG of `size` pixels. */
async function draw(svg, size) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  await page.setContent(
    `<style>body { margin: 0 } svg { display: block; width: ${size}px; height: ${size}px }</style>${svg}`,
  );
  const png = await page.screenshot({ omitBackground: true });
  await page.close();
  return png;
}

const bytes = (size, write) => {
  const buffer = Buffer.alloc(size);
  write(buffer);
  return buffer;
};

/** Apple's format: each picture under a name for its size. */
async function icns() {
  const sizes = { ic11: 32, ic12: 64, ic07: 128, ic13: 256, ic08: 256, ic14: 512, ic09: 512, ic10: 1024 };
  const parts = [];
  for (const [name, size] of Object.entries(sizes)) {
    const png = await draw(withMargin, size);
    parts.push(
      Buffer.from(name),
      bytes(4, (to) => to.writeUInt32BE(png.length + 8)),
      png,
    );
  }
  const length = parts.reduce((sum, part) => sum + part.length, 8);
  return Buffer.concat([Buffer.from('icns'), bytes(4, (to) => to.writeUInt32BE(length)), ...parts]);
}

/** Windows' format: a table of offsets, then the pictures. */
async function ico() {
  const sizes = [16, 24, 32, 48, 64, 128, 256];
  const pictures = await Promise.all(sizes.map((size) => draw(drawing, size)));
  let at = 6 + 16 * sizes.length;
  const rows = pictures.map((png, i) =>
    bytes(16, (to) => {
      to.writeUInt8(sizes[i] % 256, 0);
      to.writeUInt8(sizes[i] % 256, 1);
      to.writeUInt16LE(1, 4);
      to.writeUInt16LE(32, 6);
      to.writeUInt32LE(png.length, 8);
      to.writeUInt32LE(at, 12);
      at += png.length;
    }),
  );
  const head = bytes(6, (to) => {
    to.writeUInt16LE(1, 2);
    to.writeUInt16LE(sizes.length, 4);
  });
  return Buffer.concat([head, ...rows, ...pictures]);
}

mkdirSync(join(icons, 'linux'), { recursive: true });
for (const size of [16, 24, 32, 48, 64, 128, 256, 512]) {
  writeFileSync(join(icons, `linux/${size}x${size}.png`), await draw(drawing, size));
}
writeFileSync(join(icons, 'keyfob.icns'), await icns());
writeFileSync(join(icons, 'keyfob.ico'), await ico());
await browser.close();
