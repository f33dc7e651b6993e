/** Gives the number of edits (insert, delete, replace) that turn `a` into `b`. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (const [index, letter] of [...a].entries()) {
    const next = [index + 1];
    for (let column = 1; column <= b.length; column += 1) {
      const [left = 0, above = 0, diagonal = 0] = [next[column - 1], row[column], row[column - 1]];
      next.push(Math.min(left + 1, above + 1, diagonal + (letter === b[column - 1] ? 0 : 1)));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

const mostKnown = 2000;

/** Gives up to three of `known` that a mistyped `name` may mean, nearest first. Checks the first 2000. */
export function similar(name: string, known: readonly string[]): string[] {
  const wanted = name.slice(0, 60).toLowerCase();
  return known
    .slice(0, mostKnown)
    .filter((candidate) => candidate.length <= 100)
    .map((candidate) => ({ candidate, edits: distance(wanted, candidate.toLowerCase()) }))
    .filter(({ candidate, edits }) => edits <= Math.max(2, candidate.length / 4))
    .sort((a, b) => a.edits - b.edits)
    .slice(0, 3)
    .map(({ candidate }) => candidate);
}

/** Gives ` Did you mean "Shop"?` to append to a sentence, or nothing when no known name is near. */
export function didYouMean(name: string, known: readonly string[]): string {
  const near = similar(name, known).map((candidate) => `"${candidate}"`);
  return near.length === 0 ? '' : ` Did you mean ${near.join(' or ')}?`;
}
