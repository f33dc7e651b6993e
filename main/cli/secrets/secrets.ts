import { readFileSync } from 'node:fs';
import { KeyfobError } from '../../../preload/contract/errors.ts';
import { decodedSecret, secretInFile } from './secretText.ts';

/** Secrets of the vault and of backups never are flags, as others can read a command line: the environment holds them. */
const variables = {
  passphrase: 'KEYFOB_PASSPHRASE',
  newPassphrase: 'KEYFOB_NEW_PASSPHRASE',
  recoveryKey: 'KEYFOB_RECOVERY_KEY',
  backupPassphrase: 'KEYFOB_BACKUP_PASSPHRASE',
  backupIdentity: 'KEYFOB_BACKUP_IDENTITY',
};
export type VaultSecret = keyof typeof variables;

export const vaultSecrets = Object.keys(variables) as readonly VaultSecret[];

export const isVaultSecret = (name: string): name is VaultSecret => Object.hasOwn(variables, name);

/** Where a secret may come from, in words. */
export const waysToGive = (secret: VaultSecret): string =>
  `set ${variables[secret]}, or ${variables[secret]}_FILE to a file that holds it`;

/** A secret from its variable, or from the file that `…_FILE` names. Throws `bad_input` for what is no valid text. */
export function givenSecret(secret: VaultSecret): string | undefined {
  const variable = variables[secret];
  const value = process.env[variable];
  if (value) return decodedSecret(value, variable);
  const file = process.env[`${variable}_FILE`];
  if (!file) return undefined;
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    const message = `${variable}_FILE names ${file}, which cannot be read; check its path and its permissions.`;
    throw new KeyfobError('bad_input', message, {}, { cause: error });
  }
  return secretInFile(bytes, `${file} (named by ${variable}_FILE)`);
}

/** Asks on the terminal without showing what is typed. */
async function ask(question: string): Promise<string> {
  const { askHidden } = await import('./prompt.ts');
  return decodedSecret(await askHidden(question), 'What was typed');
}

/** A secret from its variable or file, else typed on the terminal; without a terminal, an error that says the ways. */
export async function askSecret(secret: VaultSecret, question: string): Promise<string> {
  const given = givenSecret(secret);
  if (given !== undefined) return given;
  if (!process.stdin.isTTY) throw new KeyfobError('bad_input', `${question} is needed: ${waysToGive(secret)}.`);
  return await ask(`${question}: `);
}

/** A passphrase to be set: the first of `sources` that is given, else typed twice. */
export async function askNewPassphrase(
  sources: readonly VaultSecret[],
  secret: VaultSecret = 'newPassphrase',
  question = 'New passphrase',
): Promise<string> {
  const given = sources.map(givenSecret).find((value) => value !== undefined);
  if (given !== undefined) return given;
  const typed = await askSecret(secret, question);
  if ((await ask(`Repeat ${question.toLowerCase()}: `)) === typed) return typed;
  throw new KeyfobError('bad_input', "Passphrases don't match. Nothing was changed.");
}
