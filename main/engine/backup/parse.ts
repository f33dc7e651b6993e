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

/** A parsed backup. Every line is well-formed and refers to existing lines. */
export interface Backup {
  readonly header: BackupHeader;
  readonly contents: BackupContents;
  readonly settings: BackupLine<'settings'> | undefined;
  /** The settings that the file names. Earlier versions had fewer. */
  readonly settingNames: ReadonlySet<string>;
  readonly signingKeys: readonly BackupLine<'signingKey'>[];
  readonly tiers: readonly BackupLine<'tier'>[];
  readonly apis: ReadonlyMap<number, BackupLine<'api'>>;
  readonly scopes: readonly BackupLine<'scope'>[];
  readonly users: ReadonlyMap<number, BackupLine<'user'>>;
  readonly applications: ReadonlyMap<number, BackupLine<'application'>>;
  readonly keySets: ReadonlyMap<number, BackupLine<'keySet'>>;
  readonly subscriptions: readonly BackupLine<'subscription'>[];
  readonly consents: readonly BackupLine<'consent'>[];
  readonly deviceSets: readonly BackupLine<'deviceSet'>[];
  readonly refreshTokens: ReadonlyMap<number, BackupLine<'refreshToken'>>;
  /** In the order of their issue. */
  readonly tokens: ReadonlyMap<number, BackupLine<'token'>>;
}

/** Small enough that a step is short. */
const linesPerStep = 200;

const damaged = (line: number): KeyfobError =>
  new KeyfobError(
    'backup_damaged',
    `Line ${line} of this backup is damaged, so nothing was imported. Use another copy.`,
  );

const notOurs = (): KeyfobError =>
  new KeyfobError('backup_damaged', 'This file opens, but is not a Keyfob backup. Choose another one.');

const parsed = (text: string): Readonly<Record<string, unknown>> | undefined => {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
};

/** Reads the header. It is checked first, because it tells whether the rest is readable. */
const headerOf = (text: string): BackupHeader => {
  const { keyfobBackup } = parsed(text) ?? {};
  if (keyfobBackup === undefined) throw notOurs();
  if (Number(Object(keyfobBackup).version) > backupVersion) {
    throw new KeyfobError('backup_newer', 'This backup was written by a newer Keyfob. Update Keyfob, then try again.');
  }
  const { success, data } = backupHeader.safeParse(keyfobBackup);
  if (!success) throw damaged(1);
  return data;
};

/** The same key for every name of the same user. */
const keyOf = (username: string): string => displayName(parseUsername(username)).toLowerCase();

const isUsername = (username: string): boolean => {
  const { name, tenantDomain } = parseUsername(username);
  return name !== '' && tenantDomain !== '';
};

const isKind = (name: string): name is BackupLineKind => Object.hasOwn(backupLines, name);

/** The lines read so far. */
interface ParsedLines {
  readonly settings: BackupLine<'settings'>[];
  readonly signingKeys: BackupLine<'signingKey'>[];
  readonly tiers: BackupLine<'tier'>[];
  readonly apis: Map<number, BackupLine<'api'>>;
  readonly scopes: Map<string, BackupLine<'scope'>>;
  readonly users: Map<number, BackupLine<'user'>>;
  readonly applications: Map<number, BackupLine<'application'>>;
  readonly keySets: Map<number, BackupLine<'keySet'>>;
  readonly subscriptions: BackupLine<'subscription'>[];
  readonly consents: BackupLine<'consent'>[];
  readonly deviceSets: BackupLine<'deviceSet'>[];
  readonly refreshTokens: Map<number, BackupLine<'refreshToken'>>;
  readonly tokens: Map<number, BackupLine<'token'>>;
}

/** Adds a line of each kind; false when it contradicts earlier lines. */
type AddLine = { readonly [K in BackupLineKind]: (line: BackupLine<K>) => boolean };

