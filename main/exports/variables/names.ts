/** Gives each text a name of letters, digits and underscores, after a prefix. No two share one: the second gets `_2`. */
export const uniqueNames = (texts: readonly string[], prefix: string, upper = false): readonly string[] => {
  const taken = new Set<string>();
  return texts.map((text) => {
    const safe = `${prefix}${text.replace(/[^A-Za-z0-9]/g, '_')}`;
    const name = upper ? safe.toUpperCase() : safe;
    let free = name;
    // Some file systems and shells ignore case.
    for (let number = 2; taken.has(free.toLowerCase()); number += 1) free = `${name}_${number}`;
    taken.add(free.toLowerCase());
    return free;
  });
};
