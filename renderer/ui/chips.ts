/** What a chip means: `becomes` is what will be used instead of the text, like the scope `device_ipad` for `ipad`. */
export type ChipVerdict =
  | { readonly ok: true; readonly becomes?: string }
  | { readonly ok: false; readonly problem: string };

/** What separates chips when they are typed or pasted: commas, semicolons, blanks and line ends. */
export const separators = /[\s,;]+/;

/**
 * Adds what was typed or pasted to the chips: split, without repetitions, in order. Says how many were left out for
 * being there already.
 */
export const addChips = (chips: readonly string[], text: string): { chips: readonly string[]; repeated: number } => {
  const words = text.split(separators).filter((word) => word !== '');
  const all = new Set([...chips, ...words]);
  return { chips: [...all], repeated: chips.length + words.length - all.size };
};
