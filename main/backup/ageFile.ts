import { backupLimitBytes } from '../../preload/contract/backupLimit.ts';
import { KeyfobError } from '../../preload/contract/errors.ts';

const armorStart = '-----BEGIN AGE ENCRYPTED FILE-----';
const armorEnd = '-----END AGE ENCRYPTED FILE-----';
const intro = 'age-encryption.org/';
const firstLine = 'age-encryption.org/v1\n';

/** What stands before the content of a file that was sealed for many. */
const headerLimitBytes = 1024 * 1024;

export const tooLarge = (): KeyfobError =>
  new KeyfobError(
    'backup_too_large',
    'A backup has at most 32 MiB; make it of fewer applications, or without retired tokens.',
  );

export const notAge = (): KeyfobError =>
  new KeyfobError('backup_not_age', 'This is not a file that age or Keyfob encrypted; choose another one.');

const base64 = /^[A-Za-z0-9+/\s]*={0,2}\s*$/;

/** The same in binary, where it is armored text (age -a). */
const unarmored = (bytes: Buffer): Buffer => {
  const head = bytes.subarray(0, 200).toString('latin1').trimStart();
  if (!head.startsWith(armorStart)) return bytes;
  const text = bytes.toString('latin1').trim();
  if (!text.endsWith(armorEnd)) throw notAge();
  return Buffer.from(text.slice(armorStart.length, -armorEnd.length), 'base64');
};

/** The bytes of a file of age that came as base64. Throws `backup_not_age`, `backup_newer`, `backup_too_large`. */
export function ageBytes(file: string): Buffer {
  if (file.length > ((2 * backupLimitBytes + headerLimitBytes) * 4) / 3) throw tooLarge();
  if (!base64.test(file.slice(0, 100))) throw notAge();
  const bytes = unarmored(Buffer.from(file, 'base64'));
  if (bytes.length > backupLimitBytes + headerLimitBytes) throw tooLarge();
  const head = bytes.subarray(0, firstLine.length).toString('latin1');
  if (head === firstLine) return bytes;
  if (!head.startsWith(intro)) throw notAge();
  throw new KeyfobError('backup_newer', 'This file is in a newer format of age than this Keyfob reads; update Keyfob.');
}

/** Whether a passphrase opens it; else one of its recipients does. */
export const opensByPassphrase = (bytes: Buffer): boolean =>
  bytes.subarray(firstLine.length, firstLine.length + 10).toString('latin1') === '-> scrypt ';
