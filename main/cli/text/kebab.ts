/** A name of the contract in the form that people type: `keyType` becomes `key-type`. OAuth is one word. */
export const kebab = (name: string): string =>
  name.replace('OAuth', 'Oauth').replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
