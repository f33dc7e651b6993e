import { KeyfobError } from '../../../preload/contract/errors.ts';
import { databaseIn } from '../../store/database/folder.ts';
import type { LogSyncHooks } from '../../store/database/logSync.ts';
import { startEmpty } from '../../store/database/open.ts';
import type { Sealer } from '../../store/sealer.ts';
import { type OpenStore, openStore } from '../../store/store.ts';
import type { BoundVault } from '../../store/vaultBinding.ts';
import { readVaultFile } from '../../vault/vaultFile.ts';

const restoreBoth = `Restore copies of both from the same moment. ${startEmpty}`;

/**
 * Compares `vault.json` in this folder with the vault that the database is bound to. Gives `vault_mismatch` if they do not belong
 * together. Throws as {@link readVaultFile}.
 */
export function bindingFault(folder: string, bound: BoundVault | undefined): KeyfobError | undefined {
  const vault = readVaultFile(folder);
  if (bound === undefined) return undefined;
  if (vault === undefined) {
    const message = `${folder} holds sealed data, but vault.json is missing and nothing can be opened without it. Restore a copy of that file. ${startEmpty}`;
    return new KeyfobError('vault_mismatch', message);
  }
  if (vault.installationId !== bound.installationId) {
    const message = `vault.json and keyfob.db in ${folder} come from different installations. ${restoreBoth}`;
    return new KeyfobError('vault_mismatch', message);
  }
  // During a rotation the file is one step ahead of the database, and opens values of both keys.
  if (vault.check === bound.check || vault.rotation?.before !== undefined) return undefined;
  const message = `Either vault.json or keyfob.db in ${folder} is from before the data key was replaced, so nothing can be opened. ${restoreBoth}`;
  return new KeyfobError('vault_mismatch', message);
}

/**
 * Opens the store of a data folder that this process owns, and compares it with `vault.json`. The vault may be locked. Throws as
 * {@link openStore}, as {@link readVaultFile}, and `vault_mismatch`.
 */
export async function openData(folder: string, sealer: Sealer, hooks: LogSyncHooks = {}): Promise<OpenStore> {
  const mustExist = readVaultFile(folder) !== undefined;
  const opened = await openStore(databaseIn(folder), sealer, { ...hooks, mustExist }).catch(addStartEmpty);
  const fault = mustExist ? bindingFault(folder, opened.vaultBinding.read()) : undefined;
  if (fault === undefined) return opened;
  await opened.close();
  throw fault;
}

const addStartEmpty = (error: unknown): never => {
  if (!(error instanceof KeyfobError) || error.code !== 'database_damaged') throw error;
  throw new KeyfobError(error.code, `${error.message} ${startEmpty}`, {}, { cause: error });
};
