import type { App } from './app.ts';

/** Calls `start` each time the vault becomes unlocked, because locking stopped the endpoint. Returns whether it is unlocked. */
export function onUnlocked({ vault, events }: Pick<App, 'vault' | 'events'>, start: () => void): boolean {
  const isUnlocked = () => vault.status().state === 'unlocked';
  const unlockedNow = isUnlocked();
  let unlocked = unlockedNow;
  events.onAny((name) => {
    if (name !== 'vault.changed') return;
    if (!unlocked && isUnlocked()) start();
    unlocked = isUnlocked();
  });
  return unlockedNow;
}
