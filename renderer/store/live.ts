import type { VaultStatus } from '../../preload/contract/vault.ts';
import type { HostNews } from '../host/host.ts';
import type { Keyfob } from './context.ts';
import { readKey } from './reads.ts';
import { leaveKeychainToPeople } from './topics/keychainTry.ts';
import { watchSystemTheme } from './window/appearance.ts';
import { startClock } from './window/clock.ts';
import { reportUse } from './window/idleLock.ts';
import { watchWidth } from './window/layout.ts';

type VaultState = VaultStatus['state'];

const vaultKey = readKey('vault.status', {});

/**
 * Keeps the store alive: news of the host, the address, the system's theme, the clock and the report of use. Returns how to
 * stop.
 */
export function live({ host, store }: Keyfob): () => void {
  const state = store.getState;
  /** As the last event told it; `undefined` while others may not have been heard. */
  let vaultState: VaultState | undefined;

  /** Whether the vault is in another state than what is shown was read in; if nobody knows, it is. */
  function isOtherVaultState(now: VaultState): boolean {
    // By its key this is what `vault.status` answered.
    const read = state().reads.byKey[vaultKey]?.value as VaultStatus | undefined;
    const before = vaultState ?? read?.state;
    vaultState = now;
    return before !== now;
  }

  function hear(news: HostNews): void {
    if (news.kind === 'connected') {
      vaultState = undefined;
      state().connection.become('connected');
      state().preferences.catchUp();
      state().reads.heardAll();
      state().tokens.heard();
      state().deviceTokens.heard();
      return;
    }
    if (news.kind !== 'event') {
      state().connection.become(news.kind);
      return;
    }
    if (news.name === 'vault.changed' && isOtherVaultState(news.data.state)) {
      // What was shown is dropped with the keys; what was refused for the lock is asked again.
      state().reads.forget();
      state().tokens.forget();
      if (news.data.state !== 'unlocked') {
        leaveKeychainToPeople();
        state().devices.forget();
        state().deviceTokens.forget();
        state().shownOnce.forget();
        state().layout.openOverlay(undefined);
      }
    }
    if (news.name === 'preferences.changed') state().preferences.heard(news.data);
    if (news.name === 'endpoint.request') state().refusals.heard(news.data);
    state().reads.heard(news.name);
    if (news.name === 'tokens.changed') {
      state().tokens.heard(news.data.tokenIds);
      state().deviceTokens.heard(news.data.tokenIds);
    }
    if (news.name === 'applications.changed' || news.name === 'settings.changed') state().tokens.heard();
    if (['applications.changed', 'keys.changed', 'settings.changed'].includes(news.name)) state().deviceTokens.heard();
  }

  const addressChanged = () => state().route.addressChanged();
  addEventListener('hashchange', addressChanged);
  const stops = [
    host.on(hear),
    watchSystemTheme(() => state().appearance.systemChanged()),
    watchWidth(() => state().layout.widthChanged()),
    startClock(() => state().clock.tick()),
    // Token time needs the clock's offset on every screen.
    state().reads.watch('settings.read', {}),
    reportUse(host),
    () => removeEventListener('hashchange', addressChanged),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}
