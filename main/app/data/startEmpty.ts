import { mkdirSync, readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { KeyfobError } from '../../../preload/contract/errors.ts';
import { createRandom } from '../../platform/random.ts';
import { databaseFaults } from '../../store/database/check.ts';
import { acquireFolder, databaseIn } from '../../store/database/folder.ts';
import { createVault } from '../../vault/vault.ts';
import { bindingFault, openData } from './openData.ts';

/** The moved files, and the folder they are in now. */
export interface SetAside {
  readonly folder: string;
  readonly files: readonly string[];
}

const unusableCodes: ReadonlySet<string> = new Set([
  'database_missing',
  'database_damaged',
  'vault_mismatch',
  'sealed_value_damaged',
]);

async function isUnusable(folder: string): Promise<boolean> {
  try {
    const { sealer } = createVault({ folder, random: createRandom() });
    const opened = await openData(folder, sealer);
    const vaultFault = bindingFault(folder, opened.vaultBinding.read());
    await opened.close();
    if (vaultFault !== undefined) return true;
  } catch (error) {
    if (error instanceof KeyfobError && unusableCodes.has(error.code)) return true;
    throw error;
  }
  return (await databaseFaults(databaseIn(folder))).length > 0;
}

/**
 * Moves the files of an unusable data folder into a folder inside it. So the next start finds an empty one. Deletes nothing. Throws
 * `conflict` if vault and database are sound, and `folder_owned`.
 */
export async function startEmpty(folder: string): Promise<SetAside> {
  const owned = acquireFolder(folder, 'keyfob start-empty');
  try {
    if (!(await isUnusable(folder))) {
      const message =
        'The data folder can be opened and its database is sound, so nothing was moved. For an empty folder, set KEYFOB_HOME to another one.';
      throw new KeyfobError('conflict', message);
    }
    const aside = join(folder, `set-aside-${new Date().toISOString().replaceAll(':', '-')}`);
    // The vault is moved last. While it exists, no start creates an empty database.
    const files = readdirSync(folder).filter((name) => /^(keyfob\.db|ca\.pem)/.test(name));
    if (readdirSync(folder).includes('vault.json')) files.push('vault.json');
    mkdirSync(aside, { mode: 0o700 });
    for (const name of files) renameSync(join(folder, name), join(aside, name));
    return { folder: aside, files };
  } finally {
    owned.release();
  }
}
