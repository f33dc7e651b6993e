/** Backends that failed, and until when they are not called (gateway reference 9). */
export interface Suspensions {
  /** Gives the milliseconds until the backend is called again; 0 if it may be called. */
  leftMs(key: string): number;
  failed(key: string, seconds: number): void;
  answered(key: string): void;
}

/** Creates an empty set. `nowMs`: milliseconds since 1970. */
export const createSuspensions = (nowMs: () => number): Suspensions => {
  const untilMs = new Map<string, number>();
  return {
    leftMs(key) {
      const until = untilMs.get(key);
      return until === undefined ? 0 : Math.max(0, until - nowMs());
    },
    failed(key, seconds) {
      if (seconds > 0) untilMs.set(key, nowMs() + seconds * 1000);
    },
    answered(key) {
      if (untilMs.size > 0) untilMs.delete(key);
    },
  };
};
