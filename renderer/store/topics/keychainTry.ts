const storageKey = 'keyfob.keychainTried';

/**
 * Whether this tab may open a keychain vault without being asked to: once, and never after a lock, which a reload would undo
 * otherwise.
 */
export const mayTryKeychain = (): boolean => sessionStorage.getItem(storageKey) === null;

/** From now on only a person opens it. */
export function leaveKeychainToPeople(): void {
  sessionStorage.setItem(storageKey, 'yes');
}
