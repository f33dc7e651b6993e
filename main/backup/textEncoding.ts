export type TextEncoding = 'utf-8' | 'utf-16le' | 'utf-16be';

/** The encoding of a text file. Without a byte order mark, zero bytes between ASCII characters show UTF-16. */
export function encodingOf(bytes: Uint8Array): TextEncoding {
  const [first, second, third, fourth] = bytes;
  if ((first === 0xff && second === 0xfe) || (second === 0 && fourth === 0 && first !== 0)) return 'utf-16le';
  if ((first === 0xfe && second === 0xff) || (first === 0 && third === 0 && second !== 0)) return 'utf-16be';
  return 'utf-8';
}

/** Decodes these bytes, without a byte order mark. Invalid bytes become replacement characters. */
export const textIn = (bytes: Uint8Array): string => new TextDecoder(encodingOf(bytes)).decode(bytes);
