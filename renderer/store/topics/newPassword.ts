/** No characters that people confuse when they read them aloud or type them off a screen. */
const alphabet = 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const length = 16;
/** Bytes from here on would favour the first characters of the alphabet. */
const fair = 256 - (256 % alphabet.length);

/** A password of 16 characters, some 92 random bits. */
export function newPassword(): string {
  const characters: string[] = [];
  while (characters.length < length) {
    for (const byte of crypto.getRandomValues(new Uint8Array(length))) {
      if (byte < fair && characters.length < length) characters.push(alphabet.charAt(byte % alphabet.length));
    }
  }
  return characters.join('');
}
