import type { Host } from '../../host/host.ts';

const reportEveryMs = 10_000;
const signs = ['pointerdown', 'pointermove', 'keydown', 'wheel'] as const;

/**
 * Tells the engine that a person uses this window: at once, and at most every 10 s while it goes on. The engine decides when to
 * lock, over all windows. Returns how to stop.
 */
export function reportUse(host: Host): () => void {
  let waiting: ReturnType<typeof setTimeout> | undefined;
  let usedMeanwhile = false;
  const report = () => {
    usedMeanwhile = false;
    // A host that is gone is shown elsewhere.
    host.call('vault.windowUsed', {}).catch(() => undefined);
    waiting = setTimeout(() => {
      waiting = undefined;
      if (usedMeanwhile) report();
    }, reportEveryMs);
  };
  const used = () => {
    if (waiting === undefined) report();
    else usedMeanwhile = true;
  };
  for (const sign of signs) addEventListener(sign, used, { passive: true, capture: true });
  report();
  return () => {
    for (const sign of signs) removeEventListener(sign, used, { capture: true });
    clearTimeout(waiting);
  };
}
