import { generateKeySync, randomUUID } from 'node:crypto';
import type { VaultMode } from '../../preload/contract/vault.ts';
import type { VaultControl } from '../engine/ports/vault.ts';
import * as errors from './errors.ts';
import type { DataKeyHolder } from './holders/dataKeyHolder.ts';
import { newRecovery, recoverDataKey } from './holders/recovery.ts';
import { readRecoveryKey } from './holders/recoveryKey.ts';
import { checkOf } from './subkeys.ts';
import type { VaultFile } from './vaultFile.ts';
import type { VaultState } from './vaultState.ts';

interface OpeningParts {
  readonly folder: string;
  readonly holdsSealedRows: () => boolean;
  readonly beforeLock: (() => Promise<void>) | undefined;
}

/** The methods that open and lock a vault. Their caller runs them one at a time. */
export function createOpening(
  state: VaultState,
  holder: DataKeyHolder,
  { folder, holdsSealedRows, beforeLock }: OpeningParts,
): Pick<VaultControl, 'create' | 'createWithoutRecoveryKey' | 'unlock' | 'recover' | 'lock'> {
  const create = async (
    mode: VaultMode,
    passphrase: string | undefined,
    further: Pick<VaultFile['recovery'], 'shown'>,
  ) => {
    if (state.file() !== undefined) throw errors.exists();
    if (holdsSealedRows()) throw errors.fileMissing(folder);
    if (mode === 'passphrase' && !passphrase) throw errors.passphraseMissing();
    const dataKey = generateKeySync('aes', { length: 256 });
    const named = { installationId: randomUUID(), keyId: 1 };
    const { recoveryKey, recovery } = newRecovery(dataKey, named);
    const check = checkOf(dataKey, named.installationId);
    const held = await holder.hold(mode, dataKey, named, passphrase);
    const created: VaultFile = { version: 3, ...named, check, held, recovery: { ...recovery, ...further } };
    state.save(created);
    state.open(created, dataKey);
    return { recoveryKey };
  };

  return {
    create: (mode, passphrase) => create(mode, passphrase, {}),
    async createWithoutRecoveryKey(mode, passphrase) {
      await create(mode, passphrase, { shown: false });
    },
    async unlock(passphrase) {
      const found = state.existing();
      // An open vault is checked too, so that success always means a valid proof.
      const dataKey = await holder.open(found, passphrase);
      if (!state.isOpen) state.open(found, dataKey);
    },
    async recover(recoveryKey, mode, passphrase) {
      const found = state.existing();
      const { installationId, recovery } = found;
      const dataKey = recoverDataKey(found, readRecoveryKey(recoveryKey));
      if (dataKey === undefined) throw errors.wrongRecoveryKey();
      if (mode === 'passphrase' && !passphrase) throw errors.passphraseMissing();
      const check = checkOf(dataKey, installationId);
      const held = await holder.hold(mode, dataKey, found, passphrase);
      // Typing the whole recovery key shows that the person has a copy, so it counts as confirmed.
      const recovered: VaultFile = { ...found, check, held, recovery: { ...recovery, confirmed: true } };
      state.save(recovered);
      state.open(recovered, dataKey);
      // An unavailable keychain is a common reason to recover, so it must not fail the recovery.
      if (leavesKeychain(found, mode)) await holder.removeEntry(found).catch(() => undefined);
    },
    async lock() {
      state.existing();
      try {
        if (state.isOpen) await beforeLock?.();
      } finally {
        state.close();
      }
    },
  };
}

/** Whether a change to this mode leaves a data key behind in the keychain. */
export const leavesKeychain = (before: VaultFile, mode: VaultMode): boolean =>
  before.held.mode === 'keychain' && mode === 'passphrase';
