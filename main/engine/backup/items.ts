import type { BackupItem } from '../../../preload/contract/backup.ts';
import type { BackupLine } from '../../../preload/contract/backupFile.ts';
import type { ApplicationRow } from '../ports/applicationStore.ts';

/** What an item would write. */
export type Subject =
  | { readonly kind: 'setting'; readonly name: keyof BackupLine<'settings'> }
  | { readonly kind: 'scope'; readonly line: BackupLine<'scope'> }
  | { readonly kind: 'user'; readonly line: BackupLine<'user'> }
  | {
      readonly kind: 'application';
      readonly line: BackupLine<'application'>;
      /** The application of this name here. */
      readonly here: ApplicationRow | undefined;
      /** All that would have to give way: that one, and those that hold its consumer keys. */
      readonly replaces: readonly ApplicationRow[];
    };

export interface Compared extends BackupItem {
  readonly subject: Subject;
}

export const sameSet = (a: readonly string[], b: readonly string[]): boolean =>
  a.every((one) => b.includes(one)) && b.every((one) => a.includes(one));

/** Differences as one list for people. */
export const together = (differences: readonly string[]): string => differences.join(', ');

export const itemOf = (subject: Subject, state: BackupItem['state'], why: string): Compared => {
  const name = 'name' in subject ? subject.name : subject.kind === 'user' ? subject.line.username : subject.line.name;
  return { item: `${subject.kind}:${name}`, state, why, subject };
};
