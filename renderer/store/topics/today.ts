import type { MakeSlice } from '../core/slice.ts';
import type { UsesPreferences } from '../window/preferences.ts';

/** A time in which nobody looked at the window. Real time. */
export interface Absence {
  readonly sinceMs: number;
  readonly untilMs: number;
}

/** Notices when somebody returns to the window after a while. */
export interface TodaySlice {
  /** The last absence, until a person dismisses it. */
  readonly absence: Absence | undefined;
  dismiss(): void;
}

/** A shorter absence is not news. */
const awayMs = 30 * 60_000;
/** How often a visible window notes that somebody may look at it. A crash loses no more than this. */
const noteMs = 5 * 60_000;
/** Notes within this time share one write. */
const shareMs = 60_000;

export const todaySlice: MakeSlice<TodaySlice, UsesPreferences> = ({ set, uses, preferences }) => {
  let seenAtMs = preferences.seenAtMs;
  let locked = false;
  /** Notes that somebody looked at the window until now. */
  const note = () => {
    const nowMs = Date.now();
    if (locked) return;
    seenAtMs = nowMs;
    const { kept, keep } = uses().preferences;
    if (Math.abs(nowMs - (kept.seenAtMs ?? 0)) > shareMs) keep({ seenAtMs });
  };
  const arrive = () => {
    const nowMs = Date.now();
    if (seenAtMs !== undefined && nowMs - seenAtMs > awayMs) set({ absence: { sinceMs: seenAtMs, untilMs: nowMs } });
  };
  const since = preferences.seenAtMs;
  const startMs = Date.now();
  return {
    absence: since !== undefined && startMs - since > awayMs ? { sinceMs: since, untilMs: startMs } : undefined,
    dismiss() {
      set({ absence: undefined });
      note();
    },
    start() {
      setInterval(() => {
        if (!document.hidden) note();
      }, noteMs);
      document.addEventListener('visibilitychange', () => (document.hidden ? note() : arrive()));
      addEventListener('pagehide', note);
    },
    vaultChanged() {
      locked = false;
      arrive();
    },
    vaultLocked() {
      note();
      locked = true;
    },
  };
};
