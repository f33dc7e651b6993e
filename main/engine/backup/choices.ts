import { KeyfobError } from '../../../preload/contract/errors.ts';
import { badInput } from '../errors.ts';
import type { Compared } from './items.ts';

export interface Choices {
  readonly onConflict: 'refuse' | 'mine' | 'theirs';
  /** Items by name. */
  readonly mine: readonly string[];
  readonly theirs: readonly string[];
}

/** The items of a backup by what an import does with them. */
export interface Chosen {
  readonly write: readonly Compared[];
  readonly equal: number;
  readonly kept: number;
}

const maxShown = 5;

const demandConflict = (field: 'mine' | 'theirs', names: readonly string[], known: ReadonlySet<string>): void => {
  const unknown = names.find((name) => !known.has(name));
  if (unknown === undefined) return;
  throw badInput(
    field,
    `"${unknown}" is not in conflict, so there is nothing to choose. The preview lists the conflicts.`,
  );
};

const undecided = (items: readonly Compared[]): KeyfobError => {
  const shown = items.slice(0, maxShown).map(({ item, why }) => `${item} (${why})`);
  const more = items.length > shown.length ? ` and ${items.length - shown.length} more` : '';
  return new KeyfobError(
    'conflict',
    `Nothing was imported, because existing data differs: ${shown.join('; ')}${more}. Choose mine or theirs, for all conflicts or for each.`,
  );
};

/** Refuses to replace an application that the choices keep. */
const demandNoKeptReplaced = (write: readonly Compared[], all: readonly Compared[]): void => {
  const written = new Set(write);
  const keeps = new Map(
    all.flatMap((one) => {
      const existing = one.subject.kind === 'application' ? one.subject.existing : undefined;
      return existing === undefined || written.has(one) ? [] : [[existing.id, one.item] as const];
    }),
  );
  for (const { item, subject } of write) {
    if (subject.kind !== 'application') continue;
    for (const { id } of subject.replaces) {
      const kept = keeps.get(id);
      if (kept === undefined) continue;
      throw new KeyfobError(
        'conflict',
        `${item} has the consumer keys of ${kept}, which you keep. Choose theirs for both, or mine for ${item}.`,
      );
    }
  }
};

/**
 * Applies the choices to the compared items. Throws `conflict` for an undecided item, `bad_input` for an unknown one.
 */
export const choose = (compared: readonly Compared[], { onConflict, mine, theirs }: Choices): Chosen => {
  const conflicts = compared.filter(({ state }) => state === 'conflict');
  const names = new Set(conflicts.map(({ item }) => item));
  demandConflict('mine', mine, names);
  demandConflict('theirs', theirs, names);
  const [keep, take] = [new Set(mine), new Set(theirs)];
  const both = mine.find((item) => take.has(item));
  if (both !== undefined) throw badInput('theirs', `"${both}" is in both mine and theirs. Leave it out of one.`);

  const open = conflicts.filter(({ item }) => !keep.has(item) && !take.has(item));
  if (onConflict === 'refuse' && open.length > 0) throw undecided(open);
  const isTaken = ({ item }: Compared): boolean => take.has(item) || (onConflict === 'theirs' && !keep.has(item));
  const write = compared.filter((one) => one.state === 'new' || (one.state === 'conflict' && isTaken(one)));
  demandNoKeptReplaced(write, compared);
  const equal = compared.filter(({ state }) => state === 'equal').length;
  return { write, equal, kept: compared.length - equal - write.length };
};
