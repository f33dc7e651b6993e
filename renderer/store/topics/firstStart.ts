import type { FirstStartStep } from '../../../preload/contract/preferences.ts';
import type { MakeSlice } from '../slice.ts';

/** From a data folder without a vault until its last step is left, though the vault opens with the first. Outlives a reload. */
export interface FirstStartSlice {
  /** `done` on every start but the first. */
  readonly step: FirstStartStep;
  goTo(step: FirstStartStep): void;
}

export const firstStartSlice: MakeSlice<FirstStartSlice> = ({ get, set, preferences }) => ({
  step: preferences.firstStart ?? 'done',
  goTo(step) {
    get().preferences.keep({ firstStart: step });
    set({ step });
  },
});
