import type { Random } from '../ports/ports.ts';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_';
const length = 28;
/** Bytes from this multiple of the alphabet's size on would favour some letters, so they are skipped. */
const fairBelow = 256 - (256 % alphabet.length);

/** A new consumer key or secret: 28 characters of `[A-Za-z0-9_]`, each equally likely (167 bits). */
export const newConsumerCredential = (random: Random): string => {
  let text = '';
  while (text.length < length) {
    for (const byte of random.bytes(length)) {
      if (byte < fairBelow && text.length < length) text += alphabet[byte % alphabet.length];
    }
  }
  return text;
};
