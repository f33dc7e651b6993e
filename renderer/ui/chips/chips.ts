/** A chip's check. `becomes` is the resulting name, like the scope `device_ipad` for `ipad`. */
export type ChipVerdict =
  | { readonly ok: true; readonly becomes?: string }
  | { readonly ok: false; readonly problem: string };

/** Separators of typed or pasted chips: commas, semicolons, spaces and line ends. */
export const separators = /[\s,;]+/;

/**
 * Adds typed or pasted text to the chips: split, without duplicates, in order. Words lose a `prefix` that their chip
 * gets anyway. Gives the number of duplicates, and of removed prefixes.
 */
export const addChips = (
  chips: readonly string[],
  text: string,
  prefix = '',
): { chips: readonly string[]; repeated: number; stripped: number } => {
  const typed = text.split(separators).filter((word) => word !== '');
  const isPrefixed = (word: string) => prefix !== '' && word.startsWith(prefix) && word !== prefix;
  const words = typed.map((word) => (isPrefixed(word) ? word.slice(prefix.length) : word));
  const all = new Set([...chips, ...words]);
  return {
    chips: [...all],
    repeated: chips.length + words.length - all.size,
    stripped: typed.filter(isPrefixed).length,
  };
};
