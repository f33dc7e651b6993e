import type { BackupLine } from '../../../preload/contract/backupFile.ts';
import type { Ports } from '../ports/ports.ts';
import { type Compared, itemOf, type Subject } from './items.ts';

type Line = BackupLine<'signingKey'>;

/** The published keys of a backup of everything. The JWTs of a backup name them. */
export const exportSigningKeys = ({ signingKeys }: Ports, everything: boolean): readonly Line[] =>
  everything ? signingKeys.exportPublished() : [];

/** A key is the same under the same id, or it is new. */
export const compareSigningKey = ({ signingKeys }: Ports, line: Line): Compared => {
  const subject: Subject = { kind: 'signingKey', line };
  return signingKeys.list().some(({ kid }) => kid === line.kid)
    ? itemOf(subject, 'equal', '')
    : itemOf(subject, 'new', '');
};

/** Writes the keys of a backup. Throws `backup_damaged` for a key that does not belong to its certificate. */
export const writeSigningKeys = ({ signingKeys, events }: Ports, lines: readonly Line[]): void => {
  for (const line of lines) signingKeys.restore(line);
  if (lines.length > 0) events.emit('signingKeys.changed', {});
};
