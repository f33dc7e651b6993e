import { KeyfobError } from '../../preload/contract/errors.ts';

export const none = (): KeyfobError => new KeyfobError('vault_none', 'There is no vault here yet; make one first.');

export const locked = (): KeyfobError => new KeyfobError('vault_locked', 'The vault is locked; unlock it first.');

export const exists = (): KeyfobError =>
  new KeyfobError('vault_exists', 'This folder already has a vault; unlock it, or choose an empty folder.');

export const fileLost = (folder: string): KeyfobError =>
  new KeyfobError(
    'vault_exists',
    `${folder} holds sealed data but its vault.json is gone, and a new vault could not open that data; put back a copy of that file, or choose an empty folder.`,
  );

export const fileDamaged = (file: string): KeyfobError =>
  new KeyfobError(
    'sealed_value_damaged',
    `${file} is damaged, and without it nothing here can be opened; put back a copy of that file.`,
  );

const missing = (path: string, message: string): KeyfobError =>
  new KeyfobError('bad_input', message, { fields: [{ path, message }] });

export const passphraseMissing = (): KeyfobError => missing('passphrase', 'This needs the passphrase.');

export const newPassphraseMissing = (): KeyfobError => missing('newPassphrase', 'This needs a new passphrase.');

export const recoveryKeyMissing = (): KeyfobError =>
  missing(
    'recoveryKey',
    'This needs the recovery key, so that an unlocked Keyfob cannot be taken over; without it, back up and start with an empty folder.',
  );

export const wrongPassphrase = (): KeyfobError =>
  new KeyfobError('wrong_passphrase', 'Wrong passphrase. Try again, or open the vault with its recovery key.');

export const noPassphrase = (): KeyfobError =>
  new KeyfobError('conflict', 'This vault is kept in the keychain and has no passphrase; change its mode instead.');

export const alreadyPassphrase = (): KeyfobError =>
  new KeyfobError('conflict', 'This vault is already kept under a passphrase; change the passphrase instead.');

export const wrongRecoveryKey = (): KeyfobError =>
  new KeyfobError(
    'wrong_recovery_key',
    'This recovery key has no typing error but does not open this vault; look for a newer one, or one of this installation.',
  );

export const noRecoveryKey = (): KeyfobError =>
  new KeyfobError('conflict', 'This vault has no recovery key yet; create one: `keyfob vault new-recovery-key`.');

export const wrongLastGroup = (): KeyfobError =>
  new KeyfobError(
    'wrong_recovery_key',
    'These are not the last five characters of the recovery key; look at your copy.',
  );

export const rotationUnfinished = (): KeyfobError =>
  new KeyfobError('conflict', 'The data key is being replaced already; try again when that is done.');

export const entryLost = (account: string, what: 'is gone' | 'holds another key'): KeyfobError =>
  new KeyfobError(
    'keychain_entry_lost',
    `The keychain's entry keyfob / ${account} ${what}; open the vault with its recovery key, which puts the entry back.`,
  );

export const entryLeft = (account: string, cause: unknown): KeyfobError =>
  new KeyfobError(
    'keychain_unavailable',
    `The vault is now kept under the passphrase, but the keychain did not let go of its copy of the key; remove the entry keyfob / ${account} there by hand.`,
    {},
    { cause },
  );
