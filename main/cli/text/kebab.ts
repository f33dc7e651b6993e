/** A name of the contract in the form that people type: `keyType` becomes `key-type`. */
export const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
