import type { FirstStartStep } from '../../../preload/contract/preferences.ts';
import type { MakeSlice } from '../core/slice.ts';
import type { UsesPreferences } from '../window/preferences.ts';

/** The steps of the first start. They continue after the first one opened the vault, and survive a reload. */
export interface FirstStartSlice {
  /** `done` on every later start. */
  readonly step: FirstStartStep;
  goTo(step: FirstStartStep): void;
}

export const firstStartSlice: MakeSlice<FirstStartSlice, UsesPreferences> = ({ set, uses, preferences }) => ({
  step: preferences.firstStart ?? 'done',
  goTo(step) {
    uses().preferences.keep({ firstStart: step });
    set({ step });
  },
});
