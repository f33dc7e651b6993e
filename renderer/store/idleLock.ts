import type { Keyfob } from './context.ts';
import { remember, remembered } from './remembered.ts';

/** After how many minutes without a sign of anyone the vault is locked. */
export const idleLockChoices = ['never', '5', '15', '30', '60', '240'] as const;
export type IdleLock = (typeof idleLockChoices)[number];

/** The choice of this browser; 30 minutes until another is made. */
export const idleLock = (): IdleLock => remembered('idleLock', idleLockChoices, '30');
/** Chooses it, from the next look on. */
export const chooseIdleLock = (choice: IdleLock): void => remember('idleLock', choice);

const lookEveryMs = 10_000;
const signs = ['pointerdown', 'pointermove', 'keydown', 'wheel'] as const;

/**
 * Locks the vault when nobody is there: no pointer, no key, and no request to the endpoint, as locking stops it under whoever
 * is testing. Returns how to stop.
 */
export function startIdleLock({ host, store }: Keyfob): () => void {
  let seenMs = performance.now();
  const seen = () => {
    seenMs = performance.now();
  };
  for (const sign of signs) addEventListener(sign, seen, { passive: true, capture: true });
  const stopHearing = host.on((news) => {
    if (news.kind === 'event' && news.name === 'endpoint.request') seen();
  });
  const timer = setInterval(() => {
    const choice = idleLock();
    if (choice === 'never' || performance.now() - seenMs < Number(choice) * 60_000) return;
    seen();
    // A vault that is locked or missing already stays so; a host that is gone says so in its own place.
    host.call('vault.lock', {}).then(
      () => store.getState().toasts.show({ title: `Locked after ${choice} minutes without use.` }),
      () => undefined,
    );
  }, lookEveryMs);
  return () => {
    for (const sign of signs) removeEventListener(sign, seen, { capture: true });
    stopHearing();
    clearInterval(timer);
  };
}
