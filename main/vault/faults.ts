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

export const passphraseMissing = (): KeyfobError => {
  const message = 'This needs a passphrase.';
  return new KeyfobError('bad_input', message, { fields: [{ path: 'passphrase', message }] });
};

export const wrongPassphrase = (): KeyfobError =>
  new KeyfobError(
    'wrong_passphrase',
    'This is not the passphrase; try again, or open the vault with its recovery key.',
  );

export const noPassphrase = (): KeyfobError =>
  new KeyfobError('conflict', 'This vault is kept in the keychain and has no passphrase; change its mode instead.');

export const alreadyPassphrase = (): KeyfobError =>
  new KeyfobError('conflict', 'This vault is already kept under a passphrase; change the passphrase instead.');

export const wrongRecoveryKey = (): KeyfobError =>
  new KeyfobError(
    'wrong_recovery_key',
    'This recovery key is spelled rightly but does not open this vault; look for one made later, or for this installation.',
  );

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
