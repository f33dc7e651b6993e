import type { Clock } from '../engine/ports/ports.ts';

/** Token time is real time moved by the offset, which is read anew each time. */
export function createClock(options: { offsetSeconds: () => number; realTimeMs?: () => number }): Clock {
  const { offsetSeconds, realTimeMs = Date.now } = options;
  return {
    realTimeMs,
    tokenTimeMs: () => realTimeMs() + 1000 * offsetSeconds(),
    isoTime: (ms) => new Date(ms).toISOString(),
  };
}
