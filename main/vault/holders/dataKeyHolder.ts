import type { KeyObject } from 'node:crypto';
import { proofOf } from '../../../preload/contract/proof.ts';
import type { Proof, VaultMode } from '../../../preload/contract/vault.ts';
import * as faults from '../errors.ts';
import { checkOf } from '../subkeys.ts';
import type { VaultFile } from '../vaultFile.ts';
import { accountOf, type Keychain } from './keychain.ts';
import { unwrapWithPassphrase, wrapWithPassphrase } from './passphrase.ts';
import { recoverDataKey, recoveryStateOf } from './recovery.ts';
import { readRecoveryKey } from './recoveryKey.ts';

/** Puts the data key where a vault's mode keeps it, gets it back, and asks for proof before that may change. */
export function createDataKeyHolder(keychain: Keychain) {
  const ofPassphrase = async (
    file: VaultFile,
    held: VaultFile['held'] & { mode: 'passphrase' },
    passphrase?: string,
  ) => {
    if (!passphrase) throw faults.passphraseMissing();
    const dataKey = await unwrapWithPassphrase(file, held, passphrase);
    if (dataKey === undefined) throw faults.wrongPassphrase();
    if (checkOf(dataKey, file.installationId) !== file.check) throw faults.fileDamaged('vault.json');
    return dataKey;
  };

  const ofKeychain = async (file: VaultFile) => {
    const dataKey = await keychain.read(accountOf(file));
    if (dataKey === 'lost') throw faults.entryLost(accountOf(file), 'is gone');
    if (checkOf(dataKey, file.installationId) !== file.check) {
      throw faults.entryLost(accountOf(file), 'holds another key');
    }
    return dataKey;
  };

  /** The data key of a vault. Throws `bad_input`, `wrong_passphrase`, `keychain_unavailable`, `keychain_entry_lost`. */
  const open = (file: VaultFile, passphrase: string | undefined): Promise<KeyObject> =>
    file.held.mode === 'passphrase' ? ofPassphrase(file, file.held, passphrase) : ofKeychain(file);

  return {
    open,

    /** Only when this resolved may `vault.json` say so. Throws `keychain_unavailable`. */
    async hold(
      mode: VaultMode,
      dataKey: KeyObject,
      named: Pick<VaultFile, 'installationId' | 'keyId'>,
      newPassphrase: string | undefined,
    ): Promise<VaultFile['held']> {
      if (mode === 'keychain') {
        await keychain.write(accountOf(named), dataKey);
        return { mode };
      }
      if (!newPassphrase) throw faults.newPassphraseMissing();
      return wrapWithPassphrase(dataKey, named, newPassphrase);
    },

    /**
     * The data key, for a change of how the vault opens. Without proof, a person at an unlocked desk could take the vault
     * over. In keychain mode the entry alone proves no person, so a confirmed recovery key is required.
     * Throws what {@link open} throws, and `wrong_recovery_key`.
     */
    async prove(file: VaultFile, { passphrase, recoveryKey }: Proof): Promise<KeyObject> {
      const needed = proofOf({ mode: file.held.mode, recoveryKey: recoveryStateOf(file) });
      if (needed === 'passphrase' || (needed === 'keychain' && !recoveryKey)) return await open(file, passphrase);
      if (!recoveryKey) throw faults.recoveryKeyMissing();
      const dataKey = recoverDataKey(file, readRecoveryKey(recoveryKey));
      if (dataKey === undefined) throw faults.wrongRecoveryKey();
      return dataKey;
    },

    /** Removes the key that was in the keychain until the mode changed. Rejects when the keychain does not let it go. */
    forgetEntry: (file: VaultFile): Promise<void> => keychain.remove(accountOf(file)),

    /**
     * Takes the data key before out of the keychain. One that does not let go of it keeps a key that the new `vault.json`
     * has as well, and that opens nothing once the rotation is finished.
     */
    async forgetBefore({ held, installationId, rotation }: VaultFile): Promise<void> {
      if (held.mode !== 'keychain' || rotation?.before === undefined) return;
      await keychain.remove(accountOf({ installationId, keyId: rotation.before.keyId })).catch(() => undefined);
    },
  };
}
