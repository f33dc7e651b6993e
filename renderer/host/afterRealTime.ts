const checkEveryMs = 1000;

/**
 * Calls `run` once, after `ms` of real time. Counts the time that the machine slept, when timers stop. Setting the wall clock
 * back delays nothing. Gives the function that cancels.
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
