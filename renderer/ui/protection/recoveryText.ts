const groupLength = 5;
const symbols = 30;

/**
 * A partly typed recovery key in its display form: capitals in groups of five. Letters that it never contains are
 * replaced (O by 0, I and L by 1).
 */
export function inGroups(typed: string): string {
  const text = typed
    .toUpperCase()
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1')
    .replace(/[^0-9A-Z]/g, '')
    .slice(0, symbols);
  return text.match(new RegExp(`.{1,${groupLength}}`, 'g'))?.join('-') ?? '';
}

/** The number of missing symbols. */
export const missingSymbols = (typed: string): number => symbols - inGroups(typed).replaceAll('-', '').length;
