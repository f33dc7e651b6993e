import { readFileSync } from 'node:fs';
import { KeyfobError } from '../../../preload/contract/errors.ts';
import { decodedSecret, secretInFile } from './secretText.ts';

/** Other users of the machine can read a command line, so secrets of the vault and of backups are never flags. */
const known = {
  passphrase: { variable: 'KEYFOB_PASSPHRASE', label: 'Passphrase' },
  newPassphrase: { variable: 'KEYFOB_NEW_PASSPHRASE', label: 'New passphrase' },
  recoveryKey: { variable: 'KEYFOB_RECOVERY_KEY', label: 'Recovery key' },
  backupPassphrase: { variable: 'KEYFOB_BACKUP_PASSPHRASE', label: 'Backup passphrase' },
  backupIdentity: { variable: 'KEYFOB_BACKUP_IDENTITY', label: 'Private age key of the backup' },
};
export type VaultSecret = keyof typeof known;

export const vaultSecrets = Object.keys(known) as readonly VaultSecret[];

export const isVaultSecret = (name: string): name is VaultSecret => Object.hasOwn(known, name);

/** How to pass a secret, for an error message. */
export const waysToGive = (secret: VaultSecret): string => {
  const { variable } = known[secret];
  return `set ${variable}, or set ${variable}_FILE to the path of a file that holds it`;
};

/** A secret from its variable, or from the file in `…_FILE`; `undefined` if neither is set. Throws `bad_input` for invalid text. */
export function givenSecret(
  secret: VaultSecret,
  env: Readonly<Record<string, string | undefined>> = process.env,
): string | undefined {
  const { variable } = known[secret];
  const value = env[variable];
  if (value) return decodedSecret(value, variable);
  const file = env[`${variable}_FILE`];
  if (!file) return undefined;
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    const message = `Cannot read ${file} (named by ${variable}_FILE). Check its path and permissions.`;
    throw new KeyfobError('bad_input', message, {}, { cause: error });
  }
  return secretInFile(bytes, `${file} (named by ${variable}_FILE)`);
}

/** Asks on the terminal and hides the typed text. */
async function ask(label: string): Promise<string> {
  const { askHidden } = await import('./prompt.ts');
  return decodedSecret(await askHidden(`${label}: `), 'The typed text');
}

/** A secret from its variable or file, else from the terminal. Throws `bad_input` without a terminal. */
export async function askSecret(secret: VaultSecret): Promise<string> {
  const given = givenSecret(secret);
  if (given !== undefined) return given;
  const { label } = known[secret];
  if (!process.stdin.isTTY) throw new KeyfobError('bad_input', `${label} missing: ${waysToGive(secret)}.`);
  return await ask(label);
}

/** A new passphrase: the first of `sources` that is set, else typed twice. Throws `bad_input` if the entries differ. */
export async function askNewPassphrase(
  sources: readonly VaultSecret[],
  secret: VaultSecret = 'newPassphrase',
): Promise<string> {
  const given = sources.map((source) => givenSecret(source)).find((value) => value !== undefined);
  if (given !== undefined) return given;
  const typed = await askSecret(secret);
  if ((await ask('Repeat passphrase')) === typed) return typed;
  throw new KeyfobError('bad_input', "Passphrases don't match. Nothing was changed.");
}
