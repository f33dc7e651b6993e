/** The part of a row that decides its place. */
export interface Placed {
  readonly id: number;
  readonly device?: string | undefined;
  readonly scope: string;
  readonly issuedAtMs: number;
}

/** The longest pause between two tokens of one minting. */
const withinMs = 3000;

/** Sorts the newest minting first. Within a minting, keeps the order in which the devices were named. */
function byMinting(rows: readonly Placed[]): readonly Placed[] {
  const mintings: Placed[][] = [];
  let last: Placed | undefined;
  for (const row of rows.toSorted((a, b) => a.id - b.id)) {
    if (last !== undefined && Math.abs(row.issuedAtMs - last.issuedAtMs) < withinMs) mintings.at(-1)?.push(row);
    else mintings.push([row]);
    last = row;
  }
  return mintings.reverse().flat();
}

const tupleOf = ({ device = '', scope }: Placed): string => `${device}\n${scope}`;

/**
 * Gives the order of the live rows with the fewest moves. The devices of `first` (just minted) are on top, in that order. Then
 * come new rows, the newest minting first. All others stay where they were `before`. A new token with the same device and scopes
 * takes the place of the old one.
 */
export function arrange(
  live: readonly Placed[],
  before: readonly Placed[],
  first: readonly string[],
): readonly number[] {
  const places = new Map(first.map((device, index) => [device, index]));
  const placeOf = ({ device = '' }: Placed) => places.get(device);
  const top: { readonly id: number; readonly place: number }[] = [];
  const left = new Map<number, Placed>();
  for (const row of live) {
    const place = placeOf(row);
    if (place === undefined) left.set(row.id, row);
    else top.push({ id: row.id, place });
  }
  top.sort((a, b) => a.place - b.place || b.id - a.id);

  const kept: (number | undefined)[] = [];
  const vacant = new Map<string, number>();
  for (const row of before) {
    const stays = left.delete(row.id);
    if (!stays) vacant.set(tupleOf(row), kept.length);
    kept.push(stays ? row.id : undefined);
  }
  const fresh: number[] = [];
  for (const row of byMinting([...left.values()])) {
    const place = vacant.get(tupleOf(row));
    if (place === undefined) fresh.push(row.id);
    else kept[place] = row.id;
    vacant.delete(tupleOf(row));
  }
  return [...top.map(({ id }) => id), ...fresh, ...kept.filter((id) => id !== undefined)];
}
