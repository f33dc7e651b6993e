import type { BackupContents } from '../../../preload/contract/backup.ts';
import {
  type BackupHeader,
  type BackupLine,
  type BackupLineKind,
  backupHeader,
  backupLines,
  backupVersion,
} from '../../../preload/contract/backupFile.ts';
import type { Progress } from '../../../preload/contract/define.ts';
import { KeyfobError } from '../../../preload/contract/errors.ts';
import { displayName, parseUsername } from '../usernames.ts';

/** A backup as it was read: every line is well-formed, and refers to lines that are there. */
export interface Backup {
  readonly header: BackupHeader;
  readonly contents: BackupContents;
  readonly settings: BackupLine<'settings'> | undefined;
  readonly scopes: readonly BackupLine<'scope'>[];
  readonly users: ReadonlyMap<number, BackupLine<'user'>>;
  readonly applications: ReadonlyMap<number, BackupLine<'application'>>;
  readonly keySets: ReadonlyMap<number, BackupLine<'keySet'>>;
  readonly refreshTokens: ReadonlyMap<number, BackupLine<'refreshToken'>>;
  /** In the order of their issue. */
  readonly tokens: ReadonlyMap<number, BackupLine<'token'>>;
}

/** So many lines are read before others get their turn. */
const linesPerStep = 200;

const damaged = (line: number): KeyfobError =>
  new KeyfobError(
    'backup_damaged',
    `Line ${line} of this backup is not as Keyfob writes it, so nothing was taken over; use another copy of it.`,
  );

const notOurs = (): KeyfobError =>
  new KeyfobError('backup_damaged', 'This file opens, but holds no backup of Keyfob; choose another one.');

const parsed = (text: string): Readonly<Record<string, unknown>> | undefined => {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
};

/** The header, before anything else of a file is believed. */
const headerOf = (text: string): BackupHeader => {
  const { keyfobBackup } = parsed(text) ?? {};
  if (keyfobBackup === undefined) throw notOurs();
  if (Number(Object(keyfobBackup).version) > backupVersion) {
    throw new KeyfobError('backup_newer', 'This backup was written by a newer Keyfob; update this one, and try again.');
  }
  const { success, data } = backupHeader.safeParse(keyfobBackup);
  if (!success) throw damaged(1);
  return data;
};

/** Names that mean the same user come to the same. */
const keyOf = (username: string): string => displayName(parseUsername(username)).toLowerCase();

const isUsername = (username: string): boolean => {
  const { name, tenantDomain } = parseUsername(username);
  return name !== '' && tenantDomain !== '';
};

const isKind = (name: string): name is BackupLineKind => Object.hasOwn(backupLines, name);

/** Reads what a backup says in clear. Throws `backup_newer`, `backup_damaged`; the text is never quoted. */
export function* parseBackup(text: string): Generator<Progress, Backup, void> {
  const lines = text.replace(/\n$/, '').split('\n');
  const header = headerOf(lines[0] ?? '');
  const settings: BackupLine<'settings'>[] = [];
  const scopes = new Map<string, BackupLine<'scope'>>();
  const users = new Map<number, BackupLine<'user'>>();
  const applications = new Map<number, BackupLine<'application'>>();
  const keySets = new Map<number, BackupLine<'keySet'>>();
  const refreshTokens = new Map<number, BackupLine<'refreshToken'>>();
  const tokens = new Map<number, BackupLine<'token'>>();
  /** What there may be one of only. */
  const seen = new Set<string>();
  const isFirst = (...parts: readonly (string | number)[]): boolean => {
    const key = parts.join('\n');
    return !seen.has(key) && seen.add(key).has(key);
  };

  /** Takes a line in; false when it contradicts what came before. */
  const take: { readonly [K in BackupLineKind]: (line: BackupLine<K>) => boolean } = {
    keyfobBackup: () => false,
    settings: (line) => settings.push(line) === 1,
    scope: (line) => isFirst('scope', line.name) && scopes.set(line.name, line).size > 0,
    user: (line) =>
      isFirst('user ref', line.ref) &&
      isUsername(line.username) &&
      (line.deletedAtMs === null ? isFirst('user', keyOf(line.username)) : line.password === null) &&
      users.set(line.ref, line).size > 0,
    application: (line) =>
      isFirst('application ref', line.ref) &&
      isFirst('application', line.name) &&
      users.get(line.owner)?.deletedAtMs === null &&
      applications.set(line.ref, line).size > 0,
    keySet: (line) =>
      isFirst('key set ref', line.ref) &&
      isFirst('consumer key', line.consumerKey) &&
      isFirst('key type', line.application, line.keyType) &&
      applications.has(line.application) &&
      keySets.set(line.ref, line).size > 0,
    refreshToken: (line) =>
      isFirst('refresh token ref', line.ref) &&
      isFirst('refresh token', line.value) &&
      keySets.has(line.keySet) &&
      refreshTokens.set(line.ref, line).size > 0,
    token: (line) =>
      isFirst('token ref', line.ref) &&
      isFirst('token', line.value) &&
      (line.state !== 'ACTIVE' ||
        isFirst('live', line.keySet, line.user, line.userType, line.bindingRef, line.scope)) &&
      keySets.has(line.keySet) &&
      users.has(line.user) &&
      (line.refreshToken === null || refreshTokens.get(line.refreshToken)?.keySet === line.keySet) &&
      tokens.set(line.ref, line).size > 0,
  };
  const takeLine = <K extends BackupLineKind>(kind: K, value: unknown): boolean => {
    const { success, data } = backupLines[kind].safeParse(value);
    // By its kind it is what the schema of that kind gives.
    return success && take[kind](data as BackupLine<K>);
  };

  for (const [at, line] of lines.entries()) {
    if (at === 0) continue;
    const [[kind, value] = ['', undefined], more] = Object.entries(parsed(line) ?? {});
    if (!isKind(kind) || more !== undefined || !takeLine(kind, value)) throw damaged(at + 1);
    if (at % linesPerStep === 0) yield { done: at, total: lines.length };
  }

  const [only] = settings;
  const living = [...users.values()].filter(({ deletedAtMs }) => deletedAtMs === null);
  const contents = {
    applications: applications.size,
    keySets: keySets.size,
    tokens: tokens.size,
    users: living.length,
    scopes: scopes.size,
    settings: Object.keys(only ?? {}).length,
  };
  return {
    header,
    contents,
    settings: only,
    scopes: [...scopes.values()],
    users,
    applications,
    keySets,
    refreshTokens,
    tokens,
  };
}
