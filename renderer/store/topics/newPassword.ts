/** Without characters that look or sound alike. */
const alphabet = 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const length = 16;
/** Larger bytes are skipped: they would favor the first characters of the alphabet. */
const fair = 256 - (256 % alphabet.length);

/** Gives a random password of 16 characters, with about 92 random bits. */
export function newPassword(): string {
  const characters: string[] = [];
  while (characters.length < length) {
    for (const byte of crypto.getRandomValues(new Uint8Array(length))) {
      if (byte < fair && characters.length < length) characters.push(alphabet.charAt(byte % alphabet.length));
    }
  }
  return characters.join('');
}
