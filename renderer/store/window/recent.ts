import type { MakeSlice } from '../core/slice.ts';

/** The last entries that a person chose in the palette. This window only. */
export interface RecentSlice {
  /** Ids of entries, newest first. */
  readonly ids: readonly string[];
  chose(id: string): void;
}

const kept = 5;

export const recentSlice: MakeSlice<RecentSlice> = ({ get, set }) => ({
  ids: [],
  chose: (id) => set({ ids: [id, ...get().ids.filter((other) => other !== id)].slice(0, kept) }),
  vaultLocked: () => set({ ids: [] }),
});
