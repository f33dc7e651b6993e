import { backupLimitBytes } from '../../../../preload/contract/backupLimit.ts';
import { KeyfobError } from '../../../../preload/contract/errors.ts';
import { base64Of } from '../../../store/core/document.ts';

/** Gives a chosen backup as base64. Throws `backup_too_large` before reading it. */
export async function readBackup(file: File): Promise<string> {
  // Armored text is a third larger.
  if (file.size > 1.5 * backupLimitBytes) {
    throw new KeyfobError(
      'backup_too_large',
      'This file is larger than 32 MiB, the limit for backups. Choose another one.',
    );
  }
  return await base64Of(file);
}

export const bytesOf = (base64: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));

/** Gives a file name for a new backup: `keyfob-2026-03-01.age`. */
export const backupName = (now: Date): string => {
  const two = (number: number) => String(number).padStart(2, '0');
  return `keyfob-${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}.age`;
};
