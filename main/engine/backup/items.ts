import type { BackupItem } from '../../../preload/contract/backup.ts';
import type { BackupLine } from '../../../preload/contract/backupFile.ts';
import type { ApplicationRow } from '../ports/applicationStore.ts';

/** The content of an item. */
export type Subject =
  | { readonly kind: 'setting'; readonly name: keyof BackupLine<'settings'> }
  | { readonly kind: 'scope'; readonly line: BackupLine<'scope'> }
  | { readonly kind: 'user'; readonly line: BackupLine<'user'> }
  | {
      readonly kind: 'application';
      readonly line: BackupLine<'application'>;
      /** The existing application of this name. */
      readonly existing: ApplicationRow | undefined;
      /** The existing applications that it would replace: that one, and the holders of its consumer keys. */
      readonly replaces: readonly ApplicationRow[];
    };

export interface Compared extends BackupItem {
  readonly subject: Subject;
}

export const sameSet = (a: readonly string[], b: readonly string[]): boolean =>
  a.every((one) => b.includes(one)) && b.every((one) => a.includes(one));

/** Joins differences to a list for people. */
export const joinDifferences = (differences: readonly string[]): string => differences.join(', ');

export const itemOf = (subject: Subject, state: BackupItem['state'], why: string): Compared => {
  const name = 'name' in subject ? subject.name : subject.kind === 'user' ? subject.line.username : subject.line.name;
  return { item: `${subject.kind}:${name}`, state, why, subject };
};
