import type { PaletteEntry, PaletteGroup } from './entry.ts';

/** Limit per group. Typing more narrows the list. */
const mostShown = 20;

/** Whether the letters occur in the text in this order, the first one at the start of a word. */
function occursInOrder(letters: string, text: string): boolean {
  const words = [...text.matchAll(/[\p{L}\p{N}]+/gu)];
  let at = words.find(([word]) => word.startsWith(letters.charAt(0)))?.index ?? -1;
  for (const letter of letters.slice(1)) {
    if (at >= 0) at = text.indexOf(letter, at + 1);
  }
  return at >= 0;
}

/** Gives how well an entry matches the typed text. 0: not at all. Matches at the start of words count most. */
function fitness({ label, keywords = [], found = false }: PaletteEntry, typed: string): number {
  const search = typed.trim().toLowerCase();
  if (search === '') return 1;
  const name = label.toLowerCase();
  const all = [name, ...keywords.map((word) => word.toLowerCase())].join(' ');
  const words = search.split(/\s+/);
  const isBeginning = (text: string, word: string) => text.split(/[^\p{L}\p{N}]+/u).some((one) => one.startsWith(word));
  if (name === search) return 9;
  if (name.startsWith(search)) return 8;
  if (words.every((word) => isBeginning(name, word))) return 7;
  if (name.includes(search)) return 6;
  if (found) return 5;
  if (words.every((word) => isBeginning(all, word))) return 4;
  if (words.every((word) => all.includes(word))) return 3;
  return search.length > 1 && occursInOrder(search.replaceAll(/\s/g, ''), name) ? 2 : 0;
}

/** Gives the matching entries, best first within each group, with the best group first. */
export function rank(groups: readonly PaletteGroup[], typed: string): readonly PaletteGroup[] {
  const scored = groups.flatMap(({ heading, entries }) => {
    const fitting = entries
      .map((entry) => ({ entry, score: fitness(entry, typed) }))
      .filter(({ score }) => score > 0)
      .toSorted((one, other) => other.score - one.score)
      .slice(0, mostShown);
    const [best] = fitting;
    return best === undefined ? [] : [{ heading, best: best.score, entries: fitting.map(({ entry }) => entry) }];
  });
  return scored.toSorted((one, other) => other.best - one.best);
}

/** Moves the entries with these ids into a first group, in this order. */
export function withRecent(groups: readonly PaletteGroup[], ids: readonly string[]): readonly PaletteGroup[] {
  const all = groups.flatMap(({ entries }) => entries);
  const entries = ids.flatMap((id) => all.find((entry) => entry.id === id) ?? []);
  if (entries.length === 0) return groups;
  const others = groups.map((group) => ({ ...group, entries: group.entries.filter((one) => !entries.includes(one)) }));
  return [{ heading: 'Recent', entries }, ...others];
}
