import type { BackupLine } from '../../../preload/contract/backupFile.ts';
import type { Progress } from '../../../preload/contract/define.ts';
import { settingsValues } from '../../../preload/contract/settings/settings.ts';
import { apiLabel } from '../apis/findApi.ts';
import type { Ports } from '../ports/ports.ts';
import { parseUsername } from '../usernames.ts';
import { compareApi, compareTier } from './compareApis.ts';
import { compareApplications } from './compareApplications.ts';
import { type Compared, itemOf, joinDifferences, type Subject, sameSet, sortedJson } from './items.ts';
import type { Backup } from './parse.ts';
import { compareSigningKey } from './signingKeys.ts';

type Settings = BackupLine<'settings'>;

/** Settings that delete data when they change. They are always a conflict, so that a person decides. */
const deleting: ReadonlySet<keyof Settings> = new Set(['tokenPersistence', 'retiredTokensKeptDays']);

const compareSetting = (mine: Settings, defaults: Settings, theirs: Settings, name: keyof Settings): Compared => {
  const subject: Subject = { kind: 'setting', name };
  const [current, imported, usual] = [mine, theirs, defaults].map((settings) => JSON.stringify(settings[name]));
  if (current === imported) return itemOf(subject, 'equal', '');
  if (current === usual && !deleting.has(name)) return itemOf(subject, 'new', `will become ${imported} (now: default)`);
  return itemOf(subject, 'conflict', `now ${current}, in the backup ${imported}`);
};

const compareScope = ({ store }: Ports, { apis }: Backup, line: BackupLine<'scope'>): Compared => {
  const subject: Subject = { kind: 'scope', line };
  const existing = store.scopes.byName(line.name);
  if (existing === undefined) return itemOf(subject, 'new', '');
  const labelsHere = existing.apiIds.flatMap((id) => store.apis.byId(id) ?? []).map(apiLabel);
  const labelsThere = line.apis.flatMap((ref) => apis.get(ref) ?? []).map(apiLabel);
  const differences = [
    ...(existing.description === line.description ? [] : ['another description']),
    ...(sameSet(existing.roles, line.roles) ? [] : ['other roles']),
    ...(sameSet(labelsHere, labelsThere) ? [] : ['other APIs']),
  ];
  return differences.length === 0
    ? itemOf(subject, 'equal', '')
    : itemOf(subject, 'conflict', `in the backup: ${joinDifferences(differences)}`);
};

const compareUser = ({ store }: Ports, line: BackupLine<'user'>): Compared => {
  const subject: Subject = { kind: 'user', line };
  const { name, userStore, tenantDomain } = parseUsername(line.username);
  const existing = store.users.byName(name, userStore, tenantDomain);
  if (existing === undefined) return itemOf(subject, 'new', '');
  const differences = [
    ...(sameSet(existing.roles, line.roles) ? [] : ['other roles']),
    // An earlier version says nothing about claims.
    ...(sortedJson(existing.claims) === sortedJson(line.claims ?? existing.claims) ? [] : ['other claims']),
    ...(existing.enabled === line.enabled ? [] : [line.enabled ? 'the user enabled' : 'the user disabled']),
  ];
  // A backup without a password leaves the existing one as it is.
  const password = line.password === null ? undefined : store.users.revealPassword(existing.id);
  if (password !== undefined && password !== line.password) differences.push('another password');
  if (differences.length > 0) return itemOf(subject, 'conflict', `in the backup: ${joinDifferences(differences)}`);
  // A first password replaces nothing. The owner of a new vault starts without one.
  if (line.password !== null && password === undefined)
    return itemOf(subject, 'new', 'gets a password (has none here)');
  // So `sub` of the owner of a new vault becomes that of the backup.
  if (line.uuid !== undefined && line.uuid !== existing.uuid && !existing.hasPassword) {
    return itemOf(subject, 'new', `gets the UUID ${line.uuid}`);
  }
  return itemOf(subject, 'equal', '');
};

/** Compares one item again. */
export const compareOne = (
  ports: Ports,
  backup: Backup,
  subject: Exclude<Subject, { readonly kind: 'application' }>,
): Compared => {
  if (subject.kind === 'signingKey') return compareSigningKey(ports, subject.line);
  if (subject.kind === 'tier') return compareTier(ports, subject.line);
  if (subject.kind === 'api') return compareApi(ports, subject.line);
  if (subject.kind === 'scope') return compareScope(ports, backup, subject.line);
  if (subject.kind === 'user') return compareUser(ports, subject.line);
  const defaults = settingsValues.parse({});
  return compareSetting(ports.store.settings.read(), defaults, backup.settings ?? defaults, subject.name);
};

/** Compares each item of a backup with the existing data: new, equal or in conflict. */
export function* compareBackup(ports: Ports, backup: Backup): Generator<Progress, readonly Compared[], void> {
  const { settings } = backup;
  // An earlier version had fewer settings. The rest says nothing about this installation.
  const isInFile = (name: keyof Settings): boolean => backup.settingNames.has(name);
  // `Object.keys` loses the type: the keys of the settings are their names.
  const names = settings === undefined ? [] : (Object.keys(settings) as (keyof Settings)[]).filter(isInFile);
  const users = [...backup.users.values()].filter(({ deletedAtMs }) => deletedAtMs === null);
  return [
    ...names.map((name) => compareOne(ports, backup, { kind: 'setting', name })),
    ...backup.signingKeys.map((line) => compareOne(ports, backup, { kind: 'signingKey', line })),
    ...backup.tiers.map((line) => compareOne(ports, backup, { kind: 'tier', line })),
    ...[...backup.apis.values()].map((line) => compareOne(ports, backup, { kind: 'api', line })),
    ...backup.scopes.map((line) => compareOne(ports, backup, { kind: 'scope', line })),
    ...users.map((line) => compareOne(ports, backup, { kind: 'user', line })),
    ...(yield* compareApplications(ports, backup)),
  ];
}
