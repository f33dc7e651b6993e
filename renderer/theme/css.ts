import { palettes, type Theme } from './tokens.ts';

const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

const shadows: Readonly<Record<Theme, readonly [scheme: string, small: string, large: string, overlay: string]>> = {
  light: ['light', '0 1px 2px #1a1e2914', '0 8px 28px #1a1e2929, 0 1px 3px #1a1e291f', '#1a1e2966'],
  dark: ['dark', '0 1px 2px #00000066', '0 10px 32px #000000a6, 0 1px 3px #00000080', '#000000a6'],
  contrast: ['dark', 'none', 'none', '#000000d9'],
};

const declarations = (theme: Theme, indent: string): string => {
  const [scheme, small, large, overlay] = shadows[theme];
  return [
    `color-scheme: ${scheme};`,
    ...Object.entries(palettes[theme]).map(([name, value]) => `--color-${kebab(name)}: ${value};`),
    `--color-overlay: ${overlay};`,
    `--shadow-small: ${small};`,
    `--shadow-large: ${large};`,
  ]
    .map((line) => indent + line)
    .join('\n');
};

const block = (selector: string, theme: Theme): string => `${selector} {\n${declarations(theme, '  ')}\n}\n`;
const preferred = (media: string, theme: Theme): string =>
  `@media (${media}) {\n  :root:not([data-theme]) {\n${declarations(theme, '    ')}\n  }\n}\n`;

/**
 * Gives the text of tokens.css: every theme's colours as custom properties. A `data-theme` on the root element chooses.
 * Without one, the system's colour scheme and contrast preference choose.
 */
export const tokensCss = (): string =>
  [
    '/* Written by `node test/theme/write.mjs` from tokens.ts: change it there. */\n',
    block(':root', 'light'),
    preferred('prefers-color-scheme: dark', 'dark'),
    preferred('prefers-contrast: more', 'contrast'),
    block(':root[data-theme="dark"]', 'dark'),
    block(':root[data-theme="contrast"]', 'contrast'),
  ].join('\n');
