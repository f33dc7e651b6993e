import type { MakeSlice } from '../core/slice.ts';

/** Presentation mode hides every secret, for a screen that others see. */
export interface PresentingSlice {
  readonly on: boolean;
  toggle(): void;
}

export const presentingSlice: MakeSlice<PresentingSlice> = ({ get, set }) => ({
  on: false,
  toggle: () => set({ on: !get().on }),
});
