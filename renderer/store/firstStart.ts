import { remember, remembered } from './remembered.ts';
import type { MakeSlice } from './slice.ts';

/** Where the first start is: `done` on every start but the first. */
export const firstStartSteps = ['protect', 'serve', 'application', 'ready', 'done'] as const;
export type FirstStartStep = (typeof firstStartSteps)[number];

/** From a data folder without a vault until its last step is left, though the vault opens with the first. Outlives a reload. */
export interface FirstStartSlice {
  readonly step: FirstStartStep;
  goTo(step: FirstStartStep): void;
}

export const firstStartSlice: MakeSlice<FirstStartSlice> = ({ set }) => ({
  step: remembered('firstStart', firstStartSteps, 'done'),
  goTo(step) {
    remember('firstStart', step);
    set({ step });
  },
});
