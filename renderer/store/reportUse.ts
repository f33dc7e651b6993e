import type { Host } from '../host/host.ts';

const reportEveryMs = 10_000;
const signs = ['pointerdown', 'pointermove', 'keydown', 'wheel'] as const;

/**
 * Tells the engine that a person uses this window: immediately, then at most every 10 s. The engine decides over all windows
 * when to lock the vault.
 */
export function reportUse(host: Host): void {
  let waiting = false;
  let usedAgain = false;
  const report = () => {
    usedAgain = false;
    waiting = true;
    // The connection slice shows when the host does not answer.
    host.call('vault.windowUsed', {}).catch(() => undefined);
    setTimeout(() => {
      waiting = false;
      if (usedAgain) report();
    }, reportEveryMs);
  };
  const used = () => {
    if (waiting) usedAgain = true;
    else report();
  };
  for (const sign of signs) addEventListener(sign, used, { passive: true, capture: true });
  report();
}
