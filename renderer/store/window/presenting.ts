import { useKeyfobState } from '../context.ts';
import type { MakeSlice } from '../slice.ts';

/** While presenting, nothing secret is shown anywhere: for a screen that others see. */
export interface PresentingSlice {
  readonly on: boolean;
  toggle(): void;
}

export const presentingSlice: MakeSlice<PresentingSlice> = ({ get, set }) => ({
  on: false,
  toggle: () => set({ on: !get().presenting.on }),
});

/** Whether secrets must stay hidden now. */
export const usePresenting = (): boolean => useKeyfobState((state) => state.presenting.on);
