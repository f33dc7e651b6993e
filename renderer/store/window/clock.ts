import type { ReadsSlice } from '../core/reads.ts';
import type { MakeSlice } from '../core/slice.ts';

/** One ticking time for all countdowns. */
export interface ClockSlice {
  /** Real time at the last tick. */
  readonly realMs: number;
}

const tickMs = 1000;

/** Ticks once a second while the page is visible, and immediately when it becomes visible again. */
export const clockSlice: MakeSlice<ClockSlice, { readonly reads: ReadsSlice }> = ({ set, uses }) => ({
  realMs: Date.now(),
  start() {
    const tick = () => set({ realMs: Date.now() });
    setInterval(() => {
      if (!document.hidden) tick();
    }, tickMs);
    document.addEventListener('visibilitychange', tick);
    // Every screen shows token time, which needs the clock offset of the settings.
    uses().reads.watch('settings.read', {});
  },
});
