import type { VaultControl } from '../../engine/ports/vault.ts';
import type { Foundation } from '../data/foundation.ts';
import { createAutoLock, type RunningAutoLock } from './autoLock.ts';
import { createRotation, type Rotation } from './rotation.ts';
import { guardVault } from './vaultGuard.ts';

export interface LifecycleHooks {
  readonly isServing: () => boolean;
  /** Awaited after the vault was opened, before its first use. */
  readonly onOpened: () => Promise<void>;
  /** Called after the keys were wiped. Not called while the endpoint keeps serving. */
  readonly onLocked: () => void;
}

export interface VaultLifecycle {
  /** The vault as contract calls use it. */
  readonly vault: VaultControl;
  readonly autoLock: RunningAutoLock;
  readonly rotation: Rotation;
}

/** Creates what opens, locks and rotates the vault of an app. */
export function createVaultLifecycle(
  { opened, sealed, events, settings, storeFault, realTimeMs, onError }: Foundation,
  { isServing, onOpened, onLocked }: LifecycleHooks,
  closing: AsyncDisposableStack,
): VaultLifecycle {
  const { commit, vaultBinding, sealedRows, secureDelete, dropCaches } = opened;

  /** Stores in the database which vault seals its values. Runs before a previous data key is deleted. */
  const bindVault = async () => {
    await commit.synced();
    const vault = sealed.identity();
    const bound = vaultBinding.read();
    if (bound?.installationId === vault.installationId && bound.check === vault.check) return;
    await commit.submit(() => vaultBinding.write(vault));
  };

  const rotation = createRotation({
    vault: {
      status: sealed.status,
      async finishRotation() {
        await bindVault();
        await sealed.finishRotation();
      },
    },
    sealedRows,
    submit: commit.submit,
    secureDelete,
    onProgress: () => events.emit('vault.rotating', { rotation: rotation.status() }),
    onError,
  });
  closing.defer(async () => {
    await rotation.pause();
    await rotation.ended().catch(() => undefined);
  });

  const vault = guardVault(sealed, {
    rotation,
    keepsServing: () => settings().keepServingWhenLocked && isServing(),
    storeFault,
    async onOpened() {
      await bindVault();
      await onOpened();
    },
    onLocked() {
      dropCaches();
      onLocked();
    },
    onChanged: () => events.emit('vault.changed', vault.status()),
  });
  const autoLock = createAutoLock({ vault, settings, events, realTimeMs, onError });
  closing.defer(autoLock.stop);
  return { vault, autoLock, rotation };
}
