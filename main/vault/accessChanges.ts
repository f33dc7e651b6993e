import type { VaultControl } from '../engine/ports/vault.ts';
import * as errors from './errors.ts';
import type { DataKeyHolder } from './holders/dataKeyHolder.ts';
import { accountOf } from './holders/keychain.ts';
import { isLastGroup, newRecovery, recoveryStateOf } from './holders/recovery.ts';
import { leavesKeychain } from './opening.ts';
import { newDataKey, withoutPreviousKey } from './rotation.ts';
import type { VaultFile } from './vaultFile.ts';
import type { VaultState } from './vaultState.ts';

type AccessChanges = Pick<
  VaultControl,
  'changePassphrase' | 'changeMode' | 'prove' | 'newRecoveryKey' | 'confirmRecoveryKey' | 'rotateDataKey'
> & { finishRotation(): Promise<void> };

/** The methods that change how an open vault is opened, or its data key. Their caller runs them one at a time. */
export const createAccessChanges = (state: VaultState, holder: DataKeyHolder): AccessChanges => ({
  async changePassphrase(passphrase, newPassphrase) {
    const { dataKey } = state.keys();
    const found = state.existing();
    if (found.held.mode !== 'passphrase') throw errors.noPassphrase();
    await holder.prove(found, { passphrase });
    state.save({ ...found, held: await holder.hold('passphrase', dataKey, found, newPassphrase) });
  },
  async changeMode(mode, newPassphrase, proof) {
    const { dataKey } = state.keys();
    const found = state.existing();
    if (mode === 'passphrase' && found.held.mode === 'passphrase') throw errors.alreadyPassphrase();
    // From keychain to keychain only restores a lost entry, which lets nobody else in. So it needs no proof.
    if (mode !== found.held.mode) await holder.prove(found, proof);
    state.save({ ...found, held: await holder.hold(mode, dataKey, found, newPassphrase) });
    if (!leavesKeychain(found, mode)) return;
    await holder.removeEntry(found).catch((error: unknown) => {
      throw errors.entryNotRemoved(accountOf(found), error);
    });
  },
  async prove(proof) {
    state.keys();
    await holder.prove(state.existing(), proof);
  },
  async newRecoveryKey(proof) {
    const { dataKey } = state.keys();
    const found = state.existing();
    await holder.prove(found, proof);
    const { recoveryKey, recovery } = newRecovery(dataKey, found);
    state.save({ ...found, recovery });
    return recoveryKey;
  },
  async confirmRecoveryKey(lastGroup) {
    const { dataKey } = state.keys();
    const found = state.existing();
    if (recoveryStateOf(found) === 'none') throw errors.noRecoveryKey();
    if (!isLastGroup(found, dataKey, lastGroup)) throw errors.wrongLastGroup();
    state.save({ ...found, recovery: { ...found.recovery, confirmed: true } });
  },
  async rotateDataKey(proof) {
    state.keys();
    const found = state.existing();
    if (found.rotation?.before !== undefined) throw errors.rotationUnfinished();
    const previous = await holder.prove(found, proof);
    const { dataKey, recoveryKey, next } = newDataKey(found, previous);
    const held = await holder.hold(found.held.mode, dataKey, next, proof.passphrase);
    const rotated: VaultFile = { ...next, held };
    state.save(rotated);
    state.open(rotated, dataKey);
    await holder.removePreviousEntry(rotated);
    return recoveryKey;
  },
  async finishRotation() {
    const { dataKey } = state.keys();
    const found = state.existing();
    if (found.rotation?.before === undefined) return;
    await holder.removePreviousEntry(found);
    const finished = withoutPreviousKey(found, dataKey);
    state.save(finished);
    state.open(finished, dataKey);
  },
});
