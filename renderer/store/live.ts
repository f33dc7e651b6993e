import type { VaultStatus } from '../../preload/contract/vault.ts';
import type { HostNews } from '../host/host.ts';
import type { Keyfob } from './context.ts';
import { readKey } from './core/reads.ts';
import type { Follower } from './core/slice.ts';

type VaultState = VaultStatus['state'];

const vaultKey = readKey('vault.status', {});

/** Keeps the slices up to date with the host and the page, for as long as the window exists. */
export function live({ host, store }: Keyfob): void {
  const followers: readonly Follower[] = Object.values(store.getState());
  /** The state that the last event named. `undefined` while events may have been missed. */
  let vaultState: VaultState | undefined;

  /** Whether the vault left the state in which the shown values were read. An unknown state counts as left. */
  function isOtherVaultState(now: VaultState): boolean {
    // This key belongs to `vault.status`.
    const read = store.getState().reads.byKey[vaultKey]?.value as VaultStatus | undefined;
    const before = vaultState ?? read?.state;
    vaultState = now;
    return before !== now;
  }

  function hear(news: HostNews): void {
    if (news.kind !== 'event') {
      store.getState().connection.become(news.kind);
      if (news.kind !== 'connected') return;
      vaultState = undefined;
      for (const follower of followers) follower.connected?.();
      return;
    }
    if (news.name === 'vault.changed' && isOtherVaultState(news.data.state)) {
      for (const follower of followers) follower.vaultChanged?.();
      if (news.data.state !== 'unlocked') for (const follower of followers) follower.vaultLocked?.();
    }
    for (const follower of followers) follower.heard?.(news);
  }

  host.on(hear);
  for (const follower of followers) follower.start?.();
}
