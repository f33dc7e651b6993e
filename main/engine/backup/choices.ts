import { KeyfobError } from '../../../preload/contract/errors.ts';
import { badInput } from '../errors.ts';
import type { Compared } from './items.ts';

export interface Choices {
  readonly onConflict: 'refuse' | 'mine' | 'theirs';
  /** Items by name. */
  readonly mine: readonly string[];
  readonly theirs: readonly string[];
}

/** What an import is to do with a backup. */
export interface Chosen {
  readonly write: readonly Compared[];
  readonly equal: number;
  readonly kept: number;
}

const shownAtMost = 5;

const demandConflict = (field: 'mine' | 'theirs', names: readonly string[], known: ReadonlySet<string>): void => {
  const unknown = names.find((name) => !known.has(name));
  if (unknown === undefined) return;
  throw badInput(field, `"${unknown}" is not in conflict, so there is nothing to choose; the preview lists what is.`);
};

const undecided = (items: readonly Compared[]): KeyfobError => {
  const shown = items.slice(0, shownAtMost).map(({ item, why }) => `${item} (${why})`);
  const more = items.length > shown.length ? ` and ${items.length - shown.length} more` : '';
  return new KeyfobError(
    'conflict',
    `Nothing was taken over, as what is here differs: ${shown.join('; ')}${more}. Choose mine or theirs for all of them (onConflict), or for each.`,
  );
};

/** An application that is kept cannot at the same time give way to another one of the backup. */
const demandRoom = (write: readonly Compared[], all: readonly Compared[]): void => {
  const written = new Set(write);
  const keeps = new Map(
    all.flatMap((one) => {
      const here = one.subject.kind === 'application' ? one.subject.here : undefined;
      return here === undefined || written.has(one) ? [] : [[here.id, one.item] as const];
    }),
  );
  for (const { item, subject } of write) {
    if (subject.kind !== 'application') continue;
    for (const { id } of subject.replaces) {
      const kept = keeps.get(id);
      if (kept === undefined) continue;
      throw new KeyfobError(
        'conflict',
        `${item} has the consumer keys of ${kept}, which is to stay; choose theirs for both, or mine for ${item}.`,
      );
    }
  }
};

/** What is written and what stays. Throws `conflict` for what was not decided, `bad_input` for an item there is not. */
export const choose = (compared: readonly Compared[], { onConflict, mine, theirs }: Choices): Chosen => {
  const conflicts = compared.filter(({ state }) => state === 'conflict');
  const names = new Set(conflicts.map(({ item }) => item));
  demandConflict('mine', mine, names);
  demandConflict('theirs', theirs, names);
  const [keep, take] = [new Set(mine), new Set(theirs)];
  const both = mine.find((item) => take.has(item));
  if (both !== undefined) throw badInput('theirs', `"${both}" cannot be both kept and taken; leave out one.`);

  const open = conflicts.filter(({ item }) => !keep.has(item) && !take.has(item));
  if (onConflict === 'refuse' && open.length > 0) throw undecided(open);
  const isTaken = ({ item }: Compared): boolean => take.has(item) || (onConflict === 'theirs' && !keep.has(item));
  const write = compared.filter((one) => one.state === 'new' || (one.state === 'conflict' && isTaken(one)));
  demandRoom(write, compared);
  const equal = compared.filter(({ state }) => state === 'equal').length;
  return { write, equal, kept: compared.length - equal - write.length };
};