const createAddLine = (lines: ParsedLines): AddLine => {
  const {
    settings,
    signingKeys,
    tiers,
    apis,
    scopes,
    users,
    applications,
    keySets,
    subscriptions,
    consents,
    deviceSets,
    refreshTokens,
    tokens,
  } = lines;
  /** Keys that may occur once only. */
  const seen = new Set<string>();
  const isFirst = (...parts: readonly (string | number)[]): boolean => {
    const key = parts.join('\n');
    return !seen.has(key) && seen.add(key).has(key);
  };
  return {
    keyfobBackup: () => false,
    settings: (line) => settings.push(line) === 1,
    signingKey: (line) => isFirst('signing key', line.kid) && signingKeys.push(line) > 0,
    tier: (line) => isFirst('tier', line.level, line.name) && tiers.push(line) > 0,
    api: (line) =>
      isFirst('api ref', line.ref) && isFirst('api', line.name, line.version) && apis.set(line.ref, line).size > 0,
    scope: (line) =>
      isFirst('scope', line.name) && line.apis.every((ref) => apis.has(ref)) && scopes.set(line.name, line).size > 0,
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
    subscription: (line) =>
      isFirst('subscription', line.application, line.api, line.tier) &&
      applications.has(line.application) &&
      apis.has(line.api) &&
      subscriptions.push(line) > 0,
    consent: (line) =>
      isFirst('consent', line.keySet, line.user) &&
      keySets.has(line.keySet) &&
      users.get(line.user)?.deletedAtMs === null &&
      consents.push(line) > 0,
    deviceSet: (line) =>
      isFirst('device set', line.application, line.name) &&
      applications.has(line.application) &&
      (line.user === null || users.get(line.user)?.deletedAtMs === null) &&
      deviceSets.push(line) > 0,
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
};

const contentsOf = (lines: ParsedLines, settingNames: ReadonlySet<string>): BackupContents => ({
  applications: lines.applications.size,
  keySets: lines.keySets.size,
  tokens: lines.tokens.size,
  users: [...lines.users.values()].filter(({ deletedAtMs }) => deletedAtMs === null).length,
  scopes: lines.scopes.size,
  tiers: lines.tiers.length,
  apis: lines.apis.size,
  subscriptions: lines.subscriptions.length,
  consents: lines.consents.length,
  deviceSets: lines.deviceSets.length,
  settings: settingNames.size,
  signingKeys: lines.signingKeys.length,
});

/** Parses the clear text of a backup. Throws `backup_newer`, `backup_damaged`; never quotes the text. */
export function* parseBackup(text: string): Generator<Progress, Backup, void> {
  const lines = text.replace(/\n$/, '').split('\n');
  const header = headerOf(lines[0] ?? '');
  const parsedLines: ParsedLines = {
    settings: [],
    signingKeys: [],
    tiers: [],
    apis: new Map(),
    scopes: new Map(),
    users: new Map(),
    applications: new Map(),
    keySets: new Map(),
    subscriptions: [],
    consents: [],
    deviceSets: [],
    refreshTokens: new Map(),
    tokens: new Map(),
  };
  const addLine = createAddLine(parsedLines);
  let settingNames: ReadonlySet<string> = new Set();
  const parseLine = <K extends BackupLineKind>(kind: K, value: unknown): boolean => {
    const { success, data } = backupLines[kind].safeParse(value);
    // TypeScript cannot tell that the schema of a kind returns a line of that kind.
    return success && addLine[kind](data as BackupLine<K>);
  };

  for (const [at, line] of lines.entries()) {
    if (at === 0) continue;
    const [[kind, value] = ['', undefined], more] = Object.entries(parsed(line) ?? {});
    if (!isKind(kind) || more !== undefined || !parseLine(kind, value)) throw damaged(at + 1);
    if (kind === 'settings') settingNames = new Set(Object.keys(Object(value)));
    if (at % linesPerStep === 0) yield { done: at, total: lines.length };
  }

  const { settings, scopes, ...rest } = parsedLines;
  const contents = contentsOf(parsedLines, settingNames);
  return { header, contents, settings: settings[0], settingNames, scopes: [...scopes.values()], ...rest };
}
