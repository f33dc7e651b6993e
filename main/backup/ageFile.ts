import { backupLimitBytes } from '../../preload/contract/backupLimit.ts';
import { KeyfobError } from '../../preload/contract/errors.ts';
import { encodingOf, textIn } from './textEncoding.ts';

const armorStart = '-----BEGIN AGE ENCRYPTED FILE-----';
const armorEnd = '-----END AGE ENCRYPTED FILE-----';
const intro = 'age-encryption.org/';
const firstLine = 'age-encryption.org/v1\n';

/** Room for the header of a file with many recipients. */
const headerLimitBytes = 1024 * 1024;

/** The error for a backup above the size limit. */
export const tooLarge = (): KeyfobError =>
  new KeyfobError(
    'backup_too_large',
    'A backup can have at most 32 MiB. Choose fewer applications, or leave out retired tokens.',
  );

const notAge = (): KeyfobError =>
  new KeyfobError('backup_not_age', "Can't open this file. It isn't a Keyfob or age backup.");

/** A text tool rewrote the file and changed its bytes. */
const rewritten = (how: string): KeyfobError =>
  new KeyfobError('backup_damaged', `${how}, so this backup can't be opened. Copy the original file again.`);

const base64 = /^[A-Za-z0-9+/\s]*={0,2}\s*$/;

/** Decodes armored text (age -a) in any encoding and with any line ends. Returns other bytes unchanged. */
const unarmored = (bytes: Buffer): Buffer => {
  if (!textIn(bytes.subarray(0, 400)).trimStart().startsWith(armorStart)) return bytes;
  const text = textIn(bytes).trim();
  if (!text.endsWith(armorEnd)) throw notAge();
  return Buffer.from(text.slice(armorStart.length, -armorEnd.length), 'base64');
};

const replacements = Buffer.from('\uFFFD\uFFFD');

/** Throws `backup_damaged` if a text tool rewrote a binary file. */
const demandBinary = (bytes: Buffer): void => {
  const head = textIn(bytes.subarray(0, 100));
  if (!head.startsWith(intro)) return;
  if (encodingOf(bytes) !== 'utf-8') {
    throw rewritten("A program rewrote this file as UTF-16 text, as PowerShell's > does");
  }
  // Two replacement characters in a row are no coincidence: they replace bytes that were not text.
  if (bytes.indexOf(replacements) >= 0 || bytes.indexOf(intro) !== 0) {
    throw rewritten('A program rewrote this file as text');
  }
  if (head.startsWith(`${intro}v1\r`)) throw rewritten('Line ends were changed on the way (CRLF)');
};

/** The bytes of an age file given as base64. Throws `backup_not_age`, `backup_damaged`, `backup_newer`, `backup_too_large`. */
export function ageBytes(file: string): Buffer {
  if (file.length > ((2 * backupLimitBytes + headerLimitBytes) * 4) / 3) throw tooLarge();
  if (!base64.test(file.slice(0, 100))) throw notAge();
  const bytes = unarmored(Buffer.from(file, 'base64'));
  if (bytes.length > backupLimitBytes + headerLimitBytes) throw tooLarge();
  demandBinary(bytes);
  const head = bytes.subarray(0, firstLine.length).toString('latin1');
  if (head === firstLine) return bytes;
  if (!head.startsWith(intro)) throw notAge();
  throw new KeyfobError('backup_newer', 'This file uses a newer age format than this Keyfob can read. Update Keyfob.');
}

/** Whether a file, as base64, claims to be in age's format. {@link ageBytes} refuses it if it is broken. */
export const claimsAge = (file: string): boolean => {
  const head = textIn(Buffer.from(file.slice(0, 400), 'base64')).trimStart();
  return head.startsWith(armorStart) || head.startsWith(intro);
};

/** Whether a passphrase opens it. If not, the private key of a recipient does. */
export const opensByPassphrase = (bytes: Buffer): boolean =>
  bytes.subarray(firstLine.length, firstLine.length + 10).toString('latin1') === '-> scrypt ';
