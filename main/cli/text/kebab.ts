/** A name of the contract as people type it: `keyType` is `key-type`, `revokeAll` is `revoke-all`. */
export const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
