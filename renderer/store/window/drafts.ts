import type { MakeSlice } from '../core/slice.ts';

type Changes = Readonly<Record<string, unknown>>;

/** Changes that are not saved yet, by what they belong to; kept when another screen is shown. Never secrets. */
export interface DraftsSlice {
  readonly byKey: Readonly<Record<string, Changes>>;
  /** Keeps these changes in place of those before; none are forgotten. */
  keep(key: string, changes: Changes): void;
}

/** Closing or reloading the page would lose them: the browser asks first. */
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
