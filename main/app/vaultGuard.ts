import type { KeyfobError } from '../../preload/contract/errors.ts';
import type { VaultControl } from '../engine/ports/vault.ts';
import type { Rotation } from './rotation.ts';

export interface GuardHooks {
  /** Whether the endpoint is to go on serving while the vault is locked for everyone else. */
  readonly keepsServing: () => boolean;
  /** Why nothing is written any more, if so: then `vault.json` may be that of another process. */
  readonly storeFault: () => KeyfobError | undefined;
  /** After the keys became usable, before anyone may use them. */
  readonly onOpened: () => Promise<void>;
  /** After the keys are gone. */
  readonly onLocked: () => void;
  readonly onChanged: () => void;
  /** What follows a new data key. */
  readonly rotation: Pick<Rotation, 'status' | 'goOn' | 'ended'>;
}

/**
 * The vault as contract calls see it: what has to follow a change of state follows here. While the endpoint goes on
 * serving, the keys have to stay in memory; then only the way to them is locked, and opens by the same proof.
 */
export const guardVault = (vault: VaultControl, hooks: GuardHooks): VaultControl => {
  let closedToCalls = false;

  const status: VaultControl['status'] = () => {
    const now = vault.status();
    const rotation = hooks.rotation.status();
    return {
      ...now,
      ...(closedToCalls && now.state === 'unlocked' && { state: 'locked' }),
      ...(rotation !== undefined && { rotation }),
    };
  };

  const refuseLost = (): void => {
    const fault = hooks.storeFault();
    if (fault !== undefined) throw fault;
  };

  let last: Promise<unknown> = Promise.resolve();
  /** One after the other: what follows an opening happens once. */
  const opening = <T>(open: () => Promise<T>): Promise<T> => {
    const turn = last.then(async () => {
      refuseLost();
      const wasOpen = vault.status().state === 'unlocked';
      const result = await open();
      if (!wasOpen) await hooks.onOpened();
      hooks.rotation.goOn();
      closedToCalls = false;
      hooks.onChanged();
      return result;
    });
    last = turn.catch(() => undefined);
    return turn;
  };

  const changing = async <T>(change: () => Promise<T>): Promise<T> => {
    refuseLost();
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
        closedToCalls = true;
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
          // One rotation at a time. Callers without proof are refused before they wait for it.
          await vault.prove(proof);
          hooks.rotation.goOn();
          await hooks.rotation.ended();
        }
        const recoveryKey = await vault.rotateDataKey(proof);
        hooks.rotation.goOn();
        return recoveryKey;
      }),
    newRecoveryKey: (proof) => changing(() => vault.newRecoveryKey(proof)),
    confirmRecoveryKey: (lastGroup) => changing(() => vault.confirmRecoveryKey(lastGroup)),
  };
};
