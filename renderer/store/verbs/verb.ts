import type { LucideIcon } from 'lucide-react';

/** An action on one kind of thing. Menus show it on a thing, the palette shows it with the name of the thing. */
export interface Verb<Thing, Actions> {
  /** Unique in its list. */
  readonly id: string;
  /** What people type before the name, in small letters: "kill ipad". */
  readonly words: readonly string[];
  readonly icon: LucideIcon;
  /** In a menu of the thing: "Expire now". */
  label(thing: Thing, actions: Actions): string;
  /** In the palette: "Expire ipad now". */
  named(name: string, thing: Thing, actions: Actions): string;
  /** Menus draw a line between two groups. */
  readonly group: number;
  readonly danger?: true;
  /** Whether it can be done now. Absent: always. */
  offered?(thing: Thing, actions: Actions): boolean;
  run(thing: Thing, actions: Actions): void;
}

/** An entry of a menu. */
interface MenuEntry {
  readonly label: string;
  readonly icon: LucideIcon;
  readonly danger?: boolean;
  readonly onSelect: () => void;
}

const offeredOf = <Thing, Actions>(verbs: readonly Verb<Thing, Actions>[], thing: Thing, actions: Actions) =>
  verbs.filter((verb) => verb.offered?.(thing, actions) ?? true);

/** The offered verbs as the groups of a menu, without those that have a button next to it. */
export function menuOf<Thing, Actions>(
  verbs: readonly Verb<Thing, Actions>[],
  thing: Thing,
  actions: Actions,
  buttons: readonly string[] = [],
): readonly (readonly MenuEntry[])[] {
  const offered = offeredOf(verbs, thing, actions).filter(({ id }) => !buttons.includes(id));
  const groups = [...new Set(offered.map(({ group }) => group))];
  return groups.map((group) =>
    offered
      .filter((verb) => verb.group === group)
      .map(({ icon, danger = false, ...verb }) => ({
        label: verb.label(thing, actions),
        onSelect: () => verb.run(thing, actions),
        ...{ icon, danger },
      })),
  );
}

/** An action on a thing with its name, for the palette. */
interface NamedAction {
  /** Unique among the verbs of all things of this kind. */
  readonly id: string;
  readonly label: string;
  readonly icon: LucideIcon;
  readonly run: () => void;
}

/** The offered verbs that a word calls, with the name of the thing. */
export const namedActions = <Thing extends { readonly id: number }, Actions>(
  verbs: readonly Verb<Thing, Actions>[],
  word: string,
  thing: Thing,
  name: string,
  actions: Actions,
): readonly NamedAction[] =>
  offeredOf(verbs, thing, actions)
    .filter(({ words }) => words.includes(word))
    .map((verb) => ({
      id: `${verb.id} ${thing.id}`,
      label: verb.named(name, thing, actions),
      icon: verb.icon,
      run: () => verb.run(thing, actions),
    }));
