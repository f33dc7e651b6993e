import { cpSync } from 'node:fs';

/** The environment variable with the folder that {@link copyVault} copies. The run's setup sets it. */
export const vaultVariable = 'KEYFOB_TEST_VAULT';

/** Copies a data folder with a vault under the specs' passphrase: making one takes longer than most specs. */
export function copyVault(folder: string): void {
  const made = process.env[vaultVariable];
  if (made === undefined) throw new Error(`${vaultVariable} is not set: the run had no setup`);
  cpSync(made, folder, { recursive: true });
}
