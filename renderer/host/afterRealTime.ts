const checkEveryMs = 1000;

/**
 * Calls `run` once, `ms` after now, counting the time that the machine slept, in which timers stand still. A wall clock that is
 * set back delays nothing. Returns how to cancel.
 */
export function afterRealTime(ms: number, run: () => void): () => void {
  const [startedAtMs, startedAwakeMs] = [Date.now(), performance.now()];
  const timer = setInterval(() => {
    if (Math.max(Date.now() - startedAtMs, performance.now() - startedAwakeMs) < ms) return;
    clearInterval(timer);
    run();
  }, checkEveryMs);
  return () => clearInterval(timer);
}
