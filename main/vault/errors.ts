import { KeyfobError } from '../../preload/contract/errors.ts';

export const none = (): KeyfobError => new KeyfobError('vault_none', 'There is no vault yet. Create one first.');

export const locked = (): KeyfobError => new KeyfobError('vault_locked', 'The vault is locked. Unlock it first.');

export const exists = (): KeyfobError =>
  new KeyfobError('vault_exists', 'This folder already has a vault. Unlock it, or choose an empty folder.');

export const fileMissing = (folder: string): KeyfobError =>
  new KeyfobError(
    'vault_exists',
    `${folder} holds sealed data, but vault.json is missing and a new vault could not open that data. Restore a copy of that file, or choose an empty folder.`,
  );

export const fileDamaged = (file: string): KeyfobError =>
  new KeyfobError(
    'sealed_value_damaged',
    `${file} is damaged, and nothing can be opened without it. Restore a copy of that file.`,
  );

const missing = (path: string, message: string): KeyfobError =>
  new KeyfobError('bad_input', message, { fields: [{ path, message }] });

export const passphraseMissing = (): KeyfobError => missing('passphrase', 'Enter the passphrase.');

export const newPassphraseMissing = (): KeyfobError => missing('newPassphrase', 'Enter a new passphrase.');

export const recoveryKeyMissing = (): KeyfobError =>
  missing(
    'recoveryKey',
    'Enter the recovery key, so that nobody can take over an unlocked Keyfob. If you have lost it, create a backup and start with an empty folder.',
  );

export const wrongPassphrase = (): KeyfobError =>
  new KeyfobError('wrong_passphrase', 'Wrong passphrase. Try again, or open the vault with its recovery key.');

export const noPassphrase = (): KeyfobError =>
  new KeyfobError('conflict', 'This vault uses the keychain and has no passphrase. Change its mode instead.');

export const alreadyPassphrase = (): KeyfobError =>
  new KeyfobError('conflict', 'This vault already uses a passphrase. Change the passphrase instead.');

export const wrongRecoveryKey = (): KeyfobError =>
  new KeyfobError(
    'wrong_recovery_key',
    'This recovery key has no typing error, but it does not open this vault. Look for a newer one, or for one from this installation.',
  );

export const noRecoveryKey = (): KeyfobError =>
  new KeyfobError('conflict', 'This vault has no recovery key yet. Create one: `keyfob vault new-recovery-key`.');

export const wrongLastGroup = (): KeyfobError =>
  new KeyfobError(
    'wrong_recovery_key',
    'These are not the last five characters of the recovery key. Compare them with your copy.',
  );

export const rotationUnfinished = (): KeyfobError =>
  new KeyfobError('conflict', 'The data key is already being replaced. Try again when that is done.');

export const entryLost = (account: string, what: 'is missing' | 'holds another key'): KeyfobError =>
  new KeyfobError(
    'keychain_entry_lost',
    `The keychain entry keyfob / ${account} ${what}. Open the vault with its recovery key, which restores the entry.`,
  );

export const entryNotRemoved = (account: string, cause: unknown): KeyfobError =>
  new KeyfobError(
    'keychain_unavailable',
    `The vault now uses the passphrase, but its key could not be removed from the keychain. Remove the entry keyfob / ${account} there by hand.`,
    {},
    { cause },
  );
