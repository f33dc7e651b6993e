import { KeyfobError } from '../../../preload/contract/errors.ts';

/** Decoders that throw: a replacement character would turn two different files into one secret. They drop a byte order mark. */
const decoders = {
  'UTF-8': new TextDecoder('utf-8', { fatal: true }),
  'UTF-16LE': new TextDecoder('utf-16le', { fatal: true }),
  'UTF-16BE': new TextDecoder('utf-16be', { fatal: true }),
};

const encodingOf = ([first, second]: Uint8Array): keyof typeof decoders => {
  if (first === 0xff && second === 0xfe) return 'UTF-16LE';
  return first === 0xfe && second === 0xff ? 'UTF-16BE' : 'UTF-8';
};

const unreadable = (source: string, why: string): KeyfobError =>
  new KeyfobError('bad_input', `${source} ${why} Nothing was changed.`);

/**
 * The secret in a file or on standard input: UTF-8, or UTF-16 with a byte order mark, which PowerShell writes. Drops one line
 * end. `source` names the file in errors. Throws `bad_input` for another encoding, NUL bytes or an empty file.
 */
export function secretInFile(bytes: Uint8Array, source: string): string {
  const encoding = encodingOf(bytes);
  let text: string;
  try {
    text = decoders[encoding].decode(bytes);
  } catch {
    const guess = encoding === 'UTF-8' ? ' (perhaps it is Latin-1 or Windows-1252)' : '';
    throw unreadable(source, `is not valid ${encoding}${guess}: save it as UTF-8.`);
  }
  if (text.includes('\0')) {
    throw unreadable(source, 'contains NUL bytes (perhaps it is UTF-16 without a byte order mark): save it as UTF-8.');
  }
  const secret = text.replace(/\r?\n$/, '');
  if (secret === '') throw unreadable(source, 'is empty.');
  return secret;
}

/**
 * A secret that the system decoded already: a variable or a typed line. The system writes U+FFFD for invalid bytes, so two
 * different secrets could look the same. Throws `bad_input` for such a text.
 */
export function decodedSecret(text: string, source: string): string {
  if (text.includes('\uFFFD')) {
    throw unreadable(source, 'is not valid UTF-8 (perhaps it is Latin-1 or Windows-1252): use UTF-8.');
  }
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}
