import type { ReadsSlice } from '../core/reads.ts';
import type { MakeSlice } from '../core/slice.ts';

/** One ticking time for all countdowns. */
export interface ClockSlice {
  /** Real time at the last tick. */
  readonly realMs: number;
  /** The clock offset that the time line shows while a person drags it. It is not saved yet. */
  readonly previewOffsetSeconds: number | undefined;
  /** Shows all tokens at another clock offset; `undefined` ends this. */
  preview(offsetSeconds: number | undefined): void;
}

const tickMs = 1000;

/** Ticks once a second while the page is visible, and immediately when it becomes visible again. */
export const clockSlice: MakeSlice<ClockSlice, { readonly reads: ReadsSlice }> = ({ set, uses }) => ({
  realMs: Date.now(),
  previewOffsetSeconds: undefined,
  preview: (previewOffsetSeconds) => set({ previewOffsetSeconds }),
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
