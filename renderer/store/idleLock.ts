import type { Settings } from '../../preload/contract/settings.ts';
import type { Keyfob } from './context.ts';
import { readKey } from './reads.ts';

const lookEveryMs = 5000;
const signs = ['pointerdown', 'pointermove', 'keydown', 'wheel'] as const;

/**
 * Locks the vault when nobody is there for as long as the setting says: no pointer, no key, and no request to the endpoint, as
 * locking stops it under whoever is testing. Returns how to stop.
 */
export function startIdleLock({ host, store }: Keyfob): () => void {
  let seenMs = performance.now();
  const seen = () => {
    seenMs = performance.now();
  };
  const settingsKey = readKey('settings.read', {});
  const unwatch = store.getState().reads.watch('settings.read', {});
  for (const sign of signs) addEventListener(sign, seen, { passive: true, capture: true });
  const stopHearing = host.on((news) => {
    if (news.kind === 'event' && (news.name === 'endpoint.request' || news.name === 'vault.changed')) seen();
  });
  const timer = setInterval(() => {
    // By its key this is what `settings.read` answered; absent while the vault is locked.
    const settings = store.getState().reads.byKey[settingsKey]?.value as Settings | undefined;
    const minutes = settings?.lockAfterIdleMinutes ?? null;
    if (minutes === null || performance.now() - seenMs < minutes * 60_000) return;
    seen();
    // A host that is gone says so in its own place.
    host.call('vault.lock', {}).catch(() => undefined);
  }, lookEveryMs);
  return () => {
    unwatch();
    for (const sign of signs) removeEventListener(sign, seen, { capture: true });
    stopHearing();
    clearInterval(timer);
  };
}
