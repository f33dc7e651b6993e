import { KeyfobError } from '../../preload/contract/errors.ts';
import { databaseIn } from '../store/database/folder.ts';
import type { LogSyncHooks } from '../store/database/logSync.ts';
import { startEmpty } from '../store/database/open.ts';
import type { Sealer } from '../store/sealer.ts';
import { type OpenStore, openStore } from '../store/store.ts';
import type { BoundVault } from '../store/vaultBinding.ts';
import { readVaultFile } from '../vault/vaultFile.ts';

const together = `put back copies of both that were made at the same moment. ${startEmpty}`;

/**
 * Why `vault.json` and the database of this folder do not belong together, if so: `vault_mismatch`. Throws what is wrong with
 * `vault.json` itself. `bound` is what the database says.
 */
export function bindingFault(folder: string, bound: BoundVault | undefined): KeyfobError | undefined {
  const vault = readVaultFile(folder);
  if (bound === undefined) return undefined;
  if (vault === undefined) {
    const message = `${folder} holds sealed data but its vault.json is gone, and nothing opens without it; put back a copy of that file. ${startEmpty}`;
    return new KeyfobError('vault_mismatch', message);
  }
  if (vault.installationId !== bound.installationId) {
    const message = `vault.json and keyfob.db in ${folder} come from different installations; ${together}`;
    return new KeyfobError('vault_mismatch', message);
  }
  // While the data key is being replaced, the file is a step ahead of the database, and opens what either key sealed.
  if (vault.check === bound.check || vault.rotation?.before !== undefined) return undefined;
  const message = `Either vault.json or keyfob.db in ${folder} is from before the data key was replaced, so that nothing would open; ${together}`;
  return new KeyfobError('vault_mismatch', message);
}

/**
 * Opens the store of a data folder that this process owns, and compares it with the vault there, which nobody needs to open
 * for that. Throws as `openStore`, `vault_mismatch`, and what is wrong with `vault.json`.
 */
export async function openData(folder: string, sealer: Sealer, hooks: LogSyncHooks = {}): Promise<OpenStore> {
  const mustExist = readVaultFile(folder) !== undefined;
  const opened = await openStore(databaseIn(folder), sealer, { ...hooks, mustExist }).catch(withWayBack);
  const fault = mustExist ? bindingFault(folder, opened.vaultBinding.read()) : undefined;
  if (fault === undefined) return opened;
  await opened.close();
  throw fault;
}

const withWayBack = (error: unknown): never => {
  if (!(error instanceof KeyfobError) || error.code !== 'database_damaged') throw error;
  throw new KeyfobError(error.code, `${error.message} ${startEmpty}`, {}, { cause: error });
};
