import type { KeyfobError } from '../../../preload/contract/errors.ts';
import type { VaultControl } from '../../engine/ports/vault.ts';
import { createQueue } from '../../system/queue.ts';
import type { Rotation } from './rotation.ts';

export interface GuardHooks {
  /** Whether the endpoint continues to serve while the vault is locked. */
  readonly keepsServing: () => boolean;
  /** The error that forbids all further writes, if there is one. Then `vault.json` may belong to another process. */
  readonly storeFault: () => KeyfobError | undefined;
  /** Awaited after the keys became available, before the call that opened the vault is answered. */
  readonly onOpened: () => Promise<void>;
  /** Called after the keys were wiped. */
  readonly onLocked: () => void;
  readonly onChanged: () => void;
  /** Re-encrypts all values after the data key was replaced. */
  readonly rotation: Pick<Rotation, 'status' | 'resume' | 'ended'>;
}

/**
 * The vault as contract calls use it. It triggers the follow-up work of each state change. While the endpoint serves with a locked vault,
 * the keys must stay in memory. Then only calls are locked, and the usual proof unlocks them.
 */
export const guardVault = (vault: VaultControl, hooks: GuardHooks): VaultControl => {
  const queue = createQueue();
  let callsLocked = false;

  const status: VaultControl['status'] = () => {
    const now = vault.status();
    const rotation = hooks.rotation.status();
    return {
      ...now,
      ...(callsLocked && now.state === 'unlocked' && { state: 'locked' }),
      ...(rotation !== undefined && { rotation }),
    };
  };

  const throwIfLost = (): void => {
    const fault = hooks.storeFault();
    if (fault !== undefined) throw fault;
  };

  /** Opens the vault. Queued, so that the follow-up work runs once. */
  const opening = <T>(open: () => Promise<T>): Promise<T> =>
    queue(async () => {
      throwIfLost();
      const wasOpen = vault.status().state === 'unlocked';
      const result = await open();
      if (!wasOpen) await hooks.onOpened();
      hooks.rotation.resume();
      callsLocked = false;
      hooks.onChanged();
      return result;
    });

  const changing = async <T>(change: () => Promise<T>): Promise<T> => {
    throwIfLost();
    const result = await change();
    hooks.onChanged();
    return result;
  };

  return {
    status,
    keychain: vault.keychain,
    create: (mode, passphrase) => opening(() => vault.create(mode, passphrase)),
    createWithoutRecoveryKey: (mode, passphrase) => opening(() => vault.createWithoutRecoveryKey(mode, passphrase)),
    unlock: (passphrase) => opening(() => vault.unlock(passphrase)),
    recover: (recoveryKey, mode, passphrase) => opening(() => vault.recover(recoveryKey, mode, passphrase)),
    async lock() {
      if (vault.status().state === 'unlocked' && hooks.keepsServing()) {
        callsLocked = true;
      } else {
        await vault.lock();
        hooks.onLocked();
      }
      hooks.onChanged();
    },
    changePassphrase: (passphrase, newPassphrase) => changing(() => vault.changePassphrase(passphrase, newPassphrase)),
    changeMode: (mode, newPassphrase, proof) => changing(() => vault.changeMode(mode, newPassphrase, proof)),
    prove: vault.prove,
    rotateDataKey: (proof) =>
      changing(async () => {
        if (vault.status().rotation !== undefined) {
          // One rotation at a time. Callers without a proof are refused before they wait for it.
          await vault.prove(proof);
          hooks.rotation.resume();
          await hooks.rotation.ended();
        }
        const recoveryKey = await vault.rotateDataKey(proof);
        hooks.rotation.resume();
        return recoveryKey;
      }),
    newRecoveryKey: (proof) => changing(() => vault.newRecoveryKey(proof)),
    confirmRecoveryKey: (lastGroup) => changing(() => vault.confirmRecoveryKey(lastGroup)),
  };
};
