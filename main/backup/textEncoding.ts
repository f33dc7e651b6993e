export type TextEncoding = 'utf-8' | 'utf-16le' | 'utf-16be';

/** How a text tool wrote a file: by its byte order mark, or by the zero bytes that UTF-16 has between ASCII characters. */
export function encodingOf(bytes: Uint8Array): TextEncoding {
  const [first, second, third, fourth] = bytes;
  if ((first === 0xff && second === 0xfe) || (second === 0 && fourth === 0 && first !== 0)) return 'utf-16le';
  if ((first === 0xfe && second === 0xff) || (first === 0 && third === 0 && second !== 0)) return 'utf-16be';
  return 'utf-8';
}

/** The text in these bytes, without a byte order mark. What is no text becomes replacement characters. */
export const textIn = (bytes: Uint8Array): string => new TextDecoder(encodingOf(bytes)).decode(bytes);
