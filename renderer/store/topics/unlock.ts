import type { MakeSlice } from '../core/slice.ts';

/** Whether this tab may unlock a keychain vault on its own. */
export interface UnlockSlice {
  /** True once per tab, and never after a lock: else a reload would undo the lock. */
  mayTryKeychain(): boolean;
  /** From now on, only a person unlocks the vault. */
  waitForPerson(): void;
}

const storageKey = 'keyfob.keychainTried';

export const unlockSlice: MakeSlice<UnlockSlice> = () => {
  const waitForPerson = () => sessionStorage.setItem(storageKey, 'yes');
  return {
    mayTryKeychain: () => sessionStorage.getItem(storageKey) === null,
    waitForPerson,
    vaultLocked: waitForPerson,
  };
};
