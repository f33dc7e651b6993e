const groupLength = 5;
const symbols = 30;

/**
 * A recovery key as far as it is typed, in the form it was shown in: capitals in groups of five, without the letters that it
 * never has (O is 0, I and L are 1).
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

/** How many symbols are still missing. */
export const missingSymbols = (typed: string): number => symbols - inGroups(typed).replaceAll('-', '').length;
