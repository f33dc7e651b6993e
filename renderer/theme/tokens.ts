/** The window's themes. Without a choice, the system's preference decides. */
export const themes = ['light', 'dark', 'contrast'] as const;
export type Theme = (typeof themes)[number];

const light = {
  canvas: '#f5f6f9',
  surface: '#ffffff',
  raised: '#ffffff',
  sunken: '#f1f3f7',
  hover: '#eef0f5',
  selected: '#e9ebff',
  text: '#1a1e29',
  textMuted: '#596273',
  textDisabled: '#838b9a',
  border: '#e0e4eb',
  borderControl: '#838b9c',
  focus: '#4f46e5',
  accent: '#4f46e5',
  accentHover: '#4139c9',
  accentText: '#ffffff',
  accentInk: '#4138c8',
  accentTint: '#eeefff',
  accentLine: '#c9ccfb',
  dangerFill: '#c42b2b',
  dangerFillHover: '#a82020',
  dangerFillText: '#ffffff',
  goodInk: '#14693a',
  goodTint: '#e3f6ea',
  goodLine: '#b0dec2',
  neutralInk: '#4d5566',
  neutralTint: '#eceff4',
  neutralLine: '#d3d8e1',
  warnInk: '#804d00',
  warnTint: '#fdf1d7',
  warnLine: '#efd294',
  dangerInk: '#ae2020',
  dangerTint: '#fdeaea',
  dangerLine: '#f3bcbc',
  infoInk: '#1c56ac',
  infoTint: '#e7f0fd',
  infoLine: '#b9d3f5',
} as const;

/** A colour's name. `textMuted` is `--color-text-muted` in CSS. */
export type ColourName = keyof typeof light;
type Palette = Readonly<Record<ColourName, string>>;

const dark: Palette = {
  canvas: '#0e1015',
  surface: '#161920',
  raised: '#1e222b',
  sunken: '#101319',
  hover: '#212631',
  selected: '#272c50',
  text: '#e8ebf1',
  textMuted: '#9fa8b8',
  textDisabled: '#717a8a',
  border: '#292e39',
  borderControl: '#6f788a',
  focus: '#8f99ff',
  accent: '#5b5be6',
  accentHover: '#6363ec',
  accentText: '#ffffff',
  accentInk: '#abb3ff',
  accentTint: '#20243f',
  accentLine: '#3d4480',
  dangerFill: '#c93434',
  dangerFillHover: '#d23d3d',
  dangerFillText: '#ffffff',
  goodInk: '#6fd699',
  goodTint: '#12291c',
  goodLine: '#24553a',
  neutralInk: '#b4bcca',
  neutralTint: '#262b35',
  neutralLine: '#3b4250',
  warnInk: '#f0bd5e',
  warnTint: '#2e2310',
  warnLine: '#5f481c',
  dangerInk: '#ff9b95',
  dangerTint: '#361717',
  dangerLine: '#6b2d2d',
  infoInk: '#8fbdfb',
  infoTint: '#14243b',
  infoLine: '#294a75',
};

const contrast: Palette = {
  canvas: '#000000',
  surface: '#000000',
  raised: '#0b0b0b',
  sunken: '#000000',
  hover: '#262626',
  selected: '#17304d',
  text: '#ffffff',
  textMuted: '#e0e0e0',
  textDisabled: '#a6a6a6',
  border: '#9a9a9a',
  borderControl: '#ffffff',
  focus: '#ffdd33',
  accent: '#8fd0ff',
  accentHover: '#c2e5ff',
  accentText: '#000000',
  accentInk: '#8fd0ff',
  accentTint: '#06192b',
  accentLine: '#8fd0ff',
  dangerFill: '#ff9a94',
  dangerFillHover: '#ffc4c0',
  dangerFillText: '#000000',
  goodInk: '#7df0a8',
  goodTint: '#031a0c',
  goodLine: '#7df0a8',
  neutralInk: '#e6e6e6',
  neutralTint: '#141414',
  neutralLine: '#c0c0c0',
  warnInk: '#ffd166',
  warnTint: '#1c1400',
  warnLine: '#ffd166',
  dangerInk: '#ffa8a3',
  dangerTint: '#240606',
  dangerLine: '#ffa8a3',
  infoInk: '#9ccaff',
  infoTint: '#041628',
  infoLine: '#9ccaff',
};

/** The colours of each theme, and the only source of tokens.css. */
export const palettes: Readonly<Record<Theme, Palette>> = { light, dark, contrast };

/** Foreground and background. `text` is read; a `mark` is a control's edge, a focus ring or a meaningful icon. */
export interface ColourPair {
  readonly kind: 'text' | 'mark';
  readonly on: ColourName;
  readonly colour: ColourName;
}

const backgrounds = ['canvas', 'surface', 'raised', 'sunken', 'hover', 'selected'] as const;
const tones = ['good', 'neutral', 'warn', 'danger', 'info'] as const;
const pair = (kind: ColourPair['kind'], colour: ColourName, on: ColourName): ColourPair => ({ kind, colour, on });

/** Every pair of colours in the window. */
export const pairs: readonly ColourPair[] = [
  ...backgrounds.flatMap((on) => [
    pair('text', 'text', on),
    pair('text', 'textMuted', on),
    pair('text', 'accentInk', on),
    pair('text', 'dangerInk', on),
    pair('mark', 'focus', on),
  ]),
  ...(['canvas', 'surface', 'raised', 'sunken'] as const).flatMap((on) => [
    pair('mark', 'borderControl', on),
    pair('mark', 'textDisabled', on),
    pair('mark', 'accentInk', on),
  ]),
  ...tones.flatMap((tone) => [
    pair('text', `${tone}Ink`, `${tone}Tint`),
    pair('text', 'text', `${tone}Tint`),
    pair('text', 'textMuted', `${tone}Tint`),
    pair('mark', 'focus', `${tone}Tint`),
    pair('text', `${tone}Ink`, 'surface'),
    pair('text', `${tone}Ink`, 'canvas'),
    pair('text', `${tone}Ink`, 'raised'),
    pair('text', `${tone}Ink`, 'sunken'),
    pair('text', `${tone}Ink`, 'selected'),
    pair('text', `${tone}Ink`, 'accentTint'),
    pair('text', `${tone}Ink`, 'hover'),
  ]),
  pair('text', 'accentInk', 'accentTint'),
  pair('text', 'text', 'accentTint'),
  pair('text', 'textMuted', 'accentTint'),
  pair('text', 'accentText', 'accent'),
  pair('text', 'accentText', 'accentHover'),
  pair('text', 'dangerFillText', 'dangerFill'),
  pair('text', 'dangerFillText', 'dangerFillHover'),
];
