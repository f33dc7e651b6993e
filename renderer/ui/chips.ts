/** What a chip means: `becomes` is what will be used instead of the text, like the scope `device_ipad` for `ipad`. */
export type ChipVerdict =
  | { readonly ok: true; readonly becomes?: string }
  | { readonly ok: false; readonly problem: string };

/** What separates chips when they are typed or pasted: commas, semicolons, spaces and line ends. */
export const separators = /[\s,;]+/;

/**
 * Adds what was typed or pasted to the chips: split, without repetitions, in order. Words lose a `prefix` that their chip gets
 * anyway. Says how many were repeated, and how many lost the prefix.
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
