import type { BackupItem } from '../../../preload/contract/backup.ts';
import type { BackupLine } from '../../../preload/contract/backupFile.ts';
import { apiLabel } from '../apis/findApi.ts';
import type { ApplicationRow } from '../ports/store/applications.ts';

/** The content of an item. */
export type Subject =
  | { readonly kind: 'setting'; readonly name: keyof BackupLine<'settings'> }
  | { readonly kind: 'signingKey'; readonly line: BackupLine<'signingKey'> }
  | { readonly kind: 'tier'; readonly line: BackupLine<'tier'> }
  | { readonly kind: 'api'; readonly line: BackupLine<'api'> }
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

/** The JSON of a value with sorted members, as lines of another installation may order them in another way. */
export const sortedJson = (value: unknown): string =>
  JSON.stringify(value, (_, member: unknown) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  );

const nameOf = (subject: Subject): string => {
  if (subject.kind === 'setting') return subject.name;
  if (subject.kind === 'signingKey') return subject.line.kid;
  if (subject.kind === 'user') return subject.line.username;
  if (subject.kind === 'tier') return `${subject.line.level}/${subject.line.name}`;
  return subject.kind === 'api' ? apiLabel(subject.line) : subject.line.name;
};

export const itemOf = (subject: Subject, state: BackupItem['state'], why: string): Compared => ({
  item: `${subject.kind}:${nameOf(subject)}`,
  state,
  why,
  subject,
});
