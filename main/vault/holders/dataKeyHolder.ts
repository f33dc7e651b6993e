import type { KeyObject } from 'node:crypto';
import { proofOf } from '../../../preload/contract/proof.ts';
import type { Proof, VaultMode } from '../../../preload/contract/vault.ts';
import * as errors from '../errors.ts';
import { checkOf } from '../subkeys.ts';
import type { VaultFile } from '../vaultFile.ts';
import { accountOf, type Keychain } from './keychain.ts';
import { unwrapWithPassphrase, wrapWithPassphrase } from './passphrase.ts';
import { recoverDataKey, recoveryStateOf } from './recovery.ts';
import { readRecoveryKey } from './recoveryKey.ts';

/** Stores the data key as a vault's mode says, reads it, and checks the proof for a change. */
export interface DataKeyHolder {
  /** The data key of a vault. Throws `bad_input`, `wrong_passphrase`, `keychain_unavailable`, `keychain_entry_lost`. */
  open(file: VaultFile, passphrase: string | undefined): Promise<KeyObject>;
  /**
   * Stores a data key in this mode. Gives what `vault.json` must say; write it only after this resolved. Throws `bad_input` without a
   * passphrase, and `keychain_unavailable`.
   */
  hold(
    mode: VaultMode,
    dataKey: KeyObject,
    named: Pick<VaultFile, 'installationId' | 'keyId'>,
    newPassphrase: string | undefined,
  ): Promise<VaultFile['held']>;
  /**
   * The data key, for a change of how the vault opens. Without a proof, anybody at an unlocked computer could take over the vault. The
   * keychain alone identifies nobody, so in that mode a confirmed recovery key is required. Throws as {@link open}, and
   * `wrong_recovery_key`.
   */
  prove(file: VaultFile, proof: Proof): Promise<KeyObject>;
  /** Removes the key from the keychain after the mode changed. Rejects if the keychain refuses. */
  removeEntry(file: VaultFile): Promise<void>;
  /**
   * Removes the previous data key from the keychain. Never rejects: a copy that stays is also in `vault.json`, and opens nothing after
   * the rotation.
   */
  removePreviousEntry(file: VaultFile): Promise<void>;
}

/** Creates the holder for both modes. The keychain is used only in mode `keychain`. */
export function createDataKeyHolder(keychain: Keychain): DataKeyHolder {
  const openWithPassphrase = async (
    file: VaultFile,
    held: VaultFile['held'] & { mode: 'passphrase' },
    passphrase?: string,
  ) => {
    if (!passphrase) throw errors.passphraseMissing();
    const dataKey = await unwrapWithPassphrase(file, held, passphrase);
    if (dataKey === undefined) throw errors.wrongPassphrase();
    if (checkOf(dataKey, file.installationId) !== file.check) throw errors.fileDamaged('vault.json');
    return dataKey;
  };

  const openFromKeychain = async (file: VaultFile) => {
    const dataKey = await keychain.read(accountOf(file));
    if (dataKey === 'lost') throw errors.entryLost(accountOf(file), 'is missing');
    if (checkOf(dataKey, file.installationId) !== file.check) {
      throw errors.entryLost(accountOf(file), 'holds another key');
    }
    return dataKey;
  };

  const open: DataKeyHolder['open'] = (file, passphrase) =>
    file.held.mode === 'passphrase' ? openWithPassphrase(file, file.held, passphrase) : openFromKeychain(file);

  return {
    open,
    async hold(mode, dataKey, named, newPassphrase) {
      if (mode === 'keychain') {
        await keychain.write(accountOf(named), dataKey);
        return { mode };
      }
      if (!newPassphrase) throw errors.newPassphraseMissing();
      return wrapWithPassphrase(dataKey, named, newPassphrase);
    },
    async prove(file, { passphrase, recoveryKey }) {
      const needed = proofOf({ mode: file.held.mode, recoveryKey: recoveryStateOf(file) });
      if (needed === 'passphrase' || (needed === 'keychain' && !recoveryKey)) return await open(file, passphrase);
      if (!recoveryKey) throw errors.recoveryKeyMissing();
      const dataKey = recoverDataKey(file, readRecoveryKey(recoveryKey));
      if (dataKey === undefined) throw errors.wrongRecoveryKey();
      return dataKey;
    },
    removeEntry: (file) => keychain.remove(accountOf(file)),
    async removePreviousEntry({ held, installationId, rotation }) {
      if (held.mode !== 'keychain' || rotation?.before === undefined) return;
      await keychain.remove(accountOf({ installationId, keyId: rotation.before.keyId })).catch(() => undefined);
    },
  };
}
