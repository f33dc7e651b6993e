import { badInput } from '../errors.ts';
import type { BackupRecipient } from '../ports/backupCipher.ts';

/** Whom a file is sealed for. Throws `bad_input` unless exactly one way is given. */
export const recipientOf = (passphrase: string | undefined, recipients: readonly string[]): BackupRecipient => {
  if (passphrase !== undefined && recipients.length > 0) {
    throw badInput('recipients', 'A sealed file takes a passphrase or recipients, not both. Leave one out.');
  }
  if (passphrase !== undefined) return { passphrase };
  if (recipients.length > 0) return { recipients };
  throw badInput('backupPassphrase', 'A sealed file needs a passphrase or a recipient. Give one.');
};
