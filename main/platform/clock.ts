import type { Clock } from '../engine/ports/ports.ts';

/** Creates a clock. Token time is real time plus the offset, which is read at each call. */
export function createClock(options: { offsetSeconds: () => number; realTimeMs?: () => number }): Clock {
  const { offsetSeconds, realTimeMs = Date.now } = options;
  return {
    realTimeMs,
    tokenTimeMs: () => realTimeMs() + 1000 * offsetSeconds(),
    isoTime: (ms) => new Date(ms).toISOString(),
  };
}
