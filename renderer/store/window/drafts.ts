import type { MakeSlice } from '../core/slice.ts';

type Changes = Readonly<Record<string, unknown>>;

/** Unsaved changes, by the key of the edited thing. They stay when another screen is shown. Never secrets. */
export interface DraftsSlice {
  readonly byKey: Readonly<Record<string, Changes>>;
  /** Replaces the changes of a key. Empty changes remove it. */
  keep(key: string, changes: Changes): void;
}

/** Makes the browser ask before it closes or reloads the page, which would lose the changes. */
const askBefore = (event: BeforeUnloadEvent) => event.preventDefault();

export const draftsSlice: MakeSlice<DraftsSlice> = ({ get, set }) => ({
  byKey: {},
  keep(key, changes) {
    const others = Object.entries(get().byKey).filter(([other]) => other !== key);
    const kept = Object.keys(changes).length === 0 ? others : [...others, [key, changes] as const];
    if (kept.length === 0) removeEventListener('beforeunload', askBefore);
    else addEventListener('beforeunload', askBefore);
    set({ byKey: Object.fromEntries(kept) });
  },
});
